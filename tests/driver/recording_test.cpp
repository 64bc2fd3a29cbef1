#include "driver/recording.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "driver/recorded_network.h"
#include "mailconf/resolver.h"

using namespace mailconf;
using namespace std::chrono_literals;

namespace {

// One entry for each kind of question and answer, with all that can be in it.
Recording full() {
  DnsAnswer names;
  names.authentic = true;
  names.addresses = {"192.0.2.1", "2001:db8::1"};
  names.mx = {{10, "mx.example.org"}, {0, ""}};
  names.srv = {{1, 2, 993, "imap.example.org"}};
  names.txt = {"a \"quoted\" text", std::string("\xFF\x00\xE9", 3)};
  const TlsFacts tls{"TLSv1.3", "x", CertificateVerdict::expired, {"b.example"}, "CA", "2020-01-01T00:00:00Z"};
  HttpAnswer document{200, "text/xml", "/there", "120", "<a>\xE9\x80\xFF</a>\r\n\t", "abc=", tls};
  ProbeAnswer port;
  port.verdict = ProbeVerdict::plaintext_injection;
  port.address = "192.0.2.1";
  port.greeting = "* OK";
  port.tls = TlsFacts{"TLSv1.3", "x", CertificateVerdict::wrong_name, {"a.example"}, "CA", "2030-01-01T00:00:00Z"};
  port.before_tls = {"STARTTLS"};
  port.capabilities = {"IMAP4rev1"};
  port.mechanisms = {"PLAIN"};
  const auto url = Url::parse("https://example.org/a/b?c=d").value();
  Recording recording;
  recording.domain = "example.org";
  recording.has_address = true;
  recording.options.sources = {"autoconfig", "srv"};
  recording.options.send_address = SendAddress::never;
  recording.options.ispdb = "off";
  recording.entries = {
      {1us, DnsQuestion{RecordType::srv, "_imaps._tcp.example.org"}, 20ms, names, 3, 4, 5},
      {2us, HttpQuestion{url, "<body/>", false, true}, 30ms, document},
      {3us, ProbeQuestion{ServerType::pop3, "a.example", 110, SocketType::starttls}, 1s, port},
      {4us, DnsQuestion{RecordType::txt, "example.org"}, 2s, Failure{FailureKind::dns_timeout, "late"}},
      {5us, DnsQuestion{RecordType::mx, "example.org"}, {}, std::nullopt},
      {5us, HttpQuestion{url}, 3s, Failure{FailureKind::certificate_bad, "expired", tls}},
      {6us, LoginQuestion{{ServerType::imap, "a.example", 993, SocketType::ssl}, "", nullptr}, 3s,
       LoginAnswer{LoginOutcome::rate_limited, "PLAIN", ""}}};
  recording.typed_username = true;
  return recording;
}

// A network that gives everybody the same answer.
class OneAnswer final : public Network {
 public:
  explicit OneAnswer(Answer answer) : answer_(std::move(answer)) {}
  void start(Ticket ticket, const Question&, Instant) override { asked_.push_back({ticket, answer_}); }
  void cancel(Ticket) override {}
  std::vector<Completion> wait_until(Instant) override { return std::exchange(asked_, {}); }
  [[nodiscard]] Instant now() const override { return {}; }
  void wake() override {}

 private:
  Answer answer_;
  std::vector<Completion> asked_;
};

std::string without_line(const std::string& text, std::size_t number) {
  std::size_t begin = 0;
  for (std::size_t line = 1; line < number; ++line) begin = text.find('\n', begin) + 1;
  return text.substr(0, begin) + text.substr(text.find('\n', begin) + 1);
}

std::string edited(const std::string& from, const std::string& to) {
  std::string text = write_recording(full());
  const auto place = text.find(from);
  BOOST_REQUIRE_MESSAGE(place != std::string::npos, from);
  return text.replace(place, from.size(), to);
}

struct Damage {
  const char* from;
  const char* to;
  const char* line;
};
std::ostream& operator<<(std::ostream& out, const Damage& damage) { return out << damage.from; }

const Damage damages[]{
    {"\"mailconfRecording\":1", "\"mailconfRecording\":2", "1"},
    {"\"mailconfRecording\":1", "\"recording\":1", "1"},
    {"\"domain\":\"example.org\"", "\"domain\":\"not a domain\"", "1"},
    {"\"deadlineMs\":8000", "\"deadlineMs\":-1", "1"},
    {"\"dns\":\"SRV\"", "\"dns\":\"SOA\"", "2"},
    {"\"preference\":10", "\"preference\":65536", "2"},
    {"\"octets\":", "\"octet\":", "2"},
    {"https://example.org/a", "example.org/a", "3"},
    {"\"http\":200", "\"http\":\"200\"", "3"},
    {"\"plaintext-injection\"", "\"splendid\"", "4"},
    {"\"wrong-name\"", "\"good\"", "4"},
    {"\"dns-timeout\"", "\"bored\"", "5"},
    {"{\"askedUs\":5", "[{\"askedUs\":5", "6"},
    {"\"certificate\":\"expired\"", "\"certificate\":\"old\"", "3"},
    {"\"detail\":\"expired\",\"tls\":{", "\"detail\":\"expired\",\"tls\":7,\"x\":{", "7"},
    {"\"login\":\"imap\"", "\"login\":\"smpt\"", "8"},
    {"\"rate-limited\"", "\"bored\"", "8"},
    {"\"asker\":3", "\"asker\":-3", "2"},
    {"\"batch\":4", "\"batch\":\"4\"", "2"},
    {"\"domain\":", "\"auditedOnDay\":\"today\",\"domain\":", "1"},
    {"\"domain\":", "\"auditedOnDay\":1,\"clients\":[],\"domain\":", "1"},
    {"\"domain\":", "\"clients\":\"all\",\"domain\":", "1"},
    {"\"domain\":", "\"ports\":[{}],\"domain\":", "1"},
    {"\"domain\":\"example.org\"", "\"ports\":[{\"dns\":\"MX\",\"name\":\"example.org\"}]", "1"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(recording)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again_without_a_loss) {
  const auto original = full();
  const auto read = read_recording(write_recording(original));
  BOOST_REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().text()));
  BOOST_TEST(read->domain == original.domain);
  BOOST_TEST(read->has_address);
  BOOST_TEST(read->typed_username);
  BOOST_TEST(read->options.sources == original.options.sources, boost::test_tools::per_element());
  BOOST_TEST((read->options.send_address == SendAddress::never));
  BOOST_TEST(read->options.ispdb == "off");
  BOOST_REQUIRE(read->entries.size() == original.entries.size());
  for (std::size_t index = 0; index < original.entries.size(); ++index) {
    const auto& [a, b] = std::pair(read->entries[index], original.entries[index]);
    BOOST_TEST((a.question == b.question && a.answer == b.answer), index);
    BOOST_TEST((a.asked == b.asked && a.answered == b.answered), index);
    BOOST_TEST((a.asker == b.asker && a.batch == b.batch && a.order == b.order), index);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_was_cut_off_anywhere_is_refused) {
  const std::string text = write_recording(full());
  for (std::size_t size = 0; size + 1 < text.size(); ++size)
    BOOST_REQUIRE_MESSAGE(!read_recording(text.substr(0, size)).has_value(), size);
  for (std::size_t line = 1; line <= 8; ++line) BOOST_TEST(!read_recording(without_line(text, line)).has_value(), line);
}

BOOST_DATA_TEST_CASE(damage_is_refused_with_its_line, damages) {
  const auto read = read_recording(edited(sample.from, sample.to));
  BOOST_REQUIRE(!read.has_value());
  BOOST_TEST(read.error().place == sample.line, read.error().text());
}

BOOST_AUTO_TEST_CASE(the_recordings_of_the_corpus_are_read_and_the_damaged_ones_are_not) {
  std::size_t damaged = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(TEST_DATA "/corpus/recordings")) {
    if (entry.path().extension() != ".ndjson") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const bool refused = entry.path().parent_path().filename() == "refused";
    damaged += refused ? 1 : 0;
    BOOST_TEST(read_recording(text).has_value() != refused, entry.path());
  }
  BOOST_TEST(damaged > 0U);
}

BOOST_AUTO_TEST_CASE(a_resolver_of_a_recording_knows_what_it_is_about_and_asks_nobody) {
  const auto text = write_recording(full());
  auto resolver = Resolver::replay(text);
  BOOST_REQUIRE(resolver);
  const auto about = resolver->recorded();
  BOOST_REQUIRE(about.has_value());
  BOOST_TEST(std::get<EmailAddress>(*about).text() == "user@example.org");
  const auto report = resolver->resolve(std::get<EmailAddress>(*about));
  BOOST_TEST(report.address == "user@example.org");
  BOOST_TEST(report.sources.size() >= 2U);
  BOOST_TEST(!Resolver::create({})->recorded().has_value());
}

BOOST_AUTO_TEST_CASE(of_a_login_the_server_and_its_end_are_recorded_and_nothing_that_was_said) {
  Credentials secrets;
  secrets.password = Secret("s3cret");
  const auto credentials = std::make_shared<const Credentials>(std::move(secrets));
  const ProbeQuestion server{ServerType::imap, "a.example", 993, SocketType::ssl};
  const LoginQuestion login{server, "alice.other", credentials};
  OneAnswer network(LoginAnswer{LoginOutcome::refused, "PLAIN", "no alice.other with s3cret here, alice"});
  RecordingNetwork recorder(network, EmailAddress::parse("alice@example.org").value());
  recorder.start({1, 1}, login, 5s);
  recorder.wait_until(5s);
  Recording recording;
  recording.domain = "example.org";
  recording.entries = recorder.entries();
  const auto text = write_recording(recording);
  for (const char* secret : {"s3cret", "alice", "with"}) BOOST_TEST(text.find(secret) == std::string::npos, text);
  const auto read = read_recording(text);
  BOOST_REQUIRE(read.has_value());
  ReplayingNetwork again(*read, std::nullopt);
  again.start({1, 1}, login, 5s);
  const auto completions = again.wait_until(5s);
  BOOST_REQUIRE(completions.size() == 1U);
  const auto answer = std::get<LoginAnswer>(completions.front().answer);
  BOOST_TEST((answer.outcome == LoginOutcome::refused));
  BOOST_TEST(answer.mechanism == "PLAIN");
  BOOST_TEST(answer.reason == "what was said is not in the recording");
}

BOOST_AUTO_TEST_CASE(answers_come_in_the_batches_in_which_they_came) {
  Recording recording;
  recording.domain = "example.org";
  const auto mx = [](const char* name) { return DnsQuestion{RecordType::mx, name}; };
  recording.entries = {{0us, mx("a.example"), 1s, DnsAnswer{}, 0, 2},
                       {0us, mx("b.example"), 1s, DnsAnswer{}, 0, 1},
                       {0us, mx("c.example"), 1s, DnsAnswer{}, 0, 2}};
  ReplayingNetwork network(recording, std::nullopt);
  for (std::uint32_t number = 0; number < 3; ++number)
    network.start({1, number}, recording.entries[number].question, 5s);
  const auto first = network.wait_until(5s);
  BOOST_REQUIRE(first.size() == 1U);
  BOOST_TEST(first.front().ticket.number == 1U);
  BOOST_TEST(network.wait_until(5s).size() == 2U);
  BOOST_TEST((network.now() == 1s));
}

BOOST_AUTO_TEST_CASE(answers_of_a_batch_come_in_their_order) {
  Recording recording;
  recording.domain = "example.org";
  const auto mx = [](const char* name) { return DnsQuestion{RecordType::mx, name}; };
  recording.entries = {{0us, mx("a.example"), 1s, DnsAnswer{}, 0, 1, 2},
                       {0us, mx("b.example"), 1s, DnsAnswer{}, 0, 1, 1}};
  ReplayingNetwork network(recording, std::nullopt);
  for (std::uint32_t number = 0; number < 2; ++number)
    network.start({1, number}, recording.entries[number].question, 5s);
  const auto answers = network.wait_until(5s);
  BOOST_REQUIRE(answers.size() == 2U);
  BOOST_TEST(answers.front().ticket.number == 1U);
}

BOOST_AUTO_TEST_CASE(of_equal_questions_each_asker_has_its_own_answer) {
  Recording recording;
  recording.domain = "example.org";
  const DnsQuestion question{RecordType::mx, "a.example"};
  recording.entries = {{0us, question, {}, std::nullopt, 0, 0}, {0us, question, 1s, DnsAnswer{}, 1, 1}};
  ReplayingNetwork network(recording, std::nullopt);
  network.start({7, 1}, DnsQuestion{RecordType::mx, "who is first"}, 5s);
  network.start({8, 1}, question, 5s);
  BOOST_TEST(network.wait_until(5s).size() == 1U);
  const auto second = network.wait_until(5s);
  BOOST_REQUIRE(second.size() == 1U);
  BOOST_TEST(std::holds_alternative<DnsAnswer>(second.front().answer));
}

BOOST_AUTO_TEST_CASE(what_was_not_waited_for_is_silent_until_the_deadline_has_passed) {
  Recording recording;
  recording.domain = "example.org";
  const DnsQuestion question{RecordType::mx, "a.example"};
  recording.entries = {{0us, question, {}, std::nullopt}};
  ReplayingNetwork network(recording, std::nullopt);
  network.start({1, 1}, question, 5s);
  BOOST_TEST(network.wait_until(5s).empty());
  BOOST_TEST((network.now() == 5s));
  const auto late = network.wait_until(6s);
  BOOST_REQUIRE(late.size() == 1U);
  BOOST_TEST((std::get<Failure>(late.front().answer).kind == FailureKind::timed_out));
}

BOOST_AUTO_TEST_CASE(a_login_that_was_not_recorded_is_not_replayed) {
  const Recording recording = full();
  ReplayingNetwork network(recording, std::nullopt);
  network.start({1, 1}, LoginQuestion{{ServerType::pop3, "a.example", 110, SocketType::starttls}, "alice", nullptr},
                5s);
  const auto completions = network.wait_until(5s);
  BOOST_REQUIRE(completions.size() == 1U);
  BOOST_TEST((std::get<Failure>(completions.front().answer).kind == FailureKind::not_asked));
}

BOOST_AUTO_TEST_CASE(a_recording_of_ports_is_replayed_for_them) {
  Recording recording;
  Server server;
  server.type = ServerType::pop3;
  server.hostname = "a.example";
  server.port = 110;
  server.socket_type = SocketType::starttls;
  recording.ports = {server};
  recording.entries = {full().entries[2]};
  auto resolver = Resolver::replay(write_recording(recording));
  BOOST_REQUIRE(resolver.has_value());
  BOOST_TEST(!resolver->recorded().has_value());
  BOOST_TEST((resolver->recorded_ports() == std::vector{server}));
  for (int time = 0; time < 2; ++time) {
    const auto ports = resolver->probe(resolver->recorded_ports());
    BOOST_REQUIRE(ports.size() == 1U);
    BOOST_TEST(ports.front().greeting == "* OK");
  }
}

BOOST_AUTO_TEST_SUITE_END()
