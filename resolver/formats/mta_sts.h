// By which a domain says, over HTTPS, which hosts take its mail (MTA-STS, RFC 8461): the record that announces a
// policy, and the policy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/result.h"

namespace mailconf {

struct MtaStsPolicy {
  enum class Mode { none, testing, enforce };
  Mode mode = Mode::none;
  std::vector<std::string> mx;  // host names; with "*." in front for every name of one more label
  std::uint32_t max_age = 0;    // seconds

  bool operator==(const MtaStsPolicy&) const = default;
};

std::string_view to_string(MtaStsPolicy::Mode);

// RFC 8461 §3.1: exactly one of the TXT records is such a record, and it is whole.
bool announces_mta_sts(const std::vector<std::string>& records);

// RFC 8461 §3.2, in any order of fields. Of a field that stands twice the first counts, but for mx.
Result<MtaStsPolicy> read_mta_sts_policy(std::string_view octets);

// RFC 8461 §4.1.
bool names_host(const MtaStsPolicy& policy, const DomainName& host);

}  // namespace mailconf
