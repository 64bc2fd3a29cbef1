// Absolute http and https URLs (RFC 3986), parsed once at the edge.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "mailconf/result.h"

namespace mailconf {

// Normalised: scheme and host lower-case, host as A-labels or address literal, default port left out, path never empty.
// User information and fragments are refused and dropped respectively.
struct Url {
  bool https = true;
  std::string host;        // address literals without brackets
  std::uint16_t port = 0;  // never 0 once parsed
  std::string path = "/";  // percent-encoded as given
  std::string query;       // without "?", percent-encoded

  static Result<Url> parse(std::string_view text);
  // `reference` (absolute, network-path, absolute-path or relative) as seen from this URL (RFC 3986 §5.2).
  [[nodiscard]] Result<Url> resolve(std::string_view reference) const;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string text_without_query() const;
  [[nodiscard]] std::string authority() const;  // host[:port], brackets where needed

  auto operator<=>(const Url&) const = default;
};

// Percent-encodes all but unreserved characters (RFC 3986 §2.3); "." stays, because some servers echo "%2E" undecoded.
std::string encode_query_value(std::string_view text);

// An absolute URL of any of `schemes` ("https", "wss", …) with a host, normalised as text; for values in documents.
Result<std::string> parse_document_url(std::string_view text, std::initializer_list<std::string_view> schemes);

}  // namespace mailconf
