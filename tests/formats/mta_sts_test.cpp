// The record and the policy of MTA-STS (RFC 8461): one edit each to one whole policy.
#include "formats/mta_sts.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

using namespace mailconf;
namespace data = boost::unit_test::data;

namespace {

using Mode = MtaStsPolicy::Mode;

const std::string whole =
    "version: STSv1\r\nmode: enforce\r\nmx: mx.example.net\r\nmx: *.example.org\r\nmax_age: 86400\r\n";

std::string edited(const std::string& from, const std::string& to) {
  std::string text = whole;
  const auto place = text.find(from);
  BOOST_REQUIRE_MESSAGE(place != text.npos, from);
  return text.replace(place, from.size(), to);
}

bool names(const char* host) { return names_host(read_mta_sts_policy(whole).value(), DomainName::parse(host).value()); }

struct Row {
  const char* place;
  const char* from;
  const char* to;
};
std::ostream& operator<<(std::ostream& stream, const Row& row) { return stream << row.from << " -> " << row.to; }

const Row refused[] = {
    {"version", "STSv1", "STSv2"},
    {"version", "version: STSv1\r\n", ""},
    {"mode", "enforce", "enforced"},
    {"mode", "mode: enforce\r\n", ""},
    {"max_age", "86400", "31557601"},
    {"max_age", "86400", "-1"},
    {"max_age", "86400", "99999999999999999999"},
    {"max_age", "max_age: 86400\r\n", ""},
    {"mx", "mx: mx.example.net\r\nmx: *.example.org\r\n", ""},
    {"mx", "mx.example.net", "*"},
    {"mx", "mx.example.net", "mx.*.example.net"},
    {"mx", "mx.example.net", "*.co.uk"},
    {"mx", "mx.example.net", "192.0.2.1"},
    {"", "mode: enforce", "<html>"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(mta_sts)

BOOST_AUTO_TEST_CASE(a_whole_policy_is_read) {
  const MtaStsPolicy expected{Mode::enforce, {"mx.example.net", "*.example.org"}, 86400};
  BOOST_TEST((read_mta_sts_policy(whole).value() == expected));
}

BOOST_AUTO_TEST_CASE(lines_may_end_as_on_unix_and_unknown_fields_are_ignored) {
  const auto policy = read_mta_sts_policy("max_age:1\nmode:testing\nfuture: x\nmx:a.example.org\nversion:STSv1");
  BOOST_REQUIRE(policy);
  BOOST_TEST((policy->mode == Mode::testing));
}

BOOST_AUTO_TEST_CASE(of_a_field_that_stands_twice_the_first_counts) {
  BOOST_TEST((read_mta_sts_policy(whole + "mode: none\r\n").value().mode == Mode::enforce));
}

BOOST_AUTO_TEST_CASE(a_policy_of_no_mode_needs_no_hosts) {
  BOOST_TEST((read_mta_sts_policy("version: STSv1\nmode: none\nmax_age: 0\n").value().mode == Mode::none));
}

BOOST_DATA_TEST_CASE(a_policy_that_is_not_whole_is_refused_with_the_field, data::make(refused), row) {
  const auto policy = read_mta_sts_policy(edited(row.from, row.to));
  BOOST_REQUIRE(!policy);
  BOOST_TEST(policy.error().place == row.place);
}

BOOST_AUTO_TEST_CASE(a_policy_over_the_limit_is_refused) {
  const auto policy = read_mta_sts_policy(whole + std::string(64 * 1024, '\n'));
  BOOST_REQUIRE(!policy);
  BOOST_TEST((policy.error().code == ErrorCode::too_large));
}

BOOST_AUTO_TEST_CASE(Z3_a_star_stands_for_one_label_and_nothing_else_is_a_pattern) {
  BOOST_TEST(names("mx.example.net"));
  BOOST_TEST(names("MX1.example.org"));
  BOOST_TEST(!names("example.org"));
  BOOST_TEST(!names("a.mx1.example.org"));
  BOOST_TEST(!names("a.mx.example.net"));
  BOOST_TEST(!names("mx.example.net.evil.example"));
}

BOOST_AUTO_TEST_CASE(exactly_one_whole_record_announces_a_policy) {
  BOOST_TEST(announces_mta_sts({"v=STSv1; id=20160831085700Z;"}));
  BOOST_TEST(announces_mta_sts({"v=spf1 -all", "v=STSv1;id=1"}));
  BOOST_TEST(!announces_mta_sts({"v=STSv1; id=1", "v=STSv1; id=2"}));
  for (const char* record : {"v=STSv1", "v=STSv1;", "v=STSv1; id=", "v=STSv1; id=a-b", "v=STSv12; id=1",
                             "v=stsv1; id=1", "id=1; v=STSv1", "v=STSv1; id=123456789012345678901234567890123"}) {
    BOOST_TEST(!announces_mta_sts({record}), record);
  }
  BOOST_TEST(!announces_mta_sts({}));
}

BOOST_AUTO_TEST_SUITE_END()
