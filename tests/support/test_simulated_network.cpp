// The simulated network keeps the promises of network.h, in virtual time.
#include <boost/test/unit_test.hpp>

#include "support/mail_server.h"
#include "support/simulated_network.h"
#include "support/world_reader.h"

using namespace mailconf;
using namespace mailconf::simulated;
using std::chrono::milliseconds;

namespace {

// Nobody thinks in this world, so that times are whole round trips.
const std::string base = R"(
[network]
think-ms = 0
[zone."example.org"]
"@ MX" = "10 mail.example.org"
"gone A" = "timeout"
"inner A" = "10.0.0.1"
)";

std::string host(const std::string& ports, const std::string& more = "") {
  return base + "[host.mail]\nnames = [\"mail.example.org\"]\naddresses = [\"203.0.113.10\"]\n" + more +
         "\n[host.mail.ports]\n" + ports;
}

struct Outcome {
  Answer answer;
  milliseconds at;
};

Outcome ask(SimulatedNetwork& network, const Question& question, Instant deadline = std::chrono::seconds(10)) {
  network.start({1, 1}, question, network.now() + deadline);
  const auto completed = network.wait_until(network.now() + std::chrono::minutes(1));
  BOOST_REQUIRE_EQUAL(completed.size(), 1U);
  BOOST_TEST(network.outstanding() == 0U);
  BOOST_TEST(network.open_sockets() == 0U);
  return {completed.front().answer, std::chrono::duration_cast<milliseconds>(network.now())};
}

Outcome ask(const std::string& world, const Question& question, Instant deadline = std::chrono::seconds(10)) {
  SimulatedNetwork network(world_from(world));
  return ask(network, question, deadline);
}

Question probe(ServerType type, std::uint16_t port, SocketType socket, const std::string& name = "mail.example.org") {
  return ProbeQuestion{type, name, port, socket};
}
Question get(const std::string& url) { return HttpQuestion{*Url::parse(url)}; }

ProbeAnswer spoken(const Outcome& outcome) { return std::get<ProbeAnswer>(outcome.answer); }
FailureKind kind(const Outcome& outcome) { return std::get<Failure>(outcome.answer).kind; }

const auto imaps = probe(ServerType::imap, 993, SocketType::ssl);
const auto document = get("https://mail.example.org/a");

}  // namespace

BOOST_AUTO_TEST_CASE(a_name_costs_one_round_trip_and_nothing_once_it_is_known) {
  SimulatedNetwork network(world_from(base));
  const Question question = DnsQuestion{RecordType::mx, "example.org"};
  BOOST_TEST((ask(network, question).at == milliseconds(50)));
  BOOST_TEST((ask(network, question).at == milliseconds(50)));
}

BOOST_AUTO_TEST_CASE(a_name_server_that_says_nothing_is_given_up) {
  const auto outcome = ask(base, DnsQuestion{RecordType::addresses, "gone.example.org"});
  BOOST_TEST((kind(outcome) == FailureKind::dns_timeout));
  BOOST_TEST((outcome.at == milliseconds(4000)));
}

BOOST_AUTO_TEST_CASE(a_document_costs_name_connection_handshake_and_request) {
  const auto outcome = ask(host("", "resources.\"/a\" = { body = \"hello\" }"), document);
  BOOST_TEST(std::get<HttpAnswer>(outcome.answer).status == 200);
  BOOST_TEST(std::get<HttpAnswer>(outcome.answer).body == "hello");
  BOOST_TEST((outcome.at == milliseconds(200)));
}

BOOST_AUTO_TEST_CASE(the_servers_thinking_time_counts_for_each_answer_it_gives) {
  const auto outcome = ask(host("", "think-ms = 2\nresources.\"/a\" = { body = \"hello\", think-ms = 30 }"), document);
  BOOST_TEST((outcome.at == milliseconds(200 + 2 + 2 + 30)));
}

BOOST_AUTO_TEST_CASE(an_imap_server_in_tls_costs_greeting_and_capabilities) {
  const auto outcome = ask(host("993 = { service = \"imap\", mechanisms = [\"PLAIN\", \"XOAUTH2\"] }"), imaps);
  BOOST_TEST((spoken(outcome).verdict == ProbeVerdict::speaks));
  BOOST_TEST((spoken(outcome).tls->certificate == CertificateVerdict::valid));
  BOOST_TEST(spoken(outcome).address == "203.0.113.10");
  BOOST_TEST((outcome.at == milliseconds(250)));
}

BOOST_AUTO_TEST_CASE(capabilities_in_the_greeting_save_a_round_trip) {
  const auto outcome =
      ask(host("993 = { service = \"imap\", greeting = \"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\" }"), imaps);
  BOOST_TEST((outcome.at == milliseconds(200)));
}

BOOST_AUTO_TEST_CASE(submission_upgrades_by_starttls) {
  const auto outcome = ask(host("587 = \"smtp\""), probe(ServerType::smtp, 587, SocketType::starttls));
  BOOST_TEST((spoken(outcome).verdict == ProbeVerdict::speaks));
  BOOST_TEST(spoken(outcome).before_tls.size() > 0U);
  BOOST_TEST(spoken(outcome).tls.has_value());
  // Name, TCP, greeting, EHLO, STARTTLS, TLS, EHLO.
  BOOST_TEST((outcome.at == milliseconds(350)));
}

BOOST_AUTO_TEST_CASE(pop3_upgrades_by_stls) {
  const auto outcome = ask(host("110 = \"pop3\""), probe(ServerType::pop3, 110, SocketType::starttls));
  BOOST_TEST((spoken(outcome).verdict == ProbeVerdict::speaks));
}

BOOST_AUTO_TEST_CASE(G3_starttls_stripped_refused_and_injected_are_told_apart) {
  const auto verdict_of = [](const std::string& mode) {
    return spoken(ask(host("143 = { service = \"imap\", starttls = \"" + mode + "\" }"),
                      probe(ServerType::imap, 143, SocketType::starttls)))
        .verdict;
  };
  BOOST_TEST((verdict_of("stripped") == ProbeVerdict::starttls_missing));
  BOOST_TEST((verdict_of("refused") == ProbeVerdict::starttls_refused));
  BOOST_TEST((verdict_of("injection") == ProbeVerdict::plaintext_injection));
}

BOOST_AUTO_TEST_CASE(a_bad_certificate_ends_a_request_and_is_reported_by_a_probe) {
  const auto world = host("993 = \"imap\"", "certificate = \"expired\"\ndefault-status = 404");
  BOOST_TEST((kind(ask(world, document)) == FailureKind::certificate_bad));
  BOOST_TEST((spoken(ask(world, imaps)).tls->certificate == CertificateVerdict::expired));
}

BOOST_AUTO_TEST_CASE(ports_refuse_drop_or_cannot_be_reached) {
  BOOST_TEST((kind(ask(host(""), imaps)) == FailureKind::refused));
  BOOST_TEST((kind(ask(host("993 = \"unreachable\""), imaps)) == FailureKind::unreachable));
  const auto dropped = ask(host("993 = \"drop\""), imaps, milliseconds(700));
  BOOST_TEST((kind(dropped) == FailureKind::timed_out));
  BOOST_TEST((dropped.at == milliseconds(700)));
  BOOST_TEST(std::get<Failure>(dropped.answer).detail == "time ran out while connecting to mail.example.org:993");
}

BOOST_AUTO_TEST_CASE(a_silent_server_lasts_until_the_deadline_and_a_resetting_one_does_not) {
  BOOST_TEST((kind(ask(host("143 = \"silent\""), probe(ServerType::imap, 143, SocketType::starttls),
                       milliseconds(900))) == FailureKind::timed_out));
  BOOST_TEST((kind(ask(host("993 = \"reset\""), imaps)) == FailureKind::closed));
}

BOOST_AUTO_TEST_CASE(tls_and_clear_text_do_not_mix) {
  BOOST_TEST((kind(ask(host("993 = { service = \"imap\", tls = false }"), imaps)) == FailureKind::tls_failed));
  BOOST_TEST((kind(ask(host("993 = { service = \"imap\", tls = \"fails\" }"), imaps)) == FailureKind::tls_failed));
  BOOST_TEST(
      (kind(ask(host("143 = { service = \"imap\", tls = true }"), probe(ServerType::imap, 143, SocketType::starttls),
                milliseconds(900))) == FailureKind::timed_out));
}

BOOST_AUTO_TEST_CASE(H18_a_dribbling_body_is_cut_by_the_whole_time) {
  const auto world = host("443 = { service = \"web\", octets-a-second = 1 }", "resources.\"/a\" = { body = \"slow\" }");
  const auto outcome = ask(world, document, milliseconds(2000));
  BOOST_TEST((kind(outcome) == FailureKind::timed_out));
  BOOST_TEST((outcome.at == milliseconds(2000)));
}

BOOST_AUTO_TEST_CASE(a_body_over_the_limit_is_too_large) {
  const auto world = host("", "resources.\"/a\" = { body-octets = 300000 }");
  BOOST_TEST((kind(ask(world, document)) == FailureKind::too_large));
}

BOOST_AUTO_TEST_CASE(D22_a_dead_ipv6_address_costs_a_quarter_of_a_second) {
  const auto world = base + R"(
[host.six]
names = ["mail.example.org"]
addresses = ["2001:db8::1"]
other-ports = "drop"
[host.four]
names = ["mail.example.org"]
addresses = ["203.0.113.1"]
ports.993 = "imap"
)";
  const auto outcome = ask(world, imaps);
  BOOST_TEST(spoken(outcome).address == "203.0.113.1");
  BOOST_TEST((outcome.at == milliseconds(250 + 250)));
}

BOOST_AUTO_TEST_CASE(a_refused_address_gives_way_at_once) {
  const auto world = base + R"(
[host.six]
names = ["mail.example.org"]
addresses = ["2001:db8::1"]
[host.four]
names = ["mail.example.org"]
addresses = ["203.0.113.1"]
ports.993 = "imap"
)";
  BOOST_TEST((ask(world, imaps).at == milliseconds(250 + 50)));
}

BOOST_AUTO_TEST_CASE(private_addresses_are_not_contacted_unless_allowed) {
  const auto question = probe(ServerType::imap, 993, SocketType::ssl, "inner.example.org");
  const auto world = base + "[host.inner]\naddresses = \"10.0.0.1\"\n";
  SimulatedNetwork network(world_from(world));
  BOOST_TEST((kind(ask(network, question)) == FailureKind::address_not_public));
  BOOST_TEST(network.dialled().empty());
  network.allow_private(true);
  BOOST_TEST((kind(ask(network, question)) == FailureKind::refused));
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_exist_is_nothing_to_connect_to) {
  BOOST_TEST((kind(ask(base, probe(ServerType::imap, 993, SocketType::ssl, "imap.example.org"))) ==
              FailureKind::no_such_name));
}

BOOST_AUTO_TEST_CASE(without_a_network_every_question_is_offline) {
  BOOST_TEST((kind(ask("[network]\noffline = true\n", imaps)) == FailureKind::offline));
  BOOST_TEST(
      (kind(ask("[network]\noffline = true\n", DnsQuestion{RecordType::mx, "example.org"})) == FailureKind::offline));
}

BOOST_AUTO_TEST_CASE(at_most_four_sockets_go_to_one_address_and_the_rest_wait) {
  SimulatedNetwork network(world_from(host("993 = \"imap\"")));
  for (std::uint32_t number = 0; number < 6; ++number) network.start({1, number}, imaps, std::chrono::seconds(5));
  std::size_t answered = 0;
  while (network.outstanding() > 0) answered += network.wait_until(std::chrono::seconds(10)).size();
  BOOST_TEST(answered == 6U);
  BOOST_TEST(network.peak_sockets(1).to_one_address == 4U);
  BOOST_TEST((network.now() == milliseconds(250 + 200)));
}

BOOST_AUTO_TEST_CASE(a_resolution_holds_at_most_sixteen_sockets) {
  std::string world = base;
  for (int i = 1; i <= 20; ++i)
    world += "[host.h" + std::to_string(i) + "]\naddresses = \"203.0.113." + std::to_string(i) +
             "\"\nother-ports = \"drop\"\n";
  SimulatedNetwork network(world_from(world));
  for (std::uint32_t number = 1; number <= 20; ++number)
    network.start({1, number}, probe(ServerType::imap, 993, SocketType::ssl, "203.0.113." + std::to_string(number)),
                  std::chrono::seconds(1));
  while (network.outstanding() > 0) network.wait_until(std::chrono::seconds(2));
  BOOST_TEST(network.peak_sockets(1).total == 16U);
}

BOOST_AUTO_TEST_CASE(a_cancelled_question_gets_no_answer_and_holds_nothing) {
  SimulatedNetwork network(world_from(host("993 = \"silent\"")));
  network.start({1, 1}, imaps, std::chrono::seconds(5));
  network.wait_until(milliseconds(120));
  BOOST_TEST(network.open_sockets() == 1U);
  network.cancel({1, 1});
  BOOST_TEST(network.open_sockets() == 0U);
  BOOST_TEST(network.wait_until(std::chrono::seconds(9)).empty());
}

BOOST_AUTO_TEST_CASE(waking_ends_the_wait_at_once) {
  SimulatedNetwork network(world_from(host("993 = \"imap\"")));
  network.start({1, 1}, imaps, std::chrono::seconds(5));
  network.at(milliseconds(20), [&] { network.wake(); });
  BOOST_TEST(network.wait_until(std::chrono::seconds(1)).empty());
  BOOST_TEST((network.now() == milliseconds(20)));
}

BOOST_AUTO_TEST_CASE(a_probe_sends_no_login) {
  SimulatedNetwork network(world_from(host("993 = \"imap\"")));
  ask(network, imaps);
  for (const auto& line : network.mail_commands()) BOOST_TEST(!is_login(line), line);
  BOOST_TEST(is_login("a1 LOGIN alice secret"));
  BOOST_TEST(is_login("AUTH PLAIN AGE="));
  BOOST_TEST(!is_login("EHLO client"));
}

BOOST_AUTO_TEST_CASE(the_record_tells_which_urls_hold_an_address) {
  SimulatedNetwork network(world_from(host("", "default-status = 404")));
  ask(network, get("https://mail.example.org/a?emailaddress=alice%40example.org"));
  const auto& asked = network.asked();
  BOOST_REQUIRE_EQUAL(asked.size(), 2U);
  BOOST_TEST(asked[0].target == "https://mail.example.org/a");
  BOOST_TEST(asked[0].holds_address);
  BOOST_TEST(!asked[1].by_engine);
}

BOOST_AUTO_TEST_CASE(a_question_can_be_made_to_fail_by_its_number) {
  SimulatedNetwork network(world_from(base));
  network.interfere(0, Failure{FailureKind::refused, "made to fail"});
  network.interfere(1, std::nullopt);
  const Question question = DnsQuestion{RecordType::mx, "example.org"};
  BOOST_TEST((kind(ask(network, question)) == FailureKind::refused));
  BOOST_TEST((kind(ask(network, question, milliseconds(300))) == FailureKind::timed_out));
  BOOST_TEST(std::holds_alternative<DnsAnswer>(ask(network, question).answer));
}

BOOST_AUTO_TEST_CASE(shuffled_delays_depend_on_the_seed_alone) {
  const auto end = [](std::uint64_t seed) {
    SimulatedNetwork network(world_from(base));
    network.shuffle(seed, milliseconds(500));
    return ask(network, DnsQuestion{RecordType::mx, "example.org"}).at;
  };
  BOOST_TEST((end(1) == end(1)));
  BOOST_TEST((end(1) != end(2)));
}
