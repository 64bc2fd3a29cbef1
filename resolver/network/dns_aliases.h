// The chain of aliases (CNAME) in a DNS reply, which c-ares reads past without telling where it leads.
#pragma once

#include <string_view>

namespace mailconf {

// The aliases, followed from the name in question, come back to one of them or are more than limits::cname_chain. False
// for a reply that cannot be read; whoever reads its records will tell.
bool aliases_go_round(std::string_view reply);

}  // namespace mailconf
