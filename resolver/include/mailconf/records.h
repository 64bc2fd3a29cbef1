// Records of the DNS as they stand in a zone, for those who compare what is published with what should be.
#pragma once

#include <string>
#include <vector>

#include "mailconf/report.h"

namespace mailconf {

struct RecordQuestion {
  std::string name;  // absolute, A-labels, without a trailing dot; service labels allowed
  std::string type;  // "A" (with AAAA), "CNAME", "MX", "SRV", "TLSA" or "TXT"

  auto operator<=>(const RecordQuestion&) const = default;
};

// Aliases have been followed, unless they are what was asked for. What could not be asked is unknown, never absent.
struct RecordAnswer {
  Outcome outcome = Outcome::unknown;  // found, absent or unknown; skipped for another type
  std::string reason;                  // empty when found
  std::vector<std::string> data;       // as in a zone file: "0 1 993 imap.example.org.", "\"v=STSv1; id=1\""

  bool operator==(const RecordAnswer&) const = default;
};

}  // namespace mailconf
