// Services beside the mail: they join the settings, and nobody waits for them.
#include <array>
#include <boost/test/unit_test.hpp>

#include "engine/resolution.h"

using namespace mailconf;
using std::chrono::milliseconds;

namespace {

const Question record = DnsQuestion{RecordType::srv, "_caldavs._tcp.example.org"};
Question page(const std::string& host) { return HttpQuestion{*Url::parse("https://" + host + "/")}; }

Settings settings_at(const std::string& host) {
  const std::vector password{Authentication::password_cleartext};
  Settings settings;
  settings.incoming = {{ServerType::imap, "imap." + host, 993, SocketType::ssl, password, "%EMAILADDRESS%", ""}};
  settings.outgoing = {{ServerType::smtp, "smtp." + host, 465, SocketType::ssl, password, "%EMAILADDRESS%", ""}};
  return settings;
}

Service calendar(const std::string& host) {
  return {ServiceType::caldav, "https://" + host + "/", "", 0, SocketType::ssl, {}, "%EMAILADDRESS%"};
}

// Asks one question about the mail, one beside it, or both; an answer other than a failure gives what it has to give.
struct Script {
  std::optional<Question> mail;
  std::optional<Question> beside;
  Settings settings;
  Service service;
};

class Scripted : public Source {
 public:
  explicit Scripted(Script script) : script_(std::move(script)) {}
  Step begin() override {
    Step step;
    if (script_.mail) step.ask.push_back(*script_.mail);
    if (script_.beside) step.ask_beside.push_back(*script_.beside);
    step.verdict = {Outcome::absent, "nothing to ask"};
    return step;
  }
  Step on_answer(const Question& asked, const Answer& answer) override {
    Step step;
    step.verdict = judge(answer);
    if (std::holds_alternative<Failure>(answer)) return step;
    if (asked == script_.mail) step.found = script_.settings;
    if (asked == script_.beside) step.services = {script_.service};
    return step;
  }

 private:
  Script script_;
};

// One resolution of which answers are given by hand.
class Table {
 public:
  explicit Table(const std::vector<Script>& scripts) : resolution_(subject_, catalog_of(scripts), {}) {
    follow(resolution_.begin(Instant(0)));
  }
  void answer(const Question& asked, const Answer& answer, milliseconds at) {
    const auto found = std::find_if(out_.begin(), out_.end(), [&](const auto& each) { return each.second == asked; });
    BOOST_REQUIRE_MESSAGE(found != out_.end(), "not asked: " << target(asked));
    const auto number = found->first;
    out_.erase(found);
    follow(resolution_.on_answer(number, answer, at));
  }
  void prove(const std::string& host, milliseconds at) {
    ProbeAnswer good;
    good.verdict = ProbeVerdict::speaks;
    good.tls = TlsFacts{"TLSv1.3", "x", CertificateVerdict::valid, {}, "", ""};
    good.mechanisms = {"PLAIN"};
    answer(ProbeQuestion{ServerType::imap, "imap." + host, 993, SocketType::ssl}, good, at);
    answer(ProbeQuestion{ServerType::smtp, "smtp." + host, 465, SocketType::ssl}, good, at);
  }
  [[nodiscard]] bool is_out(const Question& asked) const {
    return std::any_of(out_.begin(), out_.end(), [&](const auto& each) { return each.second == asked; });
  }
  [[nodiscard]] bool is_finished() const { return finished_; }
  [[nodiscard]] const Report& report() const { return resolution_.report(); }
  void pass(milliseconds at) { follow(resolution_.on_time(at)); }

 private:
  static std::vector<CatalogEntry> catalog_of(const std::vector<Script>& scripts) {
    static constexpr std::array names{"first", "second", "third"};
    std::vector<CatalogEntry> catalog;
    for (const auto& script : scripts) {
      catalog.push_back(
          {names.at(catalog.size()), "", [script](const Subject&) { return std::make_unique<Scripted>(script); }});
    }
    return catalog;
  }
  void follow(const Orders& orders) {
    for (const auto number : orders.cancel) out_.erase(number);
    for (const auto& start : orders.start) out_.emplace(start.number, start.question);
    finished_ = orders.finished;
  }

  Subject subject_{*DomainName::parse("example.org"),
                   *EmailAddress::parse("alice@example.org"),
                   SendAddress::retry,
                   std::nullopt,
                   std::nullopt,
                   "",
                   nullptr,
                   false};
  Resolution resolution_;
  std::map<std::uint32_t, Question> out_;
  bool finished_ = false;
};

HttpAnswer found() {
  HttpAnswer answer;
  answer.status = 200;
  return answer;
}
DnsAnswer offered() {
  DnsAnswer answer;
  answer.srv = {{0, 1, 443, "dav.example.org"}};
  return answer;
}
const Failure refused{FailureKind::refused, "connection refused"};

}  // namespace

BOOST_AUTO_TEST_SUITE(services)

BOOST_AUTO_TEST_CASE(a_service_joins_the_settings_of_another_source) {
  Table table(
      {{page("conf.example.org"), {}, settings_at("example.org"), {}}, {{}, record, {}, calendar("dav.example.org")}});
  table.answer(record, offered(), milliseconds(10));
  table.answer(page("conf.example.org"), found(), milliseconds(20));
  table.prove("example.org", milliseconds(30));
  BOOST_TEST(table.is_finished());
  BOOST_REQUIRE(table.report().best.services.size() == 1U);
  const auto& joined = table.report().best.services.front();
  BOOST_TEST(joined.source == "second");
  BOOST_TEST(joined.service.username == "alice@example.org");
  BOOST_TEST(joined.username_template == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(a_service_that_the_settings_name_already_is_not_named_twice) {
  auto settings = settings_at("example.org");
  settings.services = {calendar("dav.example.org")};
  Table table({{page("conf.example.org"), {}, settings, {}}, {{}, record, {}, calendar("dav.example.org")}});
  table.answer(record, offered(), milliseconds(10));
  table.answer(page("conf.example.org"), found(), milliseconds(20));
  table.prove("example.org", milliseconds(30));
  BOOST_REQUIRE(table.report().best.services.size() == 1U);
  BOOST_TEST(table.report().best.services.front().source == "first");
}

BOOST_AUTO_TEST_CASE(a_service_of_the_settings_themselves_keeps_the_template_of_its_user_name) {
  auto settings = settings_at("example.org");
  settings.services = {calendar("dav.example.org")};
  Table table({{page("conf.example.org"), {}, settings, {}}});
  table.answer(page("conf.example.org"), found(), milliseconds(20));
  table.prove("example.org", milliseconds(30));
  BOOST_REQUIRE(table.report().best.services.size() == 1U);
  BOOST_TEST(table.report().best.services.front().service.username == "alice@example.org");
  BOOST_TEST(table.report().best.services.front().username_template == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_a_service_when_the_settings_are_proven) {
  Table table(
      {{page("conf.example.org"), {}, settings_at("example.org"), {}}, {{}, record, {}, calendar("dav.example.org")}});
  table.answer(page("conf.example.org"), found(), milliseconds(20));
  table.prove("example.org", milliseconds(30));
  BOOST_TEST(table.is_finished());
  BOOST_TEST(to_string(table.report().status) == "found");
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_a_service_when_nothing_is_found_and_it_leaves_no_doubt) {
  Table table({{page("conf.example.org"), {}, {}, {}}, {{}, record, {}, calendar("dav.example.org")}});
  table.answer(page("conf.example.org"), refused, milliseconds(20));
  BOOST_TEST(table.is_finished());
  BOOST_TEST(to_string(table.report().status) == "not-found");
}

BOOST_AUTO_TEST_CASE(a_failure_beside_the_mail_leaves_no_doubt_about_it) {
  Table table({{page("conf.example.org"), {}, {}, {}}, {{}, record, {}, calendar("dav.example.org")}});
  table.answer(record, Failure{FailureKind::dns_failure, "SERVFAIL"}, milliseconds(10));
  table.answer(page("conf.example.org"), refused, milliseconds(20));
  BOOST_TEST(to_string(table.report().status) == "not-found");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_outranked_may_still_tell_of_a_service) {
  Table table({{page("slow.example.org"), {}, settings_at("slow.example.org"), {}},
               {page("conf.example.org"), {}, settings_at("example.org"), {}},
               {{}, record, {}, calendar("dav.example.org")}});
  table.answer(page("conf.example.org"), found(), milliseconds(20));
  table.prove("example.org", milliseconds(30));
  BOOST_TEST(!table.is_finished());
  table.answer(record, offered(), milliseconds(40));
  table.pass(milliseconds(4000));
  BOOST_TEST(table.is_finished());
  BOOST_TEST(table.report().best.services.size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_connection_is_made_for_a_service_while_a_document_is_on_its_way) {
  Table table({{page("conf.example.org"), {}, settings_at("example.org"), {}},
               {{}, page("dav.example.org"), {}, calendar("dav.example.org")}});
  BOOST_TEST(!table.is_out(page("dav.example.org")));
  table.answer(page("conf.example.org"), found(), milliseconds(20));
  BOOST_TEST(table.is_out(page("dav.example.org")));
}

BOOST_AUTO_TEST_CASE(a_service_of_less_trust_is_left_out_with_a_warning) {
  Table table(
      {{page("conf.example.org"), {}, settings_at("example.org"), {}}, {{}, record, {}, calendar("dav.example.net")}});
  table.answer(record, offered(), milliseconds(10));
  table.answer(page("conf.example.org"), found(), milliseconds(20));
  table.prove("example.org", milliseconds(30));
  BOOST_TEST(table.report().best.services.empty());
  BOOST_REQUIRE(table.report().warnings.size() == 1U);
  BOOST_TEST(table.report().warnings.front().code == "service-left-out");
}

BOOST_AUTO_TEST_CASE(a_service_is_shown_where_no_settings_are_found_and_the_status_stays) {
  Table table({{page("conf.example.org"), {}, {}, {}}, {{}, record, {}, calendar("dav.example.org")}});
  table.answer(record, offered(), milliseconds(10));
  table.answer(page("conf.example.org"), refused, milliseconds(20));
  BOOST_TEST(to_string(table.report().status) == "not-found");
  BOOST_REQUIRE(table.report().best.services.size() == 1U);
  BOOST_TEST(to_string(table.report().best.trust) == "authenticated");
  BOOST_TEST(table.report().best.sources.empty());
}

BOOST_AUTO_TEST_CASE(of_services_alone_the_one_of_least_trust_decides_and_its_domain_is_named) {
  Table table({{page("conf.example.org"), record, {}, calendar("dav.example.net")},
               {{}, page("dav.example.org"), {}, calendar("dav.example.org")}});
  table.answer(record, offered(), milliseconds(10));
  table.pass(milliseconds(15));
  table.answer(page("conf.example.org"), Failure{FailureKind::timed_out, "late"}, milliseconds(20));
  BOOST_REQUIRE(table.report().best.services.size() == 1U);
  BOOST_TEST(to_string(table.report().best.trust) == "confirm");
  BOOST_TEST(table.report().consent.domains == std::vector<std::string>{"example.net"},
             boost::test_tools::per_element());
  BOOST_TEST(table.report().consent.reasons.size() == 1U);
  BOOST_TEST(table.report().warnings.empty());
}

BOOST_AUTO_TEST_SUITE_END()
