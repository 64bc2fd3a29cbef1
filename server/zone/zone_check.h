// What the DNS holds, beside what it should hold.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mailconf/records.h"
#include "server/zone/zone.h"

namespace mailconf::server {

// The last two are nothing to repair, or not known to be.
enum class Deviation { missing, differs, too_much, same_addresses, unknown };

struct ZoneDeviation {
  Deviation kind = Deviation::missing;
  DnsRecord record;   // that should be there; of those that are too much, the one that is
  std::string found;  // what is there instead, or why it could not be asked

  [[nodiscard]] std::string text() const;
  bool operator==(const ZoneDeviation&) const = default;
};

// An answer for each question, in their order.
using RecordLookUp = std::function<std::vector<RecordAnswer>(const std::vector<RecordQuestion>&)>;

// An alias that leads elsewhere, or is none, is no fault as long as both names have the same addresses, but it is told:
// it will not follow when these change. Keys that are pinned beside those that should be are the next ones, or the last
// (RFC 7671 §8.1).
std::vector<ZoneDeviation> compare_zone(const std::vector<DnsRecord>& records, const RecordLookUp& look_up);

}  // namespace mailconf::server
