// The engine with scripted sources and a hand on the clock: every event is a call, every consequence a value.
#include "engine/resolution.h"

#include <boost/test/unit_test.hpp>

#include "engine/timing.h"

using namespace mailconf;
using std::chrono::milliseconds;

namespace {

Server server(ServerType type, const std::string& host, std::uint16_t port, SocketType socket_type = SocketType::ssl) {
  Server made;
  made.type = type;
  made.hostname = host;
  made.port = port;
  made.socket_type = socket_type;
  made.authentication = {Authentication::password_cleartext};
  made.username = "%EMAILADDRESS%";
  return made;
}

enum class Half { both, reading, sending };

Settings settings_at(const std::string& host, Half half = Half::both) {
  Settings settings;
  settings.provider.id = host;
  if (half != Half::sending) settings.incoming.push_back(server(ServerType::imap, "imap." + host, 993));
  if (half != Half::reading) settings.outgoing.push_back(server(ServerType::smtp, "smtp." + host, 465));
  return settings;
}

// Asks one question; 200 yields its settings, anything else is judged by the common rule.
class Scripted : public Source {
 public:
  Scripted(std::optional<Question> question, std::optional<Settings> settings)
      : question_(std::move(question)), settings_(std::move(settings)) {}
  Step begin() override {
    Step step;
    if (question_) {
      step.ask = {*question_};
    } else {
      step.found = settings_;
      step.verdict.outcome = settings_ ? Outcome::found : Outcome::absent;
    }
    return step;
  }
  Step on_answer(const Question&, const Answer& answer) override {
    Step step;
    step.verdict = judge(answer);
    const auto* http = std::get_if<HttpAnswer>(&answer);
    const auto* probe = std::get_if<ProbeAnswer>(&answer);
    if ((http && http->status == 200) || probe) {
      step.verdict = {Outcome::found, ""};
      step.found = settings_;
    }
    return step;
  }

 private:
  std::optional<Question> question_;
  std::optional<Settings> settings_;
};

CatalogEntry source(std::string_view id, std::optional<Question> question, std::optional<Settings> settings) {
  return {id, "", [=](const Subject&) { return std::make_unique<Scripted>(question, settings); }};
}
Question page(const std::string& host) { return HttpQuestion{*Url::parse("https://" + host + "/")}; }
Question port(const std::string& host) { return ProbeQuestion{ServerType::imap, host, 993, SocketType::ssl}; }

HttpAnswer status(int code) {
  HttpAnswer answer;
  answer.status = code;
  return answer;
}

ProbeAnswer good(CertificateVerdict verdict = CertificateVerdict::valid) {
  ProbeAnswer answer;
  answer.verdict = ProbeVerdict::speaks;
  answer.tls = TlsFacts{"TLSv1.3", "x", verdict, {}, "", ""};
  answer.mechanisms = {"PLAIN"};
  return answer;
}

const Failure timeout{FailureKind::timed_out, "no answer"};
const Failure refused{FailureKind::refused, "connection refused"};

// One resolution under test: what is out, and how it goes on.
class Table {
 public:
  explicit Table(std::vector<CatalogEntry> catalog, ResolutionOptions options = {}, Observer observer = {})
      : subject{*DomainName::parse("example.org"),
                *EmailAddress::parse("alice@example.org"),
                SendAddress::retry,
                std::nullopt,
                std::nullopt,
                "",
                nullptr,
                false},
        resolution(subject, std::move(catalog), options, std::move(observer)) {
    follow(resolution.begin(Instant(0)));
  }
  void answer(const std::string& asked, const Answer& answer, milliseconds at) {
    for (const auto& [number, question] : out) {
      if (target(question).find(asked) == std::string::npos) continue;
      const auto found = number;
      out.erase(found);
      return follow(resolution.on_answer(found, answer, at));
    }
    BOOST_FAIL("not asked: " + asked);
  }
  void pass(milliseconds at) { follow(resolution.on_time(at)); }
  void abort(milliseconds at) { follow(resolution.abort(at)); }
  [[nodiscard]] bool is_out(const std::string& asked) const {
    return std::any_of(out.begin(), out.end(),
                       [&](const auto& entry) { return target(entry.second).find(asked) != std::string::npos; });
  }
  [[nodiscard]] const Report& report() const { return resolution.report(); }
  [[nodiscard]] std::string outcome(const std::string& source) const {
    for (const auto& row : report().sources) {
      if (row.source == source) return std::string(to_string(row.outcome));
    }
    return "no row";
  }

  Subject subject;
  Resolution resolution;
  std::map<std::uint32_t, Question> out;
  Instant wake{};
  bool finished = false;

 private:
  void follow(const Orders& orders) {
    for (const auto number : orders.cancel) BOOST_TEST(out.erase(number) == 1U);
    for (const auto& start : orders.start) out.emplace(start.number, start.question);
    wake = orders.wake;
    finished = orders.finished;
    if (finished) BOOST_TEST(out.empty());
  }
};

std::vector<CatalogEntry> own_and_database() {
  return {source("autoconfig", page("autoconfig.example.org"), settings_at("own.example.org")),
          source("ispdb", page("db.example.com"), settings_at("hoster.example"))};
}

void prove(Table& table, const std::string& host, milliseconds at) {
  table.answer("imap." + host, good(), at);
  table.answer("smtp." + host, good(), at);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resolution)

BOOST_AUTO_TEST_CASE(all_sources_are_asked_at_once_and_the_first_answer_is_provisional) {
  std::vector<std::string> provisional;
  Observer observer;
  observer.provisional = [&](const Report& report) { provisional.push_back(report.best.sources.front()); };
  Table table(own_and_database(), {}, observer);
  BOOST_TEST(table.is_out("autoconfig.example.org"));
  BOOST_TEST(table.is_out("db.example.com"));
  table.answer("db.example.com", status(200), milliseconds(100));
  BOOST_TEST(provisional == std::vector<std::string>{"ispdb"}, boost::test_tools::per_element());
  BOOST_TEST(!table.finished);
}

BOOST_AUTO_TEST_CASE(H6_a_better_source_within_the_grace_upgrades_the_answer) {
  Table table(own_and_database());
  table.answer("db.example.com", status(200), milliseconds(100));
  prove(table, "hoster.example", milliseconds(300));
  BOOST_TEST(!table.finished);
  table.answer("autoconfig.example.org", status(200), milliseconds(500));
  prove(table, "own.example.org", milliseconds(700));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.incoming[0].server.hostname == "imap.own.example.org");
  BOOST_TEST(table.report().alternatives.size() == 1U);
  BOOST_TEST((table.report().provisional == Duration(milliseconds(100))));
}

BOOST_AUTO_TEST_CASE(H6_after_the_grace_the_proven_answer_stands) {
  Table table(own_and_database());
  table.answer("db.example.com", status(200), milliseconds(100));
  prove(table, "hoster.example", milliseconds(300));
  BOOST_TEST((table.wake > milliseconds(300)));
  table.pass(std::chrono::duration_cast<milliseconds>(table.wake));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "found");
  BOOST_TEST(table.report().best.sources[0] == "ispdb");
  BOOST_TEST(table.outcome("autoconfig") == "unknown");
}

BOOST_AUTO_TEST_CASE(H7_what_ranks_below_a_proven_answer_is_cancelled) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", status(200), milliseconds(100));
  BOOST_TEST(table.is_out("db.example.com"));
  prove(table, "own.example.org", milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.outcome("ispdb") == "skipped");
}

BOOST_AUTO_TEST_CASE(a_source_that_ranks_below_known_settings_is_not_even_begun) {
  Table table({source("builtin", std::nullopt, settings_at("hoster.example")),
               source("guess", page("guess.example.org"), settings_at("guess.example.org"))});
  BOOST_TEST(!table.is_out("guess.example.org"));
  prove(table, "hoster.example", milliseconds(100));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.outcome("guess") == "skipped");
}

BOOST_AUTO_TEST_CASE(a_refuted_finding_lets_the_sources_below_begin) {
  Table table({source("builtin", std::nullopt, settings_at("hoster.example")),
               source("srv", page("next.example.org"), settings_at("next.example.org"))});
  table.answer("imap.hoster.example", good(CertificateVerdict::wrong_name), milliseconds(100));
  BOOST_TEST(table.is_out("next.example.org"));
  table.answer("smtp.hoster.example", good(), milliseconds(100));
  table.answer("next.example.org", status(200), milliseconds(200));
  prove(table, "next.example.org", milliseconds(300));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.incoming[0].server.hostname == "imap.next.example.org");
}

BOOST_AUTO_TEST_CASE(X26_a_missing_half_is_taken_from_the_next_source) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org", Half::reading)),
               source("srv", page("srv.example.org"), settings_at("srv.example.org", Half::sending))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.answer("srv.example.org", status(200), milliseconds(150));
  table.answer("imap.own", good(), milliseconds(200));
  table.answer("smtp.srv", good(), milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "found");
  BOOST_TEST(table.report().best.outgoing[0].source == "srv");
}

BOOST_AUTO_TEST_CASE(a_stale_own_file_loses_to_a_proven_neighbour) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", status(200), milliseconds(100));
  table.answer("db.example.com", status(200), milliseconds(100));
  table.answer("imap.own.example.org", good(CertificateVerdict::expired), milliseconds(200));
  table.answer("smtp.own.example.org", refused, milliseconds(200));
  prove(table, "hoster.example", milliseconds(400));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.sources[0] == "ispdb");
  BOOST_TEST(table.report().alternatives.at(0).incoming.at(0).proof.reason == "its certificate has expired");
}

BOOST_AUTO_TEST_CASE(settings_whose_servers_are_refuted_are_not_recommended) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org"))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.answer("imap.own", good(CertificateVerdict::self_signed), milliseconds(200));
  table.answer("smtp.own", good(CertificateVerdict::self_signed), milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "not-found");
  BOOST_TEST(table.report().best.incoming.empty());
  BOOST_TEST(table.report().alternatives.size() == 1U);
}

BOOST_AUTO_TEST_CASE(settings_whose_servers_stay_silent_are_told_but_not_called_found) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org"))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.answer("imap.own", timeout, milliseconds(4100));
  table.answer("smtp.own", timeout, milliseconds(4100));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "unknown");
  BOOST_TEST(table.report().best.incoming.size() == 1U);
}

BOOST_AUTO_TEST_CASE(H23_two_sources_that_agree_are_one_configuration_with_two_witnesses) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("hoster.example")),
               source("ispdb", page("db.example.com"), settings_at("hoster.example"))});
  table.answer("db.example.com", status(200), milliseconds(100));
  table.answer("own.example.org", status(200), milliseconds(100));
  prove(table, "hoster.example", milliseconds(200));
  BOOST_TEST(table.finished);
  BOOST_TEST(table.report().best.sources == (std::vector<std::string>{"autoconfig", "ispdb"}),
             boost::test_tools::per_element());
  BOOST_TEST(table.report().alternatives.empty());
  BOOST_TEST(table.report().conflicts.empty());
}

BOOST_AUTO_TEST_CASE(sources_that_disagree_are_a_conflict) {
  Table table(own_and_database());
  table.answer("db.example.com", status(200), milliseconds(100));
  table.answer("autoconfig.example.org", status(200), milliseconds(100));
  prove(table, "own.example.org", milliseconds(200));
  BOOST_REQUIRE(table.report().conflicts.size() == 2U);
  BOOST_TEST(table.report().conflicts[0].field == "incoming.hostname");
  BOOST_TEST(
      table.report().conflicts[0].values == (std::vector<std::string>{"imap.own.example.org", "imap.hoster.example"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ports_are_not_tried_on_suspicion_before_the_head_start_is_over) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("guess", port("imap.guess.example.org"), settings_at("guess.example.org"))});
  BOOST_TEST(!table.is_out("imap.guess"));
  BOOST_TEST((table.wake == timing::head_start));
  table.pass(milliseconds(300));
  BOOST_TEST(table.is_out("imap.guess"));
}

BOOST_AUTO_TEST_CASE(ports_are_tried_at_once_when_nothing_else_is_to_be_waited_for) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("guess", port("imap.guess.example.org"), settings_at("guess.example.org"))});
  table.answer("own.example.org", status(404), milliseconds(50));
  BOOST_TEST(table.is_out("imap.guess"));
}

BOOST_AUTO_TEST_CASE(ports_are_never_tried_on_suspicion_when_settings_are_published) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("guess", port("imap.guess.example.org"), settings_at("guess.example.org"))});
  table.answer("own.example.org", status(200), milliseconds(100));
  table.pass(milliseconds(400));
  BOOST_TEST(!table.is_out("imap.guess"));
}

BOOST_AUTO_TEST_CASE(without_proofs_known_settings_are_given_without_a_single_question) {
  Table table({source("autoconfig", page("own.example.org"), settings_at("own.example.org")),
               source("builtin", std::nullopt, settings_at("hoster.example"))},
              {std::chrono::seconds(8), false});
  BOOST_TEST(table.finished);
  BOOST_TEST(table.out.empty());
  BOOST_TEST(to_string(table.report().status) == "found");
  BOOST_TEST((table.report().best.incoming[0].proof.outcome == ProofOutcome::not_tried));
}

BOOST_AUTO_TEST_CASE(H21_an_abort_cancels_all_and_the_report_is_complete) {
  Table table(own_and_database());
  table.abort(milliseconds(70));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "aborted");
  BOOST_TEST(table.outcome("autoconfig") == "unknown");
  BOOST_TEST(table.outcome("ispdb") == "unknown");
}

BOOST_AUTO_TEST_CASE(the_deadline_ends_all) {
  Table table(own_and_database(), {milliseconds(1000), true});
  BOOST_TEST((table.wake == milliseconds(1000)));
  table.pass(milliseconds(1000));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "offline");
}

BOOST_AUTO_TEST_CASE(H8_network_errors_everywhere_are_offline_not_absence) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", Failure{FailureKind::dns_timeout, "no name server answered"},
               milliseconds(100));
  table.answer("db.example.com", Failure{FailureKind::unreachable, "no route"}, milliseconds(100));
  BOOST_TEST(to_string(table.report().status) == "offline");
}

BOOST_AUTO_TEST_CASE(H9_some_errors_and_some_absences_leave_it_open) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", timeout, milliseconds(100));
  table.answer("db.example.com", status(404), milliseconds(100));
  BOOST_TEST(to_string(table.report().status) == "unknown");
}

BOOST_AUTO_TEST_CASE(absences_everywhere_are_definite) {
  Table table(own_and_database());
  table.answer("autoconfig.example.org", Failure{FailureKind::no_such_name, "no such name"}, milliseconds(100));
  table.answer("db.example.com", status(404), milliseconds(100));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "not-found");
}

BOOST_AUTO_TEST_CASE(H24_an_unencrypted_server_is_left_out_and_said_so) {
  Settings in_clear;
  in_clear.incoming = {server(ServerType::imap, "imap.example.org", 143, SocketType::plain)};
  in_clear.outgoing = {server(ServerType::smtp, "smtp.example.org", 25, SocketType::plain)};
  Table table({source("ispdb", page("db.example.com"), in_clear)});
  table.answer("db.example.com", status(200), milliseconds(100));
  BOOST_TEST(table.finished);
  BOOST_TEST(to_string(table.report().status) == "insecure-only");
  BOOST_TEST(table.report().best.incoming.empty());
  BOOST_TEST(table.report().warnings.at(0).code == "plaintext-left-out");
}

BOOST_AUTO_TEST_CASE(the_rows_tell_what_led_where) {
  Table table(own_and_database());
  HttpAnswer moved = status(302);
  moved.location = "https://cfg.example.org/?secret=1";
  table.answer("autoconfig.example.org", moved, milliseconds(50));
  BOOST_TEST(table.is_out("cfg.example.org"));
  table.answer("cfg.example.org", status(404), milliseconds(100));
  table.answer("db.example.com", status(404), milliseconds(100));
  const auto& row = table.report().sources.at(0);
  BOOST_TEST(row.target == "https://autoconfig.example.org/");
  BOOST_TEST(row.redirects.at(0) == "https://cfg.example.org/");
  BOOST_TEST((row.elapsed == Duration(milliseconds(100))));
}

BOOST_AUTO_TEST_SUITE_END()
