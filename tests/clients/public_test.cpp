// The public call, on the real network of this machine's loopback.
#include <boost/test/unit_test.hpp>

#include "mailconf/resolver.h"
#include "support/dns_server.h"

using namespace mailconf;

namespace {

const DomainName domain = *DomainName::parse("example.org");

Resolver resolver_at(const testing::DnsServer& names) {
  ResolverOptions options;
  options.dns = {names.endpoint()};
  return Resolver::create(options).value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(public_call)

BOOST_AUTO_TEST_CASE(a_client_that_looks_for_records_finds_them) {
  testing::DnsServer names;
  names.srv("_imaps._tcp.example.org", 0, 1, 993, "imap.example.org");
  names.srv("_submissions._tcp.example.org", 0, 1, 465, "smtp.example.org");
  const auto predictions = resolver_at(names).simulate(domain, {{"claws-mail"}, false});
  BOOST_REQUIRE(predictions);
  BOOST_REQUIRE(predictions->size() == 1U);
  const auto& prediction = predictions->front();
  BOOST_TEST(prediction.found_by == "srv");
  BOOST_TEST(prediction.incoming.front().hostname == "imap.example.org");
  BOOST_TEST(prediction.outgoing.front().username == "%EMAILADDRESS%");
  BOOST_TEST(prediction.encrypted());
  const std::vector<std::string> asked{"SRV _imaps._tcp.example.org", "SRV _imap._tcp.example.org",
                                       "SRV _submissions._tcp.example.org", "SRV _submission._tcp.example.org"};
  BOOST_TEST(names.questions() == asked, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_names_every_client_is_asked) {
  const testing::DnsServer names;
  const auto predictions = resolver_at(names).simulate(domain);
  BOOST_REQUIRE(predictions);
  BOOST_TEST(predictions->size() == simulated_clients().size());
  BOOST_TEST(predictions->size() >= 14U);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_none_is_an_error_before_anybody_is_asked) {
  const testing::DnsServer names;
  const auto predictions = resolver_at(names).simulate(domain, {{"claws-mail", "pine"}, false});
  BOOST_REQUIRE(!predictions);
  BOOST_TEST((predictions.error().code == ErrorCode::bad_option));
  BOOST_TEST(names.questions().empty());
}

BOOST_AUTO_TEST_SUITE_END()
