// What a document's octets are known by.
#pragma once

#include <string>
#include <string_view>

namespace mailconf {

// SHA-256 (FIPS 180-4) in base64 with padding (RFC 4648 §4).
std::string sha256_base64(std::string_view octets);

}  // namespace mailconf
