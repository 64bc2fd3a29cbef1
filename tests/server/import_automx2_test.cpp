// mailconf domain import of a database of automx2, made here with its tables.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "server/domain_shell.h"
#include "server/store/sql/database.h"

namespace mailconf::testing {
namespace {

const std::vector<std::string> tables{
    "CREATE TABLE provider (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL, short_name VARCHAR(32) NOT "
    "NULL)",
    "CREATE TABLE ldapserver (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL, port INTEGER NOT NULL, "
    "use_ssl BOOLEAN NOT NULL, search_base VARCHAR(128) NOT NULL, search_filter VARCHAR(128) NOT NULL, "
    "attr_uid VARCHAR(32) NOT NULL, attr_cn VARCHAR(32), bind_password VARCHAR(128), bind_user VARCHAR(128))",
    "CREATE TABLE server (id INTEGER NOT NULL PRIMARY KEY, prio INTEGER DEFAULT '10' NOT NULL, name VARCHAR(128) NOT "
    "NULL, "
    "port INTEGER NOT NULL, type VARCHAR(32) NOT NULL, socket_type VARCHAR(32) NOT NULL, user_name VARCHAR(64) NOT "
    "NULL, "
    "authentication VARCHAR(32) NOT NULL)",
    "CREATE TABLE davserver (id INTEGER NOT NULL PRIMARY KEY, url VARCHAR(128) NOT NULL, port INTEGER NOT NULL, "
    "type VARCHAR(32) NOT NULL, use_ssl BOOLEAN NOT NULL, domain_required BOOLEAN NOT NULL, user_name VARCHAR(64))",
    "CREATE TABLE domain (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL UNIQUE, provider_id INTEGER NOT "
    "NULL "
    "REFERENCES provider (id), ldapserver_id INTEGER REFERENCES ldapserver (id))",
    "CREATE TABLE server_domain (server_id INTEGER NOT NULL, domain_id INTEGER NOT NULL, PRIMARY KEY (server_id, "
    "domain_id))",
    "CREATE TABLE davserver_domain (davserver_id INTEGER NOT NULL, domain_id INTEGER NOT NULL, "
    "PRIMARY KEY (davserver_id, domain_id))",
};
const std::vector<std::string> rows{
    "INSERT INTO provider VALUES (1, 'Example Mail', 'Example'), (2, 'Other Mail', 'Other')",
    "INSERT INTO server VALUES (1, 20, 'pop.example.org', 995, 'pop', 'SSL', '%EMAILADDRESS%', 'plain'), "
    "(2, 10, 'imap.example.org', 993, 'imap', 'SSL', '%EMAILLOCALPART%', 'plain'), "
    "(3, 10, 'smtp.example.org', 587, 'smtp', 'STARTTLS', '%EMAILADDRESS%', 'plain')",
    "INSERT INTO davserver VALUES (1, 'https://dav.example.org/', 8443, 'caldav', 1, 0, '%EMAILADDRESS%')",
    "INSERT INTO domain VALUES (1, 'example.org', 1, NULL), (2, 'example.net', 1, NULL), (3, 'other.example', 2, "
    "NULL), "
    "(4, 'plain.example', 1, NULL)",
    "INSERT INTO server_domain VALUES (1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 2), (2, 3), (3, 3), (2, 4), (3, 4)",
    "INSERT INTO davserver_domain VALUES (1, 1), (1, 2)",
};

struct Automx2 : DomainShell {
  Automx2() : DomainShell("directory:") {}

  [[nodiscard]] std::string database(const std::vector<std::string>& more = {},
                                     const std::string& name = "automx2.sqlite") const {
    const auto file = folder.path() / name;
    server::Database database({&server::sqlite, file.string(), "", file.string(), file});
    const auto done = database.read([&](server::SqlSession& session) {
      for (const auto& statement : tables) session.run(statement);
      for (const auto& statement : rows) session.run(statement);
      for (const auto& statement : more) session.run(statement);
    });
    BOOST_TEST(done.has_value());
    return file.string();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(importing_automx2, Automx2)

BOOST_AUTO_TEST_CASE(domains_of_one_provider_with_equal_servers_share_a_definition) {
  const auto outcome = run_import({database()});
  BOOST_TEST(outcome.errors == "");
  BOOST_TEST(outcome.status == 0);
  const auto ours = settings("example.net");
  BOOST_TEST(ours.provider.domains.size() == 2U);
  BOOST_TEST(ours.provider.id == "example.org");
  BOOST_TEST(ours.provider.display_name == "Example Mail");
  BOOST_TEST(ours.provider.display_short_name == "Example");
  BOOST_TEST(settings("other.example").provider.display_name == "Other Mail");
  BOOST_TEST(settings("plain.example").provider.domains.size() == 1U);
}

BOOST_AUTO_TEST_CASE(servers_come_in_the_order_of_their_priority) {
  (void)run_import({database()});
  const auto ours = settings("example.org");
  const Server imap{ServerType::imap,
                    "imap.example.org",
                    993,
                    SocketType::ssl,
                    {Authentication::password_cleartext},
                    "%EMAILLOCALPART%",
                    ""};
  const Server pop3{ServerType::pop3,
                    "pop.example.org",
                    995,
                    SocketType::ssl,
                    {Authentication::password_cleartext},
                    "%EMAILADDRESS%",
                    ""};
  BOOST_TEST((ours.incoming == std::vector{imap, pop3}));
  const Server smtp{ServerType::smtp,
                    "smtp.example.org",
                    587,
                    SocketType::starttls,
                    {Authentication::password_cleartext},
                    "%EMAILADDRESS%",
                    ""};
  BOOST_TEST((ours.outgoing == std::vector{smtp}));
}

BOOST_AUTO_TEST_CASE(calendars_come_along_with_their_port) {
  (void)run_import({database()});
  const auto services = settings("example.org").services;
  BOOST_TEST_REQUIRE(services.size() == 1U);
  BOOST_TEST(services.front().url == "https://dav.example.org:8443/");
  BOOST_TEST((services.front().type == ServiceType::caldav));
  BOOST_TEST(services.front().username == "%EMAILADDRESS%");
}

BOOST_AUTO_TEST_CASE(databases_without_priorities_and_calendars_are_read_too) {
  const auto file = database(
      {"ALTER TABLE server DROP COLUMN prio", "DROP TABLE davserver", "DROP TABLE davserver_domain"}, "old.db");
  BOOST_TEST(run_import({file}).status == 0);
  BOOST_TEST((settings("example.org").incoming.front().type == ServerType::pop3));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_carried_over_is_told_with_its_domain) {
  const auto file = database(
      {"INSERT INTO ldapserver VALUES (1, 'ldap.example.org', 636, 1, 'dc=x', '(mail={0})', 'uid', 'cn', 's3cret', "
       "'cn=x')",
       "UPDATE domain SET ldapserver_id = 1 WHERE id = 3",
       "INSERT INTO server VALUES (4, 5, 'imap.example.org', 143, 'imap', 'plain', '%EMAILADDRESS%', 'plain'), "
       "(5, 5, 'nntp.example.org', 563, 'nntp', 'SSL', '%EMAILADDRESS%', 'plain')",
       "INSERT INTO server_domain VALUES (4, 3), (5, 3)"});
  const auto outcome = run_import({file});
  BOOST_TEST(outcome.status == 0);
  const auto tells = [&](const std::string& text) { return outcome.errors.find(text) != std::string::npos; };
  BOOST_TEST(tells("domain other.example: ldapserver: is left out"));
  BOOST_TEST(tells("imap imap.example.org:143: is left out: it has no encryption"));
  BOOST_TEST(tells("domain other.example: nntp nntp.example.org: is left out: its type is not known"));
  BOOST_TEST(!tells("s3cret"));
}

BOOST_AUTO_TEST_CASE(a_bad_domain_costs_no_other) {
  const auto outcome = run_import({database({"INSERT INTO domain VALUES (5, 'not_a_domain', 1, NULL)"})});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find("\"not_a_domain\" is no domain name") != std::string::npos);
  BOOST_TEST(listed().size() == 4U);
}

BOOST_AUTO_TEST_CASE(the_database_is_not_changed) {
  const auto file = database();
  const auto bytes = [&] {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  };
  const auto before = bytes();
  (void)run_import({file});
  BOOST_TEST((bytes() == before));
}

BOOST_AUTO_TEST_CASE(files_that_are_no_database_of_automx2_are_told) {
  const auto text = file("text.db", "this is no database at all, but long enough to look at");
  const auto empty = file("empty.sqlite", "");
  const auto outcome = run_import({text, empty, "/nowhere.sqlite"});
  BOOST_TEST(outcome.status == 2);
  BOOST_TEST(outcome.errors.find(text + ": cannot be read: ") != std::string::npos);
  BOOST_TEST(outcome.errors.find(empty + ": is no database of automx2") != std::string::npos);
  BOOST_TEST(outcome.errors.find("/nowhere.sqlite: cannot be read: is no file") != std::string::npos);
  BOOST_TEST(!std::filesystem::exists("/nowhere.sqlite"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
