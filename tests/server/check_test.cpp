// mailconfd --check, as a function.
#include "server/check.h"

#include <boost/test/unit_test.hpp>

#include "server/published.h"
#include "support/test_ca.h"

namespace mailconf::testing {
namespace {

struct Site {
  TemporaryFolder folder;
  server::Problems check(const std::string& more = "") const {
    const auto text = "[server]\nhttp = [\"127.0.0.1:0\"]\n" + more + "[store]\nurl = \"directory:domains\"\n";
    const auto read = server::read_configuration(folder.write("mailconfd.toml", text));
    BOOST_TEST(read.problems.empty());
    return server::check(read.configuration);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(checking, Site)

BOOST_AUTO_TEST_CASE(good_definitions_have_no_problems) {
  folder.write("domains/example.com.toml", definition({"example.com"}));
  folder.write("domains/.example.com.toml.swp", "left behind by an editor");
  folder.write("domains/README.md", "no definition");
  BOOST_TEST(check().empty());
}

BOOST_AUTO_TEST_CASE(problems_of_all_files_are_told) {
  folder.write("domains/a.toml", "domains = [\"example.com\"");
  folder.write("domains/b.toml", definition({"example.net"}, "x = 1"));
  folder.write("domains/c.toml", definition({"example.org"}));
  folder.write("domains/d.toml", definition({"example.org"}));
  const auto problems = check();
  BOOST_TEST_REQUIRE(problems.size() == 3U);
  BOOST_TEST(problems[0].file == (folder.path() / "domains/a.toml").string());
  BOOST_TEST(problems[1].text() == (folder.path() / "domains/b.toml").string() + ":3: x: is no known field");
  BOOST_TEST(problems[2].file == (folder.path() / "domains/d.toml").string());
  BOOST_TEST(server::has_errors(problems));
}

BOOST_AUTO_TEST_CASE(row_35_what_some_clients_refuse_is_a_warning_with_its_rule_and_its_repair) {
  auto text = definition({"example.com"});
  folder.write("domains/a.toml", text.replace(text.find("\"SSL\""), 5, "\"plain\""));
  const auto problems = check();
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() ==
             (folder.path() / "domains/a.toml").string() +
                 ":8: incoming[0].socketType: passwords cross the network unencrypted, and K-9 refuses the whole file; "
                 "give the server a certificate and publish SSL (warning: plain-socket)");
  BOOST_TEST(!server::has_errors(problems));
}

BOOST_AUTO_TEST_CASE(what_no_client_could_use_is_an_error_and_not_served) {
  auto text = definition({"example.com"});
  folder.write("domains/a.toml", text.replace(text.find("\"imap\""), 6, "\"smtp\""));
  const auto problems = check();
  BOOST_TEST(server::has_errors(problems));
  BOOST_TEST(problems.front().text() ==
             (folder.path() / "domains/a.toml").string() +
                 ":5: incoming[0].type: smtp does not belong here; smtp is outgoing, and every other type incoming "
                 "(wrong-list)");
}

BOOST_AUTO_TEST_CASE(a_missing_folder_is_an_error) {
  const auto problems = check();
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text().starts_with((folder.path() / "domains").string() + ": cannot be read"));
}

BOOST_AUTO_TEST_CASE(certificates_are_looked_at) {
  folder.write("domains/example.com.toml", definition({"example.com"}));
  folder.write("certs/a.crt", "nonsense");
  const auto problems = check("https = [\"127.0.0.1:0\"]\n[tls]\ncertificates = \"certs\"\n");
  BOOST_TEST_REQUIRE(problems.size() == 2U);
  BOOST_TEST(problems[0].file == (folder.path() / "certs/a.crt").string());
}

BOOST_AUTO_TEST_CASE(the_folder_of_challenges_is_looked_at) {
  folder.write("domains/example.com.toml", definition({"example.com"}));
  const auto webroot = folder.path() / "acme";
  const auto said = [&] {
    std::vector<std::string> texts;
    for (const auto& problem : check("[tls]\ncertificates = \"certs\"\nacme-challenges = \"acme\"\n"))
      texts.push_back(problem.text());
    return texts;
  };
  const auto says = [&](const std::string& message) { return std::vector{webroot.string() + ": " + message}; };
  BOOST_TEST(said() == says("cannot be read, and no challenge is answered (warning)"));
  folder.write("acme", "");
  BOOST_TEST(said() == says("is no folder, and no challenge is answered (warning)"));
  folder.remove("acme");
  std::filesystem::create_directory(webroot);
  BOOST_TEST(said().empty());
  using enum std::filesystem::perms;
  std::filesystem::permissions(webroot, owner_all | group_all | others_all);
  BOOST_TEST(said() ==
             says("may be written by everybody on this machine, who could obtain certificates by it (warning)"));
}

BOOST_AUTO_TEST_CASE(the_certificate_that_signs_profiles_is_looked_at) {
  folder.write("domains/example.com.toml", definition({"example.com"}));
  const auto problems = check("[profiles]\ncertificate = \"signer.crt\"\nkey = \"signer.key\"\n");
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() == (folder.path() / "signer.crt").string() + ": is no certificate in PEM");
}

BOOST_AUTO_TEST_CASE(serving_by_mx_without_any_mx_domain_is_warned_of) {
  folder.write("domains/example.com.toml", definition({"example.com"}));
  const auto problems = check("serve-by-mx = true\n");
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() == "server.serve-by-mx: is on, but no definition has mxDomains (warning)");
  BOOST_TEST(!server::has_errors(problems));
  folder.write("domains/example.com.toml", definition({"example.com"}, "mxDomains = [\"example.com\"]"));
  BOOST_TEST(check("serve-by-mx = true\n").empty());
}

BOOST_AUTO_TEST_CASE(what_keeps_audits_from_being_made_is_an_error) {
  folder.write("domains/example.com.toml", definition({"example.com"}));
  const std::string admin = "[admin]\nlisten = \"127.0.0.1:0\"\n";
  const auto problems = check(admin + "[audit]\nca-file = \"missing.pem\"\n");
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() == "audit: " + (folder.path() / "missing.pem").string() +
                                            ": cannot be read as a PEM file with CA certificates");
  BOOST_TEST(check(admin + "[audit]\nevery = \"1d\"\n").empty());
}

BOOST_AUTO_TEST_CASE(a_watched_domain_without_a_definition_is_warned_of) {
  folder.write("domains/example.com.toml", definition({"example.com"}));
  const auto problems = check(
      "[admin]\nlisten = \"127.0.0.1:0\"\n[audit]\nevery = \"1d\"\ndomains = [\"example.com\", \"example.net\"]\n");
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() == "audit.domains: example.net has no definition (warning)");
}

BOOST_AUTO_TEST_CASE(an_unknown_kind_of_store_is_an_error) {
  server::Configuration configuration;
  configuration.store_url = "ldap:x";
  BOOST_TEST(server::check(configuration).front().text() ==
             "store.url: must be \"directory:FOLDER\", \"sqlite:FILE\", \"postgresql://HOST/DATABASE\" or "
             "\"mysql://HOST/DATABASE\"");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
