// A database of definitions, in a file of SQLite.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "server/published.h"
#include "server/store/definition_toml.h"
#include "server/store/editor.h"
#include "server/store/sql/place.h"

namespace mailconf::testing {
namespace {

using server::NewDefinition;
using Names = std::vector<std::string>;

NewDefinition as_written(const std::string& text) {
  return {*server::read_definition("new.toml", text).definition, text};
}

NewDefinition made(const std::vector<std::string>& domains, const std::string& more = "") {
  return as_written(definition(domains, more));
}

struct InFile {
  InFile() : editor(*server::open_editor(url(), {})), store(*server::open_store(url(), {})) {}
  [[nodiscard]] std::string url() const { return "sqlite:" + (folder.path() / "mailconf.db").string(); }
  void add(const std::vector<NewDefinition>& definitions) const {
    const auto added = editor->add(definitions);
    BOOST_TEST_REQUIRE(added.has_value(), (added ? "" : added.error().text()));
  }
  // The name that the definition of the domain displays; empty when there is none.
  [[nodiscard]] std::string displayed(const std::string& domain) const {
    const auto found = store->by_name()->find(*DomainName::parse(domain));
    BOOST_TEST_REQUIRE(found.has_value(), (found ? "" : found.error().text()));
    return *found ? (*found)->definition->settings.provider.display_name : "";
  }
  [[nodiscard]] server::LoadedDefinitions loaded() const {
    auto loaded = store->load();
    BOOST_TEST_REQUIRE(loaded.has_value(), (loaded ? "" : loaded.error().text()));
    return *std::move(loaded);
  }
  // What has changed since loaded() was last called.
  [[nodiscard]] std::vector<std::string> changed() const {
    const auto names = loaded().remainder->changed;
    BOOST_TEST_REQUIRE(names.has_value());
    std::vector<std::string> texts;
    for (const auto& domain : *names) texts.push_back(domain.ascii());
    std::ranges::sort(texts);
    return texts;
  }

  TemporaryFolder folder;
  std::unique_ptr<server::Editor> editor;
  std::unique_ptr<server::Store> store;
};

std::string text_of_place(const std::string& url) {
  const auto place = server::sql_place(url, "/base");
  return place ? place->connection : place.error().text();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sql_store)

BOOST_AUTO_TEST_CASE(a_definition_is_found_by_each_of_its_domains) {
  const InFile database;
  database.add({made(Names{"example.org", "example.net"})});
  BOOST_TEST(database.displayed("example.org") == "Mail of example.org");
  BOOST_TEST(database.displayed("example.net") == "Mail of example.org");
  BOOST_TEST(database.displayed("example.com").empty());
}

BOOST_AUTO_TEST_CASE(names_are_told_page_by_page_without_those_that_are_gone) {
  const InFile database;
  database.add({made(Names{"a.example", "d.example"}), made(Names{"b.example"}), made(Names{"c.example"})});
  BOOST_TEST((*database.editor->remove(*DomainName::parse("c.example"))));
  const auto page = [&](const std::optional<DomainName>& after) {
    Names names;
    const auto told = *database.store->by_name()->names(after, 2);
    for (const auto& domain : told) names.push_back(domain.ascii());
    return names;
  };
  const auto name = [](const std::string& text) { return *DomainName::parse(text); };
  BOOST_TEST(page({}) == (Names{"a.example", "b.example"}), boost::test_tools::per_element());
  BOOST_TEST(page(name("b.example")) == Names{"d.example"}, boost::test_tools::per_element());
  BOOST_TEST(page(name("d.example")).empty());
}

BOOST_AUTO_TEST_CASE(quotes_in_a_definition_are_text_and_nothing_else) {
  const InFile database;
  const auto added = as_written("# '); DROP TABLE mailconf_domain; -- ü\n" + definition({"example.org"}));
  database.add({added});
  BOOST_TEST((*database.editor->text_of(*DomainName::parse("example.org"))).value() == added.text);
}

BOOST_AUTO_TEST_CASE(a_definition_takes_the_place_of_the_one_with_the_same_first_domain) {
  const InFile database;
  database.add({made(Names{"example.org", "example.net"})});
  database.add({as_written("displayShortName = \"New\"\n" + definition({"example.org"}))});
  BOOST_TEST(database.displayed("example.org") == "Mail of example.org");
  BOOST_TEST(database.displayed("example.net").empty());
}

BOOST_AUTO_TEST_CASE(a_domain_of_another_definition_is_refused_and_nothing_is_added) {
  const InFile database;
  database.add({made(Names{"example.org", "example.net"})});
  const auto added = database.editor->add({made(Names{"example.com"}), made(Names{"other.example", "example.net"})});
  BOOST_TEST_REQUIRE(!added.has_value());
  BOOST_CHECK(added.error().code == ErrorCode::bad_option);
  BOOST_TEST(added.error().text() == "example.net: is defined in example.org already");
  BOOST_TEST(database.displayed("example.com").empty());
}

BOOST_AUTO_TEST_CASE(a_removed_definition_is_gone_with_all_its_domains) {
  const InFile database;
  database.add({made(Names{"example.org", "example.net"})});
  BOOST_TEST(database.editor->remove(*DomainName::parse("example.org")).value());
  BOOST_TEST(database.displayed("example.net").empty());
  BOOST_TEST(!database.editor->remove(*DomainName::parse("example.org")).value());
  database.add({made(Names{"example.net"})});
  BOOST_TEST(database.displayed("example.net") == "Mail of example.net");
}

BOOST_AUTO_TEST_CASE(a_definition_is_removed_by_its_first_domain_alone) {
  const InFile database;
  database.add({made(Names{"example.org", "example.net"})});
  const auto removed = database.editor->remove(*DomainName::parse("example.net"));
  BOOST_TEST_REQUIRE(!removed.has_value());
  BOOST_TEST(removed.error().text() == "example.net: is not the first domain of its definition example.org");
}

BOOST_AUTO_TEST_CASE(more_domains_than_a_page_holds_are_listed_in_their_order) {
  const InFile database;
  std::vector<std::string> names;
  for (int i = 0; i < 2'500; ++i) names.push_back("d" + std::to_string(10'000 + i) + ".example");
  database.add({made(names)});
  std::vector<std::string> listed;
  BOOST_TEST(database.editor->list([&](const auto& domain) { listed.push_back(domain.domain); }).has_value());
  BOOST_TEST(listed == names, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_write_is_a_change_and_names_the_domains) {
  const InFile database;
  database.add({made(Names{"example.org", "example.net"}), made(Names{"example.com"})});
  BOOST_TEST(!database.loaded().remainder->changed.has_value());
  BOOST_TEST(!database.store->has_changed().value());
  database.add({made(Names{"example.org", "added.example"})});
  BOOST_TEST(database.store->has_changed().value());
  const std::vector<std::string> expected{"added.example", "example.net", "example.org"};
  BOOST_TEST(database.changed() == expected, boost::test_tools::per_element());
  BOOST_TEST(!database.store->has_changed().value());
}

BOOST_AUTO_TEST_CASE(only_definitions_that_matter_to_others_are_loaded_at_a_start) {
  const InFile database;
  database.add({made(Names{"plain.example"}), made(Names{"claiming.example"}, "mxDomains = [\"mx.example\"]")});
  const auto loaded = database.loaded();
  BOOST_TEST_REQUIRE(loaded.definitions.size() == 1U);
  BOOST_TEST(loaded.definitions.front().origin == "claiming.example");
  BOOST_TEST(loaded.remainder->domains == 2U);
  BOOST_TEST(!loaded.remainder->sole.has_value());
}

BOOST_AUTO_TEST_CASE(of_definitions_with_one_issuer_the_first_is_loaded) {
  const InFile database;
  const std::string oauth2 =
      "[oauth2]\nissuer = \"https://auth.example\"\nauthURL = \"https://auth.example/a\"\ntokenURL = "
      "\"https://auth.example/t\"\nscope = \"mail\"\n";
  database.add({made(Names{"b.example"}, oauth2), made(Names{"a.example"}, oauth2)});
  const auto loaded = database.loaded();
  BOOST_TEST_REQUIRE(loaded.definitions.size() == 1U);
  BOOST_TEST(loaded.definitions.front().origin == "a.example");
  const Published site({}, {.store = database.url()});
  BOOST_TEST(site.get("/.well-known/oauth-authorization-server", "auth.example").status == 200);
}

BOOST_AUTO_TEST_CASE(everything_is_loaded_where_everything_is_to_be_checked) {
  const InFile database;
  database.add({made(Names{"b.example"}), made(Names{"a.example"})});
  const auto whole = server::open_store(database.url(), {}, server::Reading::whole).value()->load();
  BOOST_TEST_REQUIRE(whole->definitions.size() == 2U);
  BOOST_TEST(whole->definitions.front().origin == "a.example");
  BOOST_TEST(!whole->remainder.has_value());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_an_error_and_is_not_made_by_reading) {
  const InFile database;
  BOOST_TEST(database.store->load().error().message == "does not exist; \"mailconf domain add\" makes it");
  BOOST_TEST(!database.editor->text_of(*DomainName::parse("example.org")).has_value());
  BOOST_TEST(std::filesystem::is_empty(database.folder.path()));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_database_is_an_error) {
  const InFile database;
  database.folder.write("mailconf.db", std::string(4096, 'x'));
  BOOST_TEST(database.store->load().error().message.find("cannot be read: ") == 0U);
}

BOOST_AUTO_TEST_CASE(domains_of_a_database_are_served) {
  const InFile database;
  database.add({made(Names{"example.org", "example.net"})});
  const Published site({}, {.store = database.url()});
  BOOST_TEST(domains_of(site.get("/mail/config-v1.1.xml", "autoconfig.example.net")).front() == "example.net");
  BOOST_TEST(site.get("/mail/config-v1.1.xml", "autoconfig.example.com").status == 404);
  // The first domain of the only definition.
  BOOST_TEST(domains_of(site.get("/mail/config-v1.1.xml", "127.0.0.1")).front() == "example.org");
}

BOOST_AUTO_TEST_CASE(row_98_a_change_in_a_database_is_served_without_a_signal) {
  const InFile database;
  database.add({made(Names{"example.org"})});
  const Published site({}, {.watch = true, .store = database.url()});
  BOOST_TEST(site.get("/mail/config-v1.1.xml", "autoconfig.example.net").status == 404);
  database.add({made(Names{"example.net"})});
  BOOST_TEST_REQUIRE(site.channel->waits_for("settings of 2 domains are in service"));
  BOOST_TEST(site.get("/mail/config-v1.1.xml", "autoconfig.example.net").status == 200);
}

BOOST_AUTO_TEST_CASE(row_99_a_database_that_goes_away_is_told_once_and_memory_serves) {
  const InFile database;
  database.add({made(Names{"example.org"}), made(Names{"example.net"})});
  const Published site({}, {.watch = true, .store = database.url()});
  BOOST_TEST(site.get("/mail/config-v1.1.xml", "autoconfig.example.org").status == 200);
  const auto file = database.folder.path() / "mailconf.db";
  const auto bytes = database.folder.path() / "kept";
  std::filesystem::copy_file(file, bytes);
  std::filesystem::resize_file(file, 100);
  BOOST_TEST_REQUIRE(site.channel->waits_for("cannot be read: "));
  BOOST_TEST(site.get("/mail/config-v1.1.xml", "autoconfig.example.org").status == 200);
  const auto refused = site.get("/mail/config-v1.1.xml?emailaddress=a%40example.net", "autoconfig.example.net");
  BOOST_TEST(refused.status == 503);
  BOOST_TEST(refused.header("retry-after") == "5");
  const auto ready = ask(site.admin(), "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  BOOST_TEST(ready.status == 200);
  BOOST_TEST(ready.body.find("from memory") != ready.body.npos);
  const auto metrics = ask(site.admin(), "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").body;
  BOOST_TEST(metrics.find("\nmailconfd_store_available 0\n") != metrics.npos);
  std::filesystem::copy_file(bytes, file, std::filesystem::copy_options::overwrite_existing);
  BOOST_TEST_REQUIRE(site.channel->waits_for("the store can be read again"));
  BOOST_TEST(site.get("/mail/config-v1.1.xml", "autoconfig.example.net").status == 200);
  BOOST_TEST(site.channel->lines_with("cannot be read: ").size() == 1U);
}

BOOST_AUTO_TEST_CASE(servers_elsewhere_are_reached_over_tls_or_not_at_all) {
  BOOST_TEST(text_of_place("postgresql://db.example/mail").find("sslmode=verify-full") != std::string::npos);
  BOOST_TEST(text_of_place("postgresql://127.0.0.1/mail").find("sslmode") == std::string::npos);
  BOOST_TEST(text_of_place("postgresql://db.example/mail?sslmode=disable").find("store.url: knows sslrootcert") == 0U);
  BOOST_TEST(text_of_place("mysql://db.example/mail").find("store.url: must name a server on this machine") == 0U);
}

BOOST_AUTO_TEST_CASE(a_password_in_a_url_gets_into_no_other_option_and_no_message) {
  BOOST_TEST(text_of_place("postgresql://u:a%20sslmode=disable@127.0.0.1/mail") ==
             "store.url: must not hold spaces, quotes, semicolons or backslashes");
  BOOST_TEST(server::sql_place("mysql://u:secret@127.0.0.1/mail", {})->name == "mysql://127.0.0.1/mail");
  BOOST_TEST(server::open_store("mariadb://u:secret@h/mail", {}).error().text().find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
