#include "server/transport/framing.h"

#include <Poco/String.h>
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace mailconf::server {
namespace {

// The requests of mail clients have 2 KiB at most.
constexpr std::size_t longest = std::size_t{8} * 1024;

constexpr Framed unusual{Arrival::unusual, 0};

// Behind the empty line; npos when there is none as yet.
std::size_t end_of_header(std::string_view octets) {
  for (auto line = octets.find('\n'); line != octets.npos; line = octets.find('\n', line + 1)) {
    const auto next = octets.substr(line + 1, 2);
    if (next.starts_with('\n')) return line + 2;
    if (next == "\r\n") return line + 3;
  }
  return octets.npos;
}

// Without its end, of which the text is rid.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  auto line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::none_of(text, [](char c) { return c <= ' ' || c == '\x7f'; });
}

std::optional<std::size_t> length_in(std::string_view value) {
  const auto text = Poco::trim(std::string(value));
  std::size_t length = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (fault != std::errc() || rest != text.data() + text.size() || length > longest) return std::nullopt;
  return length;
}

// Nothing where another reader might find another length, or where the client waits for word before it goes on.
std::optional<std::size_t> length_of_body(std::string_view fields) {
  std::optional<std::size_t> length;
  while (!fields.empty()) {
    const auto line = take_line(fields);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == line.npos || !is_name(line.substr(0, colon)) || line.find('\r') != line.npos) return std::nullopt;
    const auto name = Poco::toLower(std::string(line.substr(0, colon)));
    if (name == "transfer-encoding" || name == "expect") return std::nullopt;
    if (name != "content-length") continue;
    if (length) return std::nullopt;
    length = length_in(line.substr(colon + 1));
    if (!length) return std::nullopt;
  }
  return length.value_or(0);
}

}  // namespace

Framed frame(std::string_view octets) {
  // An empty line before a request means nothing (RFC 9112 §2.2).
  const auto begin = octets.find_first_not_of("\r\n");
  if (begin == octets.npos) return octets.size() > longest ? unusual : Framed{};
  const auto end = end_of_header(octets.substr(begin));
  if (end == octets.npos) return octets.size() > longest ? unusual : Framed{};
  auto header = octets.substr(begin, end);
  if (take_line(header).find('\r') != octets.npos) return unusual;
  const auto body = length_of_body(header);
  if (!body || begin + end + *body > longest) return unusual;
  const auto size = begin + end + *body;
  return octets.size() < size ? Framed{} : Framed{Arrival::whole, size};
}

}  // namespace mailconf::server
