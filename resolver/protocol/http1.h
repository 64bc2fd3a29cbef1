// What begins and ends the header of a reply (RFC 9112 §2.1, §4).
#pragma once

#include <string_view>

namespace mailconf::http1 {

inline constexpr std::string_view name = "HTTP/1.";
inline constexpr std::string_view end_of_header = "\r\n\r\n";

}  // namespace mailconf::http1
