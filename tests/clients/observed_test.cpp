// The simulated clients against what the real ones were seen to do: tests/clients/observed/README.md.
#include <boost/json.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/core.h>
#include <fstream>
#include <regex>

#include "clients/play.h"

using namespace mailconf;
using namespace mailconf::testing;

namespace {

using Lines = std::vector<std::string>;
namespace json = boost::json;

std::string contents(const std::string& file) {
  std::ifstream stream(TEST_DATA "/clients/observed/" + file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

const json::object& observations() {
  static const json::value all = json::parse(contents("observations.json"));
  return all.at("clients").as_object();
}

simulated::World world_with_delay(Duration one_way) {
  static const simulated::World described = simulated::world_from(contents("world.toml"));
  simulated::World world = described;
  world.round_trip = 2 * one_way;
  for (auto& host : world.hosts) host.round_trip = world.round_trip;
  return world;
}

struct Case {
  std::string client;
  std::string domain;
  [[nodiscard]] const json::object& observed() const {
    return observations().at(client).at("domains").at(domain).as_object();
  }
};
std::ostream& operator<<(std::ostream& out, const Case& each) { return out << each.client << " on " << each.domain; }

std::vector<Case> cases() {
  std::vector<Case> result;
  for (const auto& [client, observed] : observations()) {
    for (const auto& [domain, did] : observed.at("domains").as_object()) result.push_back({client, domain});
  }
  return result;
}

std::vector<Case> cases_of(const std::string& client) {
  auto result = cases();
  std::erase_if(result, [&](const Case& each) { return each.client != client; });
  return result;
}

// Who the user was, and what Evolution makes of it, is not what is compared.
std::string without_user(std::string text) {
  text = std::regex_replace(text, std::regex("=[^=&]*%40"), "=user%40");
  return std::regex_replace(text, std::regex("emailmd5=[0-9a-f]+"), "emailmd5=digest");
}

Lines texts(const json::value& list) {
  Lines lines;
  for (const auto& each : list.as_array()) lines.push_back(without_user(each.as_string().c_str()));
  return lines;
}

Lines sorted(Lines lines) {
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string observed_server(const json::value& server) {
  const std::string type = server.at("type").as_string().c_str();
  return fmt::format("{} {} {} {} {}", type == "pop" ? "pop3" : type, server.at("host").as_string().c_str(),
                     server.at("port").as_int64(),
                     to_string(*parse_socket_type(server.at("socketType").as_string().c_str())),
                     server.at("username").as_string().c_str());
}

std::string predicted_server(const Server& server) {
  return fmt::format("{} {} {} {} {}", to_string(server.type), server.hostname, server.port,
                     to_string(server.socket_type), server.username);
}

Lines servers(const json::object& observed, const char* direction) {
  Lines lines;
  if (!observed.contains(direction)) return lines;
  for (const auto& server : observed.at(direction).as_array()) lines.push_back(observed_server(server));
  return lines;
}

Lines servers(const std::vector<Server>& predicted) {
  Lines lines;
  for (const auto& server : predicted) lines.push_back(predicted_server(server));
  return lines;
}

Prediction predicted(const Case& each, Duration delay) {
  auto circumstances = about(each.domain);
  circumstances.address = EmailAddress::parse("alice@" + each.domain).value();
  return played(world_with_delay(delay), each.client, circumstances);
}

bool is_document(const SimulatedRequest& request) {
  return request.request.starts_with("GET ") || request.request.starts_with("POST ");
}

bool has_address(const std::string& host) {
  const auto reply = simulated::look_up(world_with_delay({}), {RecordType::addresses, host});
  return !std::get<DnsAnswer>(reply.answer).addresses.empty();
}

const auto half = std::chrono::milliseconds(50);

}  // namespace

BOOST_AUTO_TEST_SUITE(observed)

BOOST_DATA_TEST_CASE(the_client_ends_up_with_the_same_servers, cases(), each) {
  const auto prediction = predicted(each, half);
  const auto& observed = each.observed();
  BOOST_TEST(prediction.found == observed.at("found").as_bool(), prediction.reason);
  BOOST_TEST(servers(prediction.incoming) == servers(observed, "incoming"), boost::test_tools::per_element());
  auto outgoing = servers(prediction.outgoing);
  outgoing.resize(std::min<std::size_t>(outgoing.size(), 1));  // what else was offered for sending was not written down
  BOOST_TEST(outgoing == servers(observed, "outgoing"), boost::test_tools::per_element());
}

// Thunderbird says how it will sign in, and by which way it found the settings.
BOOST_DATA_TEST_CASE(thunderbird_signs_in_the_same_way, cases_of("thunderbird"), each) {
  const auto prediction = predicted(each, half);
  const auto& observed = each.observed();
  BOOST_TEST(prediction.incoming.empty() == !observed.at("found").as_bool());
  for (std::size_t index = 0; index < prediction.incoming.size(); ++index) {
    const std::string seen = observed.at("incoming").at(index).at("auth").as_string().c_str();
    BOOST_TEST(to_string(prediction.incoming[index].authentication.front()) == seen);
  }
}

BOOST_DATA_TEST_CASE(thunderbird_finds_the_settings_by_the_same_way, cases_of("thunderbird"), each) {
  static const std::map<std::string, Lines> ways{
      {"xml-from-isp-https", {"autoconfig", "well-known", "mx-autoconfig"}},
      {"xml-from-isp-http", {"autoconfig-http", "well-known-http"}},
      {"xml-from-db", {"ispdb", "mx-ispdb"}},
      {"exchange-from-url1", {"autodiscover"}},
      {"exchange-from-srv", {"autodiscover-srv"}},
      {"guess", {"guess"}},
  };
  const auto& observed = each.observed();
  const auto found_by = predicted(each, half).found_by;
  const auto* source = observed.if_contains("source");
  const auto allowed = source ? ways.at(source->as_string().c_str()) : Lines{""};
  BOOST_TEST(std::count(allowed.begin(), allowed.end(), found_by) == 1, found_by);
}

// What was under way when the client had its answer may have reached its server or not.
BOOST_DATA_TEST_CASE(the_same_documents_are_asked_for_with_the_same_result, cases(), each) {
  const auto seen = texts(each.observed().at("requests"));
  Lines possible;
  for (const auto& request : predicted(each, half).requests) {
    if (!is_document(request)) continue;
    const bool open = request.outcome == Outcome::skipped;
    const auto status = request.answer == "settings" ? "200" : request.answer == "HTTP 404" ? "404" : "";
    const auto text = without_user(request.request);
    for (const auto* each_status : {"200", "404"}) {
      if (open || status == std::string_view(each_status)) possible.push_back(text + " " + each_status);
    }
    if (*status != '\0')
      BOOST_TEST(std::count(seen.begin(), seen.end(), text + " " + status) == 1, text << " was not seen");
  }
  for (const auto& text : seen)
    BOOST_TEST(std::count(possible.begin(), possible.end(), text) == 1, text << " was not predicted");
}

BOOST_DATA_TEST_CASE(the_same_names_are_asked_for_in_the_same_order, cases(), each) {
  Lines names;
  for (const auto& request : predicted(each, half).requests) {
    const auto type = request.request.substr(0, request.request.find(' '));
    if (type == "MX" || type == "NS" || type == "SRV") names.push_back(request.request);
  }
  BOOST_TEST(names == texts(each.observed().at("names")), boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(the_same_mail_ports_are_connected_to, cases(), each) {
  Lines ports;
  for (const auto& request : predicted(each, half).requests) {
    const auto place = request.request.substr(0, request.request.find(' '));
    const auto colon = place.find(':');
    if (colon != place.npos && has_address(place.substr(0, colon))) ports.push_back(place);
  }
  BOOST_TEST(sorted(ports) == sorted(texts(each.observed().at("mailPorts"))), boost::test_tools::per_element());
}

// Below half a second, without a delay of the network, it is the program's own work that was measured.
BOOST_DATA_TEST_CASE(it_takes_as_long_within_a_fifth, cases(), each) {
  for (const auto& [delay, observed] : each.observed().at("delayMs").as_object()) {
    const auto took = static_cast<double>(observed.as_int64());
    if (delay == "0" && took < 500) continue;
    const auto prediction = predicted(each, std::chrono::milliseconds(std::stoi(std::string(delay))));
    const auto expected = static_cast<double>(prediction.elapsed.count()) / 1000;
    BOOST_TEST(std::abs(expected - took) <= took / 5, "at " << delay << " ms: " << expected << " for " << took);
  }
}

BOOST_AUTO_TEST_SUITE_END()
