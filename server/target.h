// The target of a request line (RFC 9112 §3.2): path and query, decoded and cleaned.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailconf::server {

struct Target {
  std::optional<std::string> authority;  // of the absolute form; takes the place of Host
  std::string raw;                       // path and query as sent, for redirects
  std::string path;                      // decoded, lower-case, without doubled or trailing slashes; "*" for the server
  std::string last_segment;              // of the path, decoded, in the letter case that was sent
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order

  // The first value of a parameter, whose name is compared without regard to case.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

// Nothing when a percent sign is not followed by two hexadecimal digits, or when control characters stand in the path
// or the query, encoded or not. "+" stays "+": in an address it is common, and clients send it unencoded.
std::optional<Target> parse_target(std::string_view text);

}  // namespace mailconf::server
