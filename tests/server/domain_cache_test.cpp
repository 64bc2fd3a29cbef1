// Domains of a store that is asked by name.
#include "server/domain_cache.h"

#include <boost/test/unit_test.hpp>
#include <map>

#include "server/published.h"
#include "server/store/definition_toml.h"

namespace mailconf::testing {
namespace {

using server::DomainCache;
using server::Problems;

// Texts by the names of domains, and how often they were asked for.
class FakeNames : public server::DefinitionsByName {
 public:
  Result<std::optional<server::ReadDefinition>> find(const DomainName& domain) override {
    asked.push_back(domain.ascii());
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    if (away) return fail(ErrorCode::io, "database", "cannot be read");
    const auto text = texts.find(domain.ascii());
    if (text == texts.end()) return std::nullopt;
    return server::read_definition(text->first, text->second);
  }
  Result<std::vector<DomainName>> names(const std::optional<DomainName>&, std::size_t) override {
    return std::vector<DomainName>();
  }

  std::map<std::string, std::string> texts;
  std::vector<std::string> asked;
  std::function<void()> meanwhile;  // happens while the next question is on its way
  bool away = false;
};

DomainName name(const std::string& text) { return *DomainName::parse(text); }

struct World {
  World() {
    for (const auto* domain : {"example.org", "example.net"}) names.texts[domain] = definition({domain});
  }
  Outcome find(const std::string& domain) { return cache.find(name(domain)).outcome; }
  std::string display_name(const std::string& domain) {
    const auto found = cache.find(name(domain));
    return found.domain ? found.domain->settings.provider.display_name : "";
  }

  FakeNames names;
  Problems told;
  DomainCache cache{names, 2,
                    [this](const Problems& problems) { told.insert(told.end(), problems.begin(), problems.end()); }};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(domain_cache)

BOOST_AUTO_TEST_CASE(a_domain_is_read_once) {
  World world;
  BOOST_TEST(world.display_name("example.org") == "Mail of example.org");
  BOOST_TEST(world.display_name("example.org") == "Mail of example.org");
  BOOST_TEST(world.names.asked.size() == 1U);
}

BOOST_AUTO_TEST_CASE(that_a_domain_is_absent_is_asked_once) {
  World world;
  BOOST_CHECK(world.find("example.com") == Outcome::absent);
  BOOST_CHECK(world.find("example.com") == Outcome::absent);
  BOOST_TEST(world.names.asked.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_domain_that_was_not_asked_for_longest_is_dropped) {
  World world;
  world.names.texts["example.com"] = definition({"example.com"});
  for (const auto* domain : {"example.org", "example.net", "example.org", "example.com"}) world.find(domain);
  world.names.asked.clear();
  world.find("example.org");
  BOOST_TEST(world.names.asked.empty());
  world.find("example.net");
  BOOST_TEST(world.names.asked.size() == 1U);
}

BOOST_AUTO_TEST_CASE(names_that_strangers_make_up_push_no_domain_out) {
  World world;
  world.find("example.org");
  for (int i = 0; i < 10; ++i) world.find("made-up-" + std::to_string(i) + ".example");
  world.names.asked.clear();
  world.find("example.org");
  BOOST_TEST(world.names.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_changed_domain_is_read_again_and_no_other) {
  World world;
  world.find("example.org");
  world.find("example.net");
  world.names.texts["example.org"] = definition({"example.org", "example.com"}, "displayShortName = \"New\"");
  world.cache.changed(std::vector{name("example.org")});
  world.names.asked.clear();
  BOOST_TEST(world.cache.find(name("example.org")).domain->settings.provider.display_short_name == "New");
  world.find("example.net");
  BOOST_TEST(world.names.asked == std::vector<std::string>{"example.org"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(dns_records_that_must_follow_a_change_are_told) {
  World world;
  world.find("example.org");
  auto& text = world.names.texts["example.org"];
  text.replace(text.find("imap.example.org"), 4, "post");
  world.cache.changed(std::vector{name("example.org")});
  world.find("example.org");
  BOOST_TEST_REQUIRE(world.told.size() == 1U);
  BOOST_TEST(world.told.front().message.find("the DNS records of example.org change from [") == 0U);
}

BOOST_AUTO_TEST_CASE(everything_is_read_again_when_all_may_have_changed) {
  World world;
  world.find("example.org");
  world.find("example.com");
  world.cache.changed(std::nullopt);
  world.names.texts.erase("example.org");
  world.names.texts["example.com"] = definition({"example.com"});
  BOOST_CHECK(world.find("example.org") == Outcome::absent);
  BOOST_CHECK(world.find("example.com") == Outcome::found);
}

BOOST_AUTO_TEST_CASE(what_changes_while_it_is_read_is_read_again) {
  World world;
  world.names.meanwhile = [&] { world.cache.changed(std::vector{name("example.org")}); };
  world.find("example.org");
  world.find("example.org");
  BOOST_TEST(world.names.asked.size() == 2U);
}

BOOST_AUTO_TEST_CASE(row_99_what_changes_while_it_is_read_serves_while_the_store_is_away) {
  World world;
  world.names.meanwhile = [&] { world.cache.changed(std::nullopt); };
  world.find("example.org");
  world.names.away = true;
  BOOST_CHECK(world.find("example.org") == Outcome::found);
}

BOOST_AUTO_TEST_CASE(row_99_while_the_store_is_away_old_settings_stay_in_service) {
  World world;
  world.find("example.org");
  world.cache.changed(std::nullopt);
  world.names.away = true;
  BOOST_CHECK(world.find("example.org") == Outcome::found);
}

BOOST_AUTO_TEST_CASE(row_99_a_domain_that_cannot_be_read_is_unknown_not_absent) {
  World world;
  world.names.away = true;
  BOOST_CHECK(world.find("example.org") == Outcome::unknown);
  world.names.away = false;
  BOOST_CHECK(world.find("example.org") == Outcome::found);
}

BOOST_AUTO_TEST_CASE(row_98_a_definition_that_becomes_bad_leaves_the_old_one_in_service_and_its_place_is_told) {
  World world;
  world.find("example.org");
  world.names.texts["example.org"] = "domains = [\"example.org\"]\nport = 1\n";
  world.cache.changed(std::vector{name("example.org")});
  BOOST_TEST(world.display_name("example.org") == "Mail of example.org");
  BOOST_TEST_REQUIRE(!world.told.empty());
  BOOST_TEST(world.told.front().text().find("example.org:2: port: ") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
