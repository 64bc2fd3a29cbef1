// Three outcomes, never two.
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"

using namespace mailconf;
using namespace mailconf::test;

BOOST_AUTO_TEST_SUITE(judging_answers)

BOOST_AUTO_TEST_CASE(D10_no_such_name_no_data_failure_and_timeout_are_four_different_things) {
  const Verdict no_name = judge(no_such_name());
  const Verdict no_data = judge(no_records());
  const Verdict broken = judge(failed(FailureKind::dns_failure));
  const Verdict silent = judge(failed(FailureKind::dns_timeout));
  BOOST_TEST((no_name == Verdict{Outcome::absent, "NXDOMAIN"}));
  BOOST_TEST((no_data == Verdict{Outcome::absent, "no such record"}));
  BOOST_TEST((broken == Verdict{Outcome::unknown, "dns-failure"}));
  BOOST_TEST((silent == Verdict{Outcome::unknown, "dns-timeout"}));
}

BOOST_AUTO_TEST_CASE(only_a_definite_http_status_is_an_absence) {
  for (const int code : {404, 410}) BOOST_TEST((judge(status(code)).outcome == Outcome::absent));
  for (const int code : {204, 301, 400, 401, 403, 429, 500, 502, 503}) {
    BOOST_TEST((judge(status(code)).outcome == Outcome::unknown));
  }
}

BOOST_AUTO_TEST_CASE(H17_too_many_requests_and_unavailable_are_temporary) {
  BOOST_TEST(judge(status(429)).reason == "HTTP 429: temporarily not available");
  BOOST_TEST(judge(status(503)).reason == "HTTP 503: temporarily not available");
}

BOOST_AUTO_TEST_CASE(a_refusal_and_a_missing_name_are_absences_and_every_other_failure_is_unknown) {
  BOOST_TEST((judge(failed(FailureKind::no_such_name)).outcome == Outcome::absent));
  BOOST_TEST((judge(failed(FailureKind::refused)).outcome == Outcome::absent));
  for (const auto kind :
       {FailureKind::dns_failure, FailureKind::dns_timeout, FailureKind::unreachable, FailureKind::timed_out,
        FailureKind::closed, FailureKind::tls_failed, FailureKind::certificate_bad, FailureKind::nonsense,
        FailureKind::too_large, FailureKind::address_not_public, FailureKind::redirect_refused, FailureKind::offline,
        FailureKind::proxy_failed, FailureKind::not_asked}) {
    BOOST_TEST((judge(failed(kind)).outcome == Outcome::unknown));
  }
}

BOOST_AUTO_TEST_CASE(the_detail_of_a_failure_is_its_reason) {
  BOOST_TEST(judge(Failure{FailureKind::timed_out, "no answer while connecting"}).reason ==
             "no answer while connecting");
}

BOOST_AUTO_TEST_CASE(D3_a_service_record_for_the_root_is_an_absence) {
  const Verdict verdict = judge(offered({{0, 0, 0, ""}}));
  BOOST_TEST((verdict == Verdict{Outcome::absent, "decidedly not offered (target \".\")"}));
}

BOOST_AUTO_TEST_CASE(D13_a_null_mx_says_that_the_domain_takes_no_mail) {
  const Verdict verdict = judge(mail_to({{0, ""}}));
  BOOST_TEST((verdict == Verdict{Outcome::absent, "null MX: the domain takes no mail"}));
}

BOOST_AUTO_TEST_SUITE_END()
