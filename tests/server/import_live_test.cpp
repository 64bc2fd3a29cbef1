// What was found of a domain, as a definition; how it is found is the resolver's business.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "server/import/live_domain.h"

namespace mailconf::testing {
namespace {

const auto domain = DomainName::parse("example.org").value();

FoundServer server(ServerType type, std::uint16_t port, ProofOutcome outcome = ProofOutcome::proven) {
  FoundServer found;
  found.server = {type,
                  std::string(to_string(type)) + ".example.org",
                  port,
                  SocketType::ssl,
                  {Authentication::password_cleartext},
                  "",
                  ""};
  found.username_template = "%EMAILLOCALPART%";
  found.proof.outcome = outcome;
  return found;
}

Report report() {
  Report report;
  report.status = Status::found;
  report.best.trust = Trust::authenticated;
  report.best.provider.id = "hoster.example";
  report.best.provider.display_name = "Hoster";
  report.best.provider.domains = {domain, DomainName::parse("example.net").value()};
  report.best.incoming = {server(ServerType::imap, 993)};
  report.best.outgoing = {server(ServerType::smtp, 465)};
  return report;
}

server::Imports imported(const Report& report) {
  server::Imports imports;
  server::import_report(domain, report, imports);
  return imports;
}

bool tells(const server::Imports& imports, const std::string& text) {
  return std::ranges::any_of(
      imports.problems, [&](const server::Problem& problem) { return problem.text().find(text) != std::string::npos; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(importing_live_domains)

BOOST_AUTO_TEST_CASE(proven_servers_become_a_definition_of_the_domain_alone) {
  const auto imports = imported(report());
  BOOST_TEST(imports.problems.empty());
  BOOST_TEST_REQUIRE(imports.definitions.size() == 1U);
  const auto& settings = imports.definitions.front().settings;
  BOOST_TEST((settings.provider.domains == std::vector{domain}));
  BOOST_TEST(settings.provider.display_name == "Hoster");
  BOOST_TEST(settings.incoming.front().hostname == "imap.example.org");
  BOOST_TEST(settings.incoming.front().username == "%EMAILLOCALPART%");
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_proven_is_left_out_and_told) {
  auto found = report();
  found.best.incoming.push_back(server(ServerType::pop3, 995, ProofOutcome::refused));
  found.best.incoming.back().proof.reason = "the certificate is for another name";
  const auto imports = imported(found);
  BOOST_TEST(imports.definitions.front().settings.incoming.size() == 1U);
  BOOST_TEST(tells(imports, "pop3 pop3.example.org:995: is left out: the certificate is for another name (warning)"));
}

BOOST_AUTO_TEST_CASE(services_and_issuers_come_along) {
  auto found = report();
  FoundService calendar;
  calendar.service.type = ServiceType::caldav;
  calendar.service.url = "https://dav.example.org/";
  found.best.services = {calendar};
  found.best.oauth2 =
      OAuth2{"https://login.example.org", "https://login.example.org/a", "https://login.example.org/t", "mail", ""};
  found.best.oauth2->registration_url = "https://login.example.org/r";
  const auto imports = imported(found);
  BOOST_TEST(imports.definitions.front().settings.services.front().url == "https://dav.example.org/");
  BOOST_TEST(imports.definitions.front().registration_url == "https://login.example.org/r");
}

BOOST_AUTO_TEST_CASE(what_others_could_have_chosen_and_what_cannot_be_said_is_told) {
  auto found = report();
  found.best.trust = Trust::confirm;
  found.consent.reasons = {"the MX record is not signed"};
  found.hints = {{"app-password", "https://example.org/help"}};
  found.warnings = {{"server-unreachable", "pop.example.org:995: connection refused"}};
  found.best.provider.mx_domains = {DomainName::parse("mx.example").value()};
  const auto imports = imported(found);
  for (const auto* text :
       {"somebody else could have chosen these servers", "the MX record is not signed",
        "app-password https://example.org/help", "pop.example.org:995: connection refused", "mxDomains: is left out"})
    BOOST_TEST(tells(imports, text), text);
  BOOST_TEST(imports.definitions.front().settings.provider.mx_domains.empty());
}

BOOST_AUTO_TEST_CASE(a_domain_without_settings_has_the_status_of_its_reason) {
  const auto status_for = [](Status status) {
    auto found = report();
    found.status = status;
    const auto imports = imported(found);
    BOOST_TEST(imports.definitions.empty());
    return imports.status;
  };
  BOOST_TEST(status_for(Status::not_found) == 1);
  BOOST_TEST(status_for(Status::insecure_only) == 2);
  BOOST_TEST(status_for(Status::unknown) == 4);
  BOOST_TEST(status_for(Status::offline) == 4);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
