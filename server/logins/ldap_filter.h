// What a directory is asked, with an address in it.
#pragma once

#include <string>
#include <string_view>

#include "mailconf/address.h"

namespace mailconf::server {

// The placeholders replaced by the parts of the address, as values that mean nothing but themselves (RFC 4515 §3).
std::string filter_for(std::string_view filter, const EmailAddress& address);

// Why a filter with placeholders cannot be used, as a clause; empty when it can.
std::string fault_of_filter(std::string_view filter);

}  // namespace mailconf::server
