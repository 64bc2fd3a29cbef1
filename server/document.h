// A document that everybody gets, in the forms that answers need.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace mailconf::server {

struct Document {
  explicit Document(std::string rendered);

  std::string text;
  std::string etag;    // strong (RFC 9110 §8.8.3)
  std::string zipped;  // the same by gzip
};

std::array<unsigned char, 32> sha256(std::string_view bytes);
// The first `length` octets of the digest as lower-case hexadecimal digits.
std::string hex_digest(std::string_view bytes, std::size_t length);
// The entity tag of some bytes, in quotes.
std::string strong_etag(std::string_view bytes);

}  // namespace mailconf::server
