// The broken twin of the demo.
#include <boost/test/unit_test.hpp>

#include "audit/auditor.h"

namespace mailconf::testing {

BOOST_AUTO_TEST_SUITE(demo)

BOOST_AUTO_TEST_CASE(of_the_broken_twin_much_is_said) {
  const auto audit = audit_of(text_of(PROJECT_DATA "/demo/broken.toml"), "broken.example");
  const auto codes = codes_of(audit);
  for (const auto& code : codes) BOOST_TEST_MESSAGE(code);
  BOOST_TEST(codes.size() >= 25U);
  for (const std::string code :
       {"mx-missing", "wildcard-address", "leftover-cpanel", "srv-465-under-submission", "autoconfig-template",
        "autoconfig-plaintext", "autodiscover-encryption-value", "pacc-no-digest", "mta-sts-no-policy",
        "certificate-name", "server-no-starttls", "mechanisms-disagree-on-encryption", "dav-plaintext"})
    BOOST_TEST((finding_of(audit, code) != nullptr), code);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailconf::testing
