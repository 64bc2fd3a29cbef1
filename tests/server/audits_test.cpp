// What administrators and monitors are told of the server's own domains.
#include <boost/test/unit_test.hpp>
#include <future>
#include <regex>
#include <set>

#include "server/fake_auditor.h"
#include "server/fake_mx.h"
#include "server/published.h"
#include "server/store/definition_toml.h"
#include "server/store/editor.h"

namespace mailconf::testing {
namespace {

using namespace std::chrono_literals;

Wishes auditing(FakeAuditor& auditor, const std::string& lines) {
  Wishes wishes;
  wishes.more = "[audit]\n" + lines;
  wishes.surroundings.auditor = auditor.function();
  return wishes;
}

// A server with three domains, as its administrator sees it.
struct Administered {
  explicit Administered(const Wishes& wishes)
      : published({definition({"one.example"}), definition({"two.example"}),
                   definition({"three.example"}, "mxDomains = [\"mx.three.example\"]")},
                  wishes) {}

  Reply asked(const std::string& method, const std::string& path) const {
    return ask(published.admin(), method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
  }
  [[nodiscard]] std::string metrics() const { return asked("GET", "/metrics").body; }
  [[nodiscard]] bool tells(const std::string& line) const { return metrics().find(line + "\n") != std::string::npos; }
  // Until the metrics have the line.
  void wait_until_it_tells(const std::string& line) const {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!tells(line)) BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < end), line);
  }

  Published published;
};

struct WithAuditor {
  FakeAuditor auditor;
};

struct Audited : WithAuditor, Administered {
  explicit Audited(const std::string& lines = "") : Administered(auditing(auditor, lines)) {}
};

struct Watching : Audited {
  Watching() : Audited("every = \"1d\"\n") {}
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(audits, Audited)

BOOST_AUTO_TEST_CASE(an_audit_of_an_own_domain_is_told_as_json) {
  auditor.is_wrong("one.example", {"certificate-expired"});
  const auto reply = asked("GET", "/audit/one.example");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.header("content-type") == "application/json");
  BOOST_TEST(reply.header("cache-control") == "no-store");
  BOOST_TEST(reply.header("age") == "0");
  BOOST_TEST(reply.body == write_audit_json(audit_with("one.example", {"certificate-expired"}), true));
}

BOOST_AUTO_TEST_CASE(row_106_nobody_gets_an_audit_at_the_public_listeners) {
  BOOST_TEST(published.get("/audit/one.example", "one.example").status == 404);
  BOOST_TEST(published.post("/audit/one.example", "one.example", "").status == 404);
  BOOST_TEST(auditor.audited().empty());
}

BOOST_AUTO_TEST_CASE(domains_of_others_are_not_audited) {
  for (const std::string path : {"/audit/other.example", "/audit/sub.one.example", "/audit/127.0.0.1", "/audit/x"}) {
    BOOST_TEST(asked("GET", path).status == 404);
    BOOST_TEST(asked("POST", path).status == 404);
  }
  BOOST_TEST(auditor.audited().empty());
}

BOOST_AUTO_TEST_CASE(what_was_found_lately_is_told_again) {
  asked("GET", "/audit/one.example");
  asked("GET", "/audit/ONE.example");
  asked("POST", "/audit/one.example");
  BOOST_TEST(auditor.audited().size() == 1U);
}

BOOST_AUTO_TEST_CASE(when_too_much_is_asked_for_the_answer_says_when_to_come_again) {
  auditor.hold();
  const auto in_background = [&](const std::string& path) {
    return std::async(std::launch::async, [this, path] { return asked("GET", path).status; });
  };
  auto first = in_background("/audit/one.example");
  auto second = in_background("/audit/two.example");
  auditor.wait_for(2);
  BOOST_TEST(asked("GET", "/healthz").status == 200);
  const auto reply = asked("GET", "/audit/three.example");
  BOOST_TEST(reply.status == 503);
  BOOST_TEST(reply.header("retry-after") == "10");
  auditor.release();
  BOOST_TEST(first.get() == 200);
  BOOST_TEST(second.get() == 200);
}

BOOST_AUTO_TEST_CASE(a_domain_that_is_not_watched_counts_as_an_audit_alone) {
  auditor.is_wrong("one.example", {"certificate-expired"});
  asked("GET", "/audit/one.example");
  BOOST_TEST(tells(R"(mailconfd_audits_total{outcome="complete"} 1)"));
  BOOST_TEST(tells(R"(mailconfd_audit_findings{code="certificate-expired",severity="error"} 0)"));
}

BOOST_AUTO_TEST_CASE(other_methods_are_not_known) {
  const auto reply = asked("DELETE", "/audit/one.example");
  BOOST_TEST(reply.status == 405);
  BOOST_TEST(reply.header("allow") == "GET, HEAD, POST, OPTIONS");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(audits_configured)

BOOST_AUTO_TEST_CASE(without_the_section_there_are_none) {
  FakeAuditor auditor;
  Wishes wishes;
  wishes.surroundings.auditor = auditor.function();
  const Administered plain(wishes);
  BOOST_TEST(plain.asked("GET", "/audit/one.example").status == 404);
  BOOST_TEST(plain.metrics().find("audit") == std::string::npos);
  BOOST_TEST(auditor.audited().empty());
}

BOOST_AUTO_TEST_CASE(an_audit_is_told_for_as_long_as_the_configuration_says_and_asked_anew_once_a_minute) {
  FakeAuditor auditor;
  auto wishes = auditing(auditor, "keep = \"10m\"\n");
  const auto now = std::make_shared<std::atomic<server::MailExchangers::Instant>>();
  wishes.surroundings.now = [now] { return now->load(); };
  const Administered audited(wishes);
  audited.asked("GET", "/audit/one.example");
  *now = now->load() + 60s;
  BOOST_TEST(audited.asked("GET", "/audit/one.example").header("age") == "60");
  BOOST_TEST(audited.asked("POST", "/audit/one.example").header("age") == "0");
  BOOST_TEST(auditor.audited().size() == 2U);
  *now = now->load() + 10min;
  BOOST_TEST(audited.asked("GET", "/audit/one.example").header("age") == "0");
}

BOOST_AUTO_TEST_CASE(a_domain_that_is_served_by_its_mail_host_is_not_audited) {
  FakeAuditor auditor;
  const auto mx = std::make_shared<FakeMx>();
  mx->mail_goes_to("customer.example", {"mx.three.example"});
  auto wishes = auditing(auditor, "");
  wishes.server = "serve-by-mx = true\n";
  wishes.surroundings.mx = mx;
  const Administered audited(wishes);
  BOOST_TEST(audited.published.get("/v1.1/customer.example", "x.example").status == 200);
  BOOST_TEST(audited.asked("GET", "/audit/customer.example").status == 404);
  BOOST_TEST(auditor.audited().empty());
}

BOOST_AUTO_TEST_CASE(the_end_of_the_server_ends_an_audit_that_hangs_with_an_answer) {
  Audited audited;
  audited.auditor.hold();
  Client client(audited.published.admin());
  client.send("GET /audit/one.example HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  audited.auditor.wait_for(1);
  audited.published.server->stop();
  BOOST_TEST(client.read().status == 503);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(audits_watching, Watching)

BOOST_AUTO_TEST_CASE(findings_of_all_domains_are_counted_by_code_and_severity) {
  wait_until_it_tells("mailconfd_audit_domains 3");
  BOOST_TEST(tells(R"(mailconfd_audits_total{outcome="complete"} 3)"));
  BOOST_TEST(tells(R"(mailconfd_audit_findings{code="certificate-expired",severity="error"} 0)"));
  BOOST_TEST(tells(R"(mailconfd_audit_duration_seconds_count 3)"));
  BOOST_TEST(metrics().find("mailconfd_audit_oldest_timestamp_seconds 1") != std::string::npos);
  BOOST_TEST(metrics().find("one.example") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(other_settings_begin_a_round_of_their_own) {
  wait_until_it_tells("mailconfd_audit_domains 3");
  auditor.is_wrong("one.example", {"certificate-expired", "srv-missing"});
  server::AuditSettings settings;
  settings.every = 1h;
  published.server->use(settings);
  wait_until_it_tells(R"(mailconfd_audit_findings{code="certificate-expired",severity="error"} 1)");
  BOOST_TEST(tells(R"(mailconfd_audit_findings{code="srv-missing",severity="warning"} 1)"));
  BOOST_TEST(published.channel->lines_with("audit of one.example: certificate-expired").size() == 1U);
  published.server->use(std::nullopt);
  BOOST_TEST(metrics().find("audit") == std::string::npos);
  BOOST_TEST(asked("GET", "/audit/one.example").status == 404);
}

BOOST_AUTO_TEST_CASE(equal_settings_disturb_nothing) {
  wait_until_it_tells("mailconfd_audit_domains 3");
  server::AuditSettings settings;
  settings.every = 24h;
  published.server->use(settings);
  published.server->stop();
  BOOST_TEST(auditor.audited().size() == 3U);
}

BOOST_AUTO_TEST_CASE(every_line_of_the_metrics_is_one_of_prometheus) {
  wait_until_it_tells("mailconfd_audit_domains 3");
  const std::regex line(
      R"re((# (HELP|TYPE) mailconfd_[a-z_]+ .+|mailconfd_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9+.e-]+))re");
  std::istringstream text(metrics());
  int lines = 0;
  for (std::string each; std::getline(text, each); ++lines) BOOST_TEST(std::regex_match(each, line), each);
  BOOST_TEST(lines > 100);
}

BOOST_AUTO_TEST_CASE(a_background_that_hangs_does_not_delay_the_end) {
  auditor.hold();
  published.server->use(std::nullopt);
  const auto before = auditor.audited().size();
  auto settings = server::AuditSettings();
  settings.every = 24h;
  published.server->use(settings);
  auditor.wait_for(before + 2);
  published.server->stop();
  BOOST_TEST(auditor.audited().size() == before + 2);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(audits_watching_some)

BOOST_AUTO_TEST_CASE(domains_that_are_listed_have_series_of_their_own_and_others_are_left_alone) {
  FakeAuditor auditor;
  auditor.is_wrong("two.example", {"certificate-expired", "srv-missing"});
  const Administered some(auditing(auditor, "every = \"1d\"\ndomains = [\"two.example\", \"gone.example\"]\n"));
  some.wait_until_it_tells("mailconfd_audit_domains 1");
  BOOST_TEST(some.tells(R"(mailconfd_audit_domain_findings{domain="two.example",severity="error"} 1)"));
  BOOST_TEST(some.tells(R"(mailconfd_audit_domain_findings{domain="two.example",severity="warning"} 1)"));
  BOOST_TEST(some.tells(R"(mailconfd_audit_domain_findings{domain="two.example",severity="note"} 0)"));
  BOOST_TEST(auditor.audited() == std::vector<std::string>{"two.example"}, boost::test_tools::per_element());
  BOOST_TEST(some.published.channel->lines_with("audit.domains: gone.example has no definition").size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_more_domains_are_watched_than_the_limit_says_and_the_log_says_so) {
  FakeAuditor auditor;
  auto wishes = auditing(auditor, "every = \"1d\"\n");
  wishes.limits.audit.watched = 2;
  const Administered many(wishes);
  many.wait_until_it_tells("mailconfd_audit_domains 2");
  BOOST_TEST(many.published.channel->waits_for("only the first 2 of 3 domains are audited in the background"));
  const auto audited = auditor.audited();
  BOOST_TEST((std::set(audited.begin(), audited.end()) == std::set<std::string>{"one.example", "three.example"}));
}

BOOST_AUTO_TEST_CASE(domains_of_a_database_are_watched) {
  FakeAuditor auditor;
  const TemporaryFolder folder;
  const auto url = "sqlite:" + (folder.path() / "mailconf.db").string();
  const auto text = definition({"three.example", "four.example"});
  BOOST_TEST(
      (*server::open_editor(url, {}))->add({{*server::read_definition("x", text).definition, text}}).has_value());
  auto wishes = auditing(auditor, "every = \"1d\"\nconcurrency = 1\n");
  wishes.store = url;
  const Administered of_database(wishes);
  of_database.wait_until_it_tells("mailconfd_audit_domains 2");
  BOOST_TEST(auditor.audited() == (std::vector<std::string>{"four.example", "three.example"}),
             boost::test_tools::per_element());
  BOOST_TEST(of_database.asked("GET", "/audit/three.example").status == 200);
  BOOST_TEST(of_database.asked("GET", "/audit/one.example").status == 404);
}

BOOST_AUTO_TEST_CASE(the_name_servers_and_authorities_of_the_configuration_are_those_of_the_audits) {
  FakeAuditor auditor;
  const Administered audited(
      auditing(auditor, "dns = [\"127.0.0.1:5353\"]\nca-file = \"ca.pem\"\nallow-private = true\n"));
  audited.asked("GET", "/audit/one.example");
  BOOST_TEST(auditor.settings().dns == std::vector<std::string>{"127.0.0.1:5353"}, boost::test_tools::per_element());
  BOOST_TEST(auditor.settings().ca_file == audited.published.folder.path() / "ca.pem");
  BOOST_TEST(auditor.settings().allow_private);
}

BOOST_AUTO_TEST_CASE(what_an_administrator_has_had_found_of_a_watched_domain_counts) {
  FakeAuditor auditor;
  auto wishes = auditing(auditor, "every = \"1d\"\n");
  const auto now = std::make_shared<std::atomic<server::MailExchangers::Instant>>();
  wishes.surroundings.now = [now] { return now->load(); };
  const Administered watching(wishes);
  watching.wait_until_it_tells("mailconfd_audit_domains 3");
  auditor.is_wrong("one.example", {"certificate-expired"});
  *now = now->load() + 1min;
  BOOST_TEST(watching.asked("POST", "/audit/one.example").status == 200);
  BOOST_TEST(watching.tells(R"(mailconfd_audit_findings{code="certificate-expired",severity="error"} 1)"));
}

BOOST_AUTO_TEST_CASE(an_audit_that_is_not_complete_is_told_and_counted_as_such) {
  FakeAuditor auditor;
  auditor.is_silent("one.example");
  const Administered audited(auditing(auditor, "every = \"1d\"\n"));
  audited.wait_until_it_tells(R"(mailconfd_audits_total{outcome="incomplete"} 1)");
  audited.wait_until_it_tells("mailconfd_audit_domains 2");
  BOOST_TEST(audited.asked("GET", "/audit/one.example").body.find("no name could be looked up") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
