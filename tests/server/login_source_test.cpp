// Where names to sign in with come from: the configuration, what a directory is asked, and a database.
#include "server/logins/login_source.h"

#include <boost/test/unit_test.hpp>

#include "server/check.h"
#include "server/logins/ldap_filter.h"
#include "server/published.h"
#include "server/store/definition_toml.h"
#include "server/store/sql/database.h"

namespace mailconf::testing {
namespace {

using boost::test_tools::per_element;
using Texts = std::vector<std::string>;

constexpr auto directory_of_staff = R"toml([[logins]]
name = "staff"
url = "ldaps://ldap.example.com"
base = "ou=people,dc=example,dc=com"
filter = "(mail=%EMAILADDRESS%)"
attribute = "uid"
)toml";
constexpr auto database_of_staff =
    "[[logins]]\nname = \"staff\"\nurl = \"sqlite:people.db\"\nquery = \"SELECT login FROM person WHERE address = "
    "lower(?)\"\n";

EmailAddress person(const std::string& text) { return *EmailAddress::parse(text); }

struct LoginsFile {
  [[nodiscard]] server::ReadConfiguration read(const std::string& logins) const {
    const auto text = "[server]\nhttp = [\"127.0.0.1:0\"]\n[store]\nurl = \"directory:domains\"\n" + logins;
    return server::read_configuration(folder.write("mailconfd.toml", text));
  }
  // "field: message" of every problem.
  [[nodiscard]] Texts problems_of(const std::string& logins) const {
    Texts texts;
    for (const auto& problem : read(logins).problems) texts.push_back(problem.field + ": " + problem.message);
    return texts;
  }
  // The text with one line of the directory replaced.
  [[nodiscard]] Texts problems_with(const std::string& key, const std::string& line) const {
    std::string text = directory_of_staff;
    const auto begin = text.find(key + " = ");
    if (begin == text.npos) return problems_of(text + line + "\n");
    text.replace(begin, text.find('\n', begin) - begin, line);
    return problems_of(text);
  }

  TemporaryFolder folder;
};

struct People : LoginsFile {
  People() {
    server::Database database(*server::sql_place("sqlite:people.db", folder.path()));
    const auto made = database.read([](server::SqlSession& session) {
      session.run("CREATE TABLE person (address TEXT, login TEXT)");
      const auto add = [&](const std::string& address, const std::string& login) {
        session.run("INSERT INTO person (address, login) VALUES (?, ?)", {address, login});
      };
      add("camille@example.com", "cdubois");
      add("twice@example.com", "one");
      add("twice@example.com", "two");
      add("o'hara@example.com", "ohara");
      add("a@xn--bcher-kva.example", "idn");
      session.run("INSERT INTO person (address, login) VALUES ('nameless@example.com', NULL)");
    });
    BOOST_TEST_REQUIRE(made.has_value(), (made ? "" : made.error().text()));
  }
  // "-" for nobody, else the name or the error.
  [[nodiscard]] std::string login_of(const std::string& address, const std::string& logins = database_of_staff) const {
    const auto sources = read(logins).configuration.logins;
    BOOST_TEST_REQUIRE(sources.contains("staff"));
    const auto found = server::open_logins(sources.at("staff"))->look_up(person(address));
    return found ? found->value_or("-") : found.error().text();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(login_sources, LoginsFile)

BOOST_AUTO_TEST_CASE(a_directory_is_read) {
  const auto read = this->read(std::string(directory_of_staff) +
                               "scope = \"one\"\nca-file = \"ca.pem\"\nbind-dn = \"cn=mailconfd\"\npassword-file = "
                               "\"/run/ldap.password\"\n");
  BOOST_TEST(read.problems.empty());
  const auto& source = std::get<server::LdapLoginSource>(read.configuration.logins.at("staff"));
  BOOST_TEST(source.url == "ldaps://ldap.example.com");
  BOOST_TEST(source.base == "ou=people,dc=example,dc=com");
  BOOST_TEST((source.scope == server::LdapScope::one));
  BOOST_TEST(source.filter == "(mail=%EMAILADDRESS%)");
  BOOST_TEST(source.attribute == "uid");
  BOOST_TEST(source.ca_file == folder.path() / "ca.pem");
  BOOST_TEST(source.bind_dn == "cn=mailconfd");
  BOOST_TEST(source.password_file == "/run/ldap.password");
}

BOOST_AUTO_TEST_CASE(a_database_is_read) {
  const auto read = this->read(database_of_staff);
  BOOST_TEST(read.problems.empty());
  const auto& source = std::get<server::SqlLoginSource>(read.configuration.logins.at("staff"));
  BOOST_TEST(source.place.file == folder.path() / "people.db");
  BOOST_TEST(source.query == "SELECT login FROM person WHERE address = lower(?)");
}

BOOST_AUTO_TEST_CASE(a_definition_says_which) {
  const auto said = [](const std::string& line) {
    return server::read_definition("a.toml", definition({"example.com"}, line)).definition;
  };
  BOOST_TEST(said("logins = \"staff\"")->logins == "staff");
  BOOST_TEST(said("")->logins.empty());
  BOOST_TEST(!said("logins = \"\"").has_value());
  BOOST_TEST(!said("logins = true").has_value());
}

BOOST_AUTO_TEST_CASE(two_of_one_name_are_an_error) {
  BOOST_TEST(problems_of(std::string(directory_of_staff) + database_of_staff) ==
                 Texts{"logins[1].name: \"staff\" is taken already"},
             per_element());
}

BOOST_AUTO_TEST_CASE(what_leads_to_no_directory_is_an_error) {
  for (const std::string url :
       {"http://ldap.example.com", "ldap://", "ldaps://ldap.example.com/dc=example", "ldap://a ldap://b",
        "ldap://user@ldap.example.com", "ldap://ldap.example.com/?uid", "ldapi://a/b", "nonsense"})
    BOOST_TEST(problems_with("url", "url = \"" + url + "\"") ==
                   Texts{"logins[0].url: must be that of a database, or \"ldap://HOST\", \"ldaps://HOST\" or "
                         "\"ldapi://SOCKET\""},
               per_element());
  for (const std::string url : {"ldap://ldap.example.com", "ldaps://[::1]:1636/", "ldapi://%2Frun%2Fslapd%2Fldapi"})
    BOOST_TEST(problems_with("url", "url = \"" + url + "\"").empty(), url);
}

BOOST_AUTO_TEST_CASE(a_filter_that_asks_for_nobody_in_particular_is_an_error) {
  BOOST_TEST(problems_with("filter", "filter = \"(mail=*)\"") ==
                 Texts{"logins[0].filter: must hold %EMAILADDRESS% or %EMAILLOCALPART%"},
             per_element());
  BOOST_TEST(problems_with("filter", "filter = \"(o=%EMAILDOMAIN%)\"").size() == 1U);
  BOOST_TEST(problems_with("filter", "filter = \"mail=%EMAILADDRESS%\"") ==
                 Texts{"logins[0].filter: must stand in parentheses"},
             per_element());
  BOOST_TEST(problems_with("filter", "filter = \"(mail=%EMAIL%)\"") ==
                 Texts{"logins[0].filter: holds a placeholder that is not known"},
             per_element());
}

BOOST_AUTO_TEST_CASE(a_name_and_no_password_or_a_password_and_no_name_are_an_error) {
  for (const auto* line : {"bind-dn = \"cn=mailconfd\"", "password-file = \"p\""})
    BOOST_TEST(problems_with("none", line) == Texts{"logins[0].bind-dn: and password-file go together"}, per_element());
}

BOOST_AUTO_TEST_CASE(other_values_that_mean_nothing_are_errors) {
  BOOST_TEST(problems_with("scope", "scope = \"sub\"").size() == 1U);
  BOOST_TEST(problems_with("attribute", "attribute = \"\"").size() == 1U);
  BOOST_TEST(problems_with("query", "query = \"SELECT ?\"").size() == 1U);
  BOOST_TEST(problems_with("password", "password = \"secret\"").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_query_without_one_place_for_the_address_is_an_error) {
  const auto with = [this](const std::string& query) {
    return problems_of("[[logins]]\nname = \"staff\"\nurl = \"sqlite:people.db\"\nquery = \"" + query + "\"\n");
  };
  const Texts no_place{"logins[0].query: must hold one \"?\", which stands for the address"};
  BOOST_TEST(with("SELECT login FROM person") == no_place, per_element());
  BOOST_TEST(with("SELECT ? FROM person WHERE address = ?") == no_place, per_element());
  BOOST_TEST(
      with("SELECT ?; DELETE FROM person") == Texts{"logins[0].query: must be one statement, without a semicolon"},
      per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ldap_filters)

BOOST_AUTO_TEST_CASE(the_parts_of_the_address_take_the_places) {
  BOOST_TEST(server::filter_for("(&(mail=%EMAILADDRESS%)(uid=%EMAILLOCALPART%)(o=%EMAILDOMAIN%))",
                                person("Camille.D@Example.com")) ==
             "(&(mail=Camille.D@example.com)(uid=Camille.D)(o=example.com))");
}

BOOST_AUTO_TEST_CASE(row_100_what_would_mean_something_to_a_directory_is_escaped) {
  BOOST_TEST(server::filter_for("(mail=%EMAILADDRESS%)", person("*@example.com")) == "(mail=\\2a@example.com)");
  BOOST_TEST(server::filter_for("(uid=%EMAILLOCALPART%)", person("\"*)(uid=*\"@example.com")) ==
             "(uid=\\22\\2a\\29\\28uid\\3d\\2a\\22)");
  BOOST_TEST(server::filter_for("(uid=%EMAILLOCALPART%)", person("a|b&c!~d@example.com")) ==
             "(uid=a\\7cb\\26c\\21\\7ed)");
}

BOOST_AUTO_TEST_CASE(row_100_a_placeholder_in_the_address_is_no_placeholder) {
  BOOST_TEST(server::filter_for("(uid=%EMAILLOCALPART%)", person("%EMAILDOMAIN%@example.com")) ==
             "(uid=\\25EMAILDOMAIN\\25)");
}

BOOST_AUTO_TEST_CASE(names_of_other_scripts_are_octets_and_a_domain_is_its_a_label) {
  BOOST_TEST(server::filter_for("(mail=%EMAILADDRESS%)", person("a@b\xc3\xbc"
                                                                "cher.example")) == "(mail=a@xn--bcher-kva.example)");
  BOOST_TEST(server::filter_for("(uid=%EMAILLOCALPART%)", person("\xc3\xa9@example.com")) == "(uid=\\c3\\a9)");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(logins_in_a_database, People)

BOOST_AUTO_TEST_CASE(row_38_somebody_is_found) {
  BOOST_TEST(login_of("camille@example.com") == "cdubois");
  BOOST_TEST(login_of("Camille@Example.com") == "cdubois");
  BOOST_TEST(login_of("a@b\xc3\xbc"
                      "cher.example") == "idn");
}

BOOST_AUTO_TEST_CASE(nobody_is_not_found_and_neither_is_who_has_no_name_or_two) {
  for (const auto* address : {"nobody@example.com", "nameless@example.com", "twice@example.com"})
    BOOST_TEST(login_of(address) == "-", address);
}

BOOST_AUTO_TEST_CASE(row_100_quotes_and_statements_are_values) {
  BOOST_TEST(login_of("o'hara@example.com") == "ohara");
  for (const std::string address : {"\"' OR 1=1 --\"@example.com", "\"'; DROP TABLE person; --\"@example.com",
                                    "%@example.com", "?@example.com", "\"\\\"\"@example.com"})
    BOOST_TEST(login_of(address) == "-", address);
  BOOST_TEST(login_of(std::string(64, 'x') + "@example.com") == "-");
  BOOST_TEST(login_of("camille@example.com") == "cdubois");
}

BOOST_AUTO_TEST_CASE(a_statement_that_changes_something_is_not_carried_out) {
  const std::string deleting =
      "[[logins]]\nname = \"staff\"\nurl = \"sqlite:people.db\"\nquery = \"DELETE FROM person WHERE address = ?\"\n";
  BOOST_TEST(login_of("camille@example.com", deleting).find("the query cannot be carried out") != std::string::npos);
  BOOST_TEST(login_of("camille@example.com") == "cdubois");
}

BOOST_AUTO_TEST_CASE(an_error_holds_nothing_of_the_address) {
  const std::string bad =
      "[[logins]]\nname = \"staff\"\nurl = \"sqlite:people.db\"\nquery = \"SELECT login FROM nowhere WHERE a = ?\"\n";
  const auto error = login_of("camille@example.com", bad);
  BOOST_TEST(error.ends_with("the query cannot be carried out"));
  BOOST_TEST(error.find("camille") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_missing_is_not_made) {
  const std::string missing =
      "[[logins]]\nname = \"staff\"\nurl = \"sqlite:missing.db\"\nquery = \"SELECT login FROM person WHERE a = ?\"\n";
  BOOST_TEST(login_of("camille@example.com", missing).ends_with("missing.db: does not exist"));
  BOOST_TEST(!std::filesystem::exists(folder.path() / "missing.db"));
}

BOOST_AUTO_TEST_CASE(check_asks_each_and_tells_of_those_that_definitions_name_in_vain) {
  folder.write("domains/a.toml", definition({"example.com"}, "logins = \"staff\""));
  folder.write("domains/b.toml", definition({"example.net"}, "logins = \"others\""));
  auto problems = server::check(read(database_of_staff).configuration);
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() ==
             "logins.others: is not configured, and the definition of example.net has its users looked up there");
  folder.remove("domains/b.toml");
  folder.remove("people.db");
  problems = server::check(read(database_of_staff).configuration);
  BOOST_TEST_REQUIRE(problems.size() == 1U);
  BOOST_TEST(problems.front().text() == "logins.staff: " + (folder.path() / "people.db").string() + ": does not exist");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
