// Records as other programs take them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/zone/zone.h"

namespace mailconf::server {

inline constexpr int usual_ttl = 3600;

// A line of a zone file, without its end.
std::string zone_line(const DnsRecord& record);

struct ZoneForm {
  std::string_view name;
  std::string (*write)(const DomainName& domain, const std::vector<DnsRecord>& records);
};
// "bind": a fragment of a zone file; "json": an object a record and line; "nsupdate": a script that sets the records
// and leaves all others.
const ZoneForm* zone_form(std::string_view name);

}  // namespace mailconf::server
