// What the DNS holds, beside what it should hold.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mailconf/records.h"
#include "server/zone/zone.h"

namespace mailconf::server {

enum class Deviation { missing, differs, too_much, unknown };

struct ZoneDeviation {
  Deviation kind = Deviation::missing;
  DnsRecord record;   // that should be there; of those that are too much, the one that is
  std::string found;  // what is there instead, or why it could not be asked

  [[nodiscard]] std::string text() const;
  bool operator==(const ZoneDeviation&) const = default;
};

// An answer for each question, in their order.
using RecordLookUp = std::function<std::vector<RecordAnswer>(const std::vector<RecordQuestion>&)>;

// An alias is right when both names lead to the same addresses: it may be an alias of an alias, or no alias at all.
// TLSA records are not looked at.
std::vector<ZoneDeviation> compare_zone(const std::vector<DnsRecord>& records, const RecordLookUp& look_up);

}  // namespace mailconf::server
