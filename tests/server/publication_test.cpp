// Definitions of several origins, merged.
#include "server/publication.h"

#include <boost/test/unit_test.hpp>

namespace mailconf::testing {
namespace {

server::Definition defining(const std::string& origin, const std::vector<std::string>& domains) {
  server::Definition definition{origin, 1, {}};
  for (const auto& domain : domains) definition.settings.provider.domains.push_back(*DomainName::parse(domain));
  return definition;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(publication)

BOOST_AUTO_TEST_CASE(the_first_definition_keeps_a_domain_that_two_claim) {
  std::vector definitions{defining("a", {"example.org"}), defining("b", {"example.net", "example.org"}),
                          defining("c", {"example.org"})};
  const auto problems = server::settle_duplicates(definitions);
  BOOST_TEST_REQUIRE(problems.size() == 2U);
  BOOST_TEST(problems[0].text() == "b:1: domains: example.org is defined in a already, which is served");
  BOOST_TEST(problems[1].text() == "c:1: domains: example.org is defined in a already, which is served");
  BOOST_TEST_REQUIRE(definitions.size() == 2U);
  BOOST_TEST(definitions[1].settings.provider.domains.size() == 1U);
}

BOOST_AUTO_TEST_CASE(domains_of_different_definitions_do_not_meet) {
  std::vector definitions{defining("a", {"example.org"}), defining("b", {"example.net"})};
  BOOST_TEST(server::settle_duplicates(definitions).empty());
  BOOST_TEST(definitions.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
