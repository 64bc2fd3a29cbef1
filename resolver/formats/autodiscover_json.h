// The second version of Autodiscover: where one protocol is, as JSON. No public document describes it; Exchange and
// those who imitate it agree on this much.
#pragma once

#include <string>
#include <string_view>

#include "mailconf/result.h"

namespace mailconf {

// The https address of the asked protocol. An error for another protocol's, and for what the service says instead:
// errors come with any status.
Result<std::string> read_autodiscover_json(std::string_view octets, std::string_view protocol);

}  // namespace mailconf
