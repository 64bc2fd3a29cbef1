// The rules of a simulation, each with the smallest client that shows it.
#include <boost/test/unit_test.hpp>

#include "clients/facts_reader.h"
#include "clients/play.h"

using namespace mailconf;
using namespace mailconf::testing;
using namespace std::chrono_literals;

namespace {

using Lines = std::vector<std::string>;

const std::string net = "[network]\nthink-ms = 0\nround-trip-ms = 100\n[zone.\"example.org\"]\n";

simulated::World with(const std::string& text) { return simulated::world_from(net + text); }

const std::string document = "autoconfig = [\"imap mail.example.org 993 SSL\", \"smtp mail.example.org 465 SSL\"]\n";

std::string web(const std::string& name, const std::string& address, const std::string& path,
                const std::string& answer) {
  return "[host.\"" + name + "\"]\nnames = [\"" + name + "\"]\naddresses = [\"" + address +
         "\"]\ndefault-status = 404\nports = { 80 = \"web\", 443 = \"web\" }\n[host.\"" + name + "\".resources.\"" +
         path + "\"]\n" + answer;
}

clients::Facts client(const std::string& text) {
  return clients::read_facts("c", "title = \"C\"\nversion = \"1\"\nsource = \"s\"\ndate = \"2026-01-01\"\n" + text)
      .value();
}

Prediction played(const simulated::World& world, const clients::Facts& facts,
                  const clients::Circumstances& circumstances, Lines* asked = nullptr) {
  simulated::SimulatedNetwork network(world);
  SharedNetwork shared(network, manners_of_clients({}));
  std::uint32_t owner = 1;
  std::vector<clients::Simulation> simulations;
  simulations.emplace_back(facts, circumstances);
  const auto prediction = run_simulations(shared, owner, std::move(simulations), play_time, {}).front();
  BOOST_TEST(network.outstanding() == 0U);
  for (const auto& each : network.asked()) {
    if (asked && each.by_engine) asked->push_back(each.target);
  }
  return prediction;
}

Lines requests(const Prediction& prediction) {
  Lines lines;
  for (const auto& request : prediction.requests) lines.push_back(request.request + ": " + request.answer);
  return lines;
}

const clients::Circumstances org = about("example.org");

clients::Circumstances without_http() {
  auto circumstances = org;
  circumstances.allow_http = false;
  return circumstances;
}

clients::Circumstances for_alice(bool send) {
  auto circumstances = org;
  circumstances.address = EmailAddress::parse("alice+x@example.org").value();
  circumstances.send_address = send;
  return circumstances;
}

const std::string one_way = "[[way]]\nname = \"w\"\nseconds = 5\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(simulation)

BOOST_AUTO_TEST_CASE(plain_http_is_not_asked_unless_it_is_allowed) {
  const auto world = with(web("example.org", "203.0.113.1", "/a", document));
  const auto facts = client(one_way + "ask = [\"GET http://{domain}/a\"]\n");
  Lines asked;
  const auto careful = played(world, facts, without_http(), &asked);
  BOOST_TEST(!careful.found);
  BOOST_TEST(asked.empty());
  BOOST_TEST(requests(careful) == Lines{"GET http://example.org/a: not asked: plain HTTP"},
             boost::test_tools::per_element());
  BOOST_TEST(to_string(careful.requests.front().outcome) == "skipped");
  BOOST_TEST(careful.reason == "nothing that it takes came of 1 requests; 1 of them over plain HTTP were not made");
  const auto allowed = played(world, facts, org);
  BOOST_TEST(allowed.found);
  BOOST_TEST(allowed.told_in_clear());
}

BOOST_AUTO_TEST_CASE(settings_over_plain_http_need_approval_where_the_client_wants_it) {
  const auto world = with(web("example.org", "203.0.113.1", "/a", document));
  const auto facts = client("http-needs-approval = true\n" + one_way + "ask = [\"GET http://{domain}/a\"]\n");
  BOOST_TEST(played(world, facts, org).asks == Lines{"that settings which came over plain HTTP may be used"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_address_goes_to_the_domains_own_hosts_over_tls_when_it_may) {
  const auto world = with("[zone.\"example.net\"]\n" + web("example.org", "203.0.113.1", "/a", "status = 404") + "\n" +
                          web("example.net", "203.0.113.2", "/a", "status = 404"));
  const auto facts =
      client(one_way +
             "ask = [\"GET https://{domain}/a?e={address}\", \"GET http://{domain}/a?e={address}\", \"GET "
             "https://example.net/a?e={address}\"]\n");
  const Lines told{"GET https://example.org/a?e=alice%2Bx%40example.org: HTTP 404",
                   "GET http://example.org/a?e=postmaster%40example.org: HTTP 404",
                   "GET https://example.net/a?e=postmaster%40example.org: HTTP 404"};
  BOOST_TEST(requests(played(world, facts, for_alice(true))) == told, boost::test_tools::per_element());
  for (const auto& line : requests(played(world, facts, for_alice(false))))
    BOOST_TEST(line.find("alice") == std::string::npos, line);
}

BOOST_AUTO_TEST_CASE(autodiscover_is_never_told_the_address) {
  const auto facts = client(one_way + "reads = \"autodiscover\"\nask = [\"POST https://{domain}/a\"]\n");
  const auto world = with(web("example.org", "203.0.113.1", "/a", "status = 404"));
  simulated::SimulatedNetwork network(world);
  SharedNetwork shared(network, manners_of_clients({}));
  std::uint32_t owner = 1;
  std::vector<clients::Simulation> simulations;
  simulations.emplace_back(facts, for_alice(true));
  run_simulations(shared, owner, std::move(simulations), play_time, {});
  BOOST_REQUIRE(!network.asked().empty());
  for (const auto& each : network.asked()) BOOST_TEST(!each.holds_address, each.target);
}

BOOST_AUTO_TEST_CASE(the_digest_of_the_address_is_that_of_the_one_that_is_told) {
  const auto facts = client(one_way + "ask = [\"GET https://{domain}/a?m={md5}\"]\n");
  auto circumstances = about("alpha.example");
  circumstances.address = EmailAddress::parse("alice@alpha.example").value();
  circumstances.send_address = true;
  const auto world = simulated::world_from("[zone.\"alpha.example\"]\n");
  BOOST_TEST(played(world, facts, circumstances).requests.front().request ==
             "GET https://alpha.example/a?m=f1730b48db6c2e952cf26edfd5aca70c");
}

BOOST_AUTO_TEST_CASE(a_better_way_under_way_is_waited_for_until_its_patience_ends) {
  const auto world =
      with("\"slow A\" = \"203.0.113.9\"\n[host.silent]\naddresses = [\"203.0.113.9\"]\nother-ports = \"drop\"\n" +
           web("example.org", "203.0.113.1", "/a", document));
  const auto facts = client(
      "[[way]]\nname = \"slow\"\nseconds = 5\nask = [\"GET https://slow.{domain}/a\"]\n[[way]]\nname = "
      "\"quick\"\nseconds = 5\n"
      "ask = [\"GET https://{domain}/a\"]\n");
  const auto prediction = played(world, facts, org);
  BOOST_TEST(prediction.found_by == "quick");
  BOOST_TEST((prediction.elapsed == 5s));
}

BOOST_AUTO_TEST_CASE(where_the_first_answer_settles_it_nothing_better_is_waited_for) {
  const auto world =
      with("\"slow A\" = \"203.0.113.9\"\n[host.silent]\naddresses = [\"203.0.113.9\"]\nother-ports = \"drop\"\n" +
           web("example.org", "203.0.113.1", "/a", document));
  const auto facts = client(
      "settles = \"first\"\n[[way]]\nname = \"slow\"\nseconds = 5\nask = [\"GET "
      "https://slow.{domain}/a\"]\n[[way]]\nname = "
      "\"quick\"\nseconds = 5\nask = [\"GET https://{domain}/a\"]\n");
  const auto prediction = played(world, facts, org);
  BOOST_TEST((prediction.elapsed == 400ms));
  BOOST_TEST(requests(prediction).front() == "GET https://slow.example.org/a: not waited for");
}

BOOST_AUTO_TEST_CASE(a_client_that_forgets_names_waits_for_them_again) {
  const std::string asks = "ask = [\"GET https://{domain}/a\", \"GET https://{domain}/b\"]\n";
  const auto world = with(web("example.org", "203.0.113.1", "/c", "status = 404"));
  BOOST_TEST((played(world, client(one_way + asks), org).elapsed == 700ms));
  BOOST_TEST((played(world, client("keeps-names = false\n" + one_way + asks), org).elapsed == 800ms));
}

BOOST_AUTO_TEST_CASE(redirects_are_followed_as_far_as_the_client_does_and_never_to_plain_http) {
  const auto facts = client("redirects = 1\n" + one_way + "ask = [\"GET https://{domain}/a\"]\n");
  const auto to = [](const std::string& url) {
    return with(web("example.org", "203.0.113.1", "/a", "location = \"" + url + "\"") +
                "\n[host.\"example.org\".resources.\"/b\"]\n" + document);
  };
  BOOST_TEST(played(to("/b"), facts, org).found);
  BOOST_TEST(!played(to("http://example.org/b"), facts, org).found);
  BOOST_TEST(!played(to("/b"), client(one_way + "ask = [\"GET https://{domain}/a\"]\n"), org).found);
}

BOOST_AUTO_TEST_CASE(what_the_client_does_not_take_is_passed_over) {
  const std::string ask = one_way + "ask = [\"GET https://{domain}/a\"]\n";
  const auto plain =
      with(web("example.org", "203.0.113.1", "/a",
               "autoconfig = [\"imap mail.example.org 143 plain\", \"smtp mail.example.org 587 plain\"]\n"));
  BOOST_TEST(!played(plain, client(ask), org).found);
  const auto taken = played(plain, client("takes-plaintext = true\n" + ask), org);
  BOOST_TEST(taken.found);
  BOOST_TEST(!taken.encrypted());
  const auto pop3 =
      with(web("example.org", "203.0.113.1", "/a",
               "autoconfig = [\"pop3 mail.example.org 995 SSL\", \"imap mail.example.org 993 SSL\", \"smtp "
               "mail.example.org 465 SSL\"]\n"));
  BOOST_TEST((played(pop3, client("imap-only = true\n" + ask), org).incoming.front().type == ServerType::imap));
  const auto refused = played(pop3, client("imap-only = true\nfirst-only = true\n" + ask), org);
  BOOST_TEST(requests(refused).front() ==
             "GET https://example.org/a: settings, not taken: names no server for reading mail that this client takes");
}

BOOST_AUTO_TEST_CASE(a_service_that_wants_a_password_gets_none_and_the_user_is_asked) {
  const auto facts = client(one_way + "reads = \"autodiscover\"\nask = [\"POST https://{domain}/a\"]\n");
  const auto prediction = played(with(web("example.org", "203.0.113.1", "/a", "status = 401")), facts, org);
  BOOST_TEST(!prediction.found);
  BOOST_TEST(prediction.asks == Lines{"the password, because POST https://example.org/a answers nobody without"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(autodiscover_that_leads_to_another_domain_is_to_be_approved) {
  const std::string settings =
      "body = "
      "'''<Autodiscover><Response><Account><Action>settings</Action><Protocol><Type>IMAP</Type><Server>m.example.net</"
      "Server>"
      "<Port>993</Port><SSL>on</SSL></Protocol><Protocol><Type>SMTP</Type><Server>m.example.net</Server><Port>465</"
      "Port><SSL>on</SSL>"
      "</Protocol></Account></Response></Autodiscover>'''\n";
  const auto world = with(web("example.org", "203.0.113.1", "/a", "location = \"https://example.net/b\"") +
                          "\n[zone.\"example.net\"]\n" + web("example.net", "203.0.113.2", "/b", settings));
  const auto facts = client(one_way + "reads = \"autodiscover\"\nask = [\"GET http://{domain}/a\"]\n");
  const auto prediction = played(world, facts, org);
  BOOST_TEST(prediction.found, prediction.reason);
  BOOST_TEST(prediction.asks == Lines{"that example.net may tell the settings"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_guessed_server_with_a_bad_certificate_is_none) {
  const std::string guess =
      one_way + "try-incoming = [\"imap {domain} 993 SSL\"]\ntry-outgoing = [\"smtp {domain} 465 SSL\"]\n";
  const std::string host =
      "[host.mail]\nnames = [\"example.org\"]\naddresses = [\"203.0.113.1\"]\nports = { 993 = \"imap\", 465 = \"smtp\" "
      "}\n";
  BOOST_TEST(played(with(host), client(guess), org).found);
  BOOST_TEST(!played(with(host + "certificate = \"expired\"\n"), client(guess), org).found);
}

BOOST_AUTO_TEST_CASE(the_limit_of_the_client_ends_it) {
  const auto world =
      with("\"@ A\" = \"203.0.113.9\"\n[host.silent]\naddresses = [\"203.0.113.9\"]\nother-ports = \"drop\"\n");
  const auto prediction =
      played(world, client("limit-seconds = 2\n" + one_way + "ask = [\"GET https://{domain}/a\"]\n"), org);
  BOOST_TEST((prediction.elapsed == 2s));
  BOOST_TEST(prediction.ended);
  BOOST_TEST(prediction.reason == "its time was over; nothing that it takes came of 1 requests");
}

BOOST_AUTO_TEST_CASE(a_stop_ends_it_at_once_and_is_no_result) {
  simulated::SimulatedNetwork network(
      with("\"@ A\" = \"203.0.113.9\"\n[host.silent]\naddresses = [\"203.0.113.9\"]\nother-ports = "
           "\"drop\"\n[zone.\"thunderbird.net\"]\n"));
  SharedNetwork shared(network, manners_of_clients({}));
  std::uint32_t owner = 1;
  std::stop_source stop;
  network.at(300ms, [&] { stop.request_stop(); });
  auto simulations = simulations_of({{"thunderbird"}, false}, org);
  const auto prediction =
      run_simulations(shared, owner, std::move(simulations.value()), play_time, stop.get_token()).front();
  BOOST_TEST(!prediction.ended);
  BOOST_TEST(!prediction.found);
  BOOST_TEST(prediction.reason == "stopped before it had ended");
  BOOST_TEST((network.now() == 300ms));
  BOOST_TEST(network.outstanding() == 0U);
}

BOOST_AUTO_TEST_CASE(a_client_that_is_not_known_is_a_bad_option) {
  const auto simulations = simulations_of({{"pine"}, false}, org);
  BOOST_REQUIRE(!simulations);
  BOOST_TEST(simulations.error().text() == "clients: there is no client named \"pine\"");
}

BOOST_AUTO_TEST_CASE(nobody_signs_in) {
  for (const auto& known : simulated_clients()) {
    simulated::SimulatedNetwork network(with(
        "[zone.\"thunderbird.net\"]\n[host.mail]\nnames = [\"imap.example.org\", \"smtp.example.org\"]\naddresses = "
        "[\"203.0.113.1\"]\nports = { 143 = \"imap\", 993 = \"imap\", 465 = \"smtp\", 587 = \"smtp\" }\n"));
    SharedNetwork shared(network, manners_of_clients({}));
    std::uint32_t owner = 1;
    auto simulations = simulations_of({{known.name}, false}, for_alice(true));
    run_simulations(shared, owner, std::move(simulations.value()), play_time, {});
    for (const auto& command : network.mail_commands()) {
      const bool login = command.find("LOGIN") != command.npos || command.find("AUTH") != command.npos;
      BOOST_TEST(!login, known.name << ": " << command);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_service_record_leads_to_its_host_and_port_and_to_nothing_that_is_no_host) {
  const auto facts = client(
      "[[way]]\nname = \"r\"\nseconds = 5\nreads = \"hosts\"\ntakes = \"target\"\nask = [\"SRV _a._tcp.{domain}\"]\n"
      "[[way]]\nname = \"w\"\nseconds = 5\neach = \"r\"\nask = [\"GET https://{name}/a\"]\n");
  const auto asked = [&](const std::string& record) {
    return requests(played(with("\"_a._tcp SRV\" = \"" + record + "\"\n"), facts, org));
  };
  BOOST_TEST(asked("0 0 8443 x.example.org").back() ==
             "GET https://x.example.org:8443/a: x.example.org does not exist");
  for (const auto* record : {"0 0 0 .", "0 0 443 .", "0 0 443 example.net/x?", "0 0 443 localhost"})
    BOOST_TEST(asked(record).size() == 1U, record);
}

BOOST_AUTO_TEST_CASE(what_a_server_made_of_the_stand_in_is_a_template_again) {
  const auto facts = client("stand-in = \"SOMEBODY\"\n" + one_way + "ask = [\"GET https://{domain}/a\"]\n");
  const auto world =
      with(web("example.org", "203.0.113.1", "/a",
               "autoconfig = [\"imap a.example.org 993 SSL password-cleartext postmaster@example.org\", "
               "\"imap b.example.org 993 SSL password-cleartext SOMEBODY\", \"imap c.example.org 993 SSL "
               "password-cleartext postmaster@mail.example.net\", \"smtp d.example.org 465 SSL "
               "password-cleartext fixed\"]\n"));
  const auto prediction = played(world, facts, org);
  BOOST_REQUIRE(prediction.incoming.size() == 3U);
  BOOST_TEST(prediction.incoming[0].username == "%EMAILADDRESS%");
  BOOST_TEST(prediction.incoming[1].username == "%EMAILLOCALPART%");
  BOOST_TEST(prediction.incoming[2].username == "%EMAILLOCALPART%@mail.example.net");
  BOOST_TEST(prediction.outgoing[0].username == "fixed");
}

BOOST_AUTO_TEST_SUITE_END()
