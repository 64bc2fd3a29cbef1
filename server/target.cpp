#include "server/target.h"

#include <Poco/String.h>
#include <algorithm>
#include <charconv>

namespace mailconf::server {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// RFC 3986 §2.1.
std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned octet = 0;
    const auto digits = text.substr(i + 1, 2);
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), octet, 16);
    if (fault != std::errc() || digits.size() != 2 || end != digits.data() + 2) return std::nullopt;
    decoded += static_cast<char>(octet);
    i += 2;
  }
  if (std::ranges::any_of(decoded, is_control)) return std::nullopt;
  return decoded;
}

std::string clean_path(std::string_view decoded) {
  std::string path;
  for (const char c : Poco::toLower(std::string(decoded))) {
    if (c != '/' || !path.ends_with('/')) path += c;
  }
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::string last_segment(std::string_view decoded) {
  while (decoded.ends_with('/')) decoded.remove_suffix(1);
  return std::string(decoded.substr(decoded.rfind('/') + 1));
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!text.empty()) {
    const auto ampersand = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, ampersand);
    text.remove_prefix(std::min(ampersand + 1, text.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, equals));
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value) return std::nullopt;
    parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return parameters;
}

// RFC 9112 §3.2.2: servers must accept the absolute form.
void cut_authority(std::string_view& text, Target& target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (Poco::icompare(std::string(text.substr(0, scheme.size())), std::string(scheme)) != 0) continue;
    text.remove_prefix(scheme.size());
    const auto end = std::min(text.find_first_of("/?"), text.size());
    target.authority = text.substr(0, end);
    text.remove_prefix(end);
  }
}

}  // namespace

std::optional<std::string> Target::parameter(std::string_view name) const {
  const std::string wanted(name);
  const auto found =
      std::ranges::find_if(query, [&](const auto& entry) { return Poco::icompare(entry.first, wanted) == 0; });
  return found == query.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Target> parse_target(std::string_view text) {
  Target target;
  cut_authority(text, target);
  if (text == "*") {
    target.path = "*";
    return target;
  }
  target.raw = target.authority && !text.starts_with('/') ? "/" + std::string(text) : std::string(text);
  const std::string_view raw = target.raw;
  const auto question = std::min(raw.find('?'), raw.size());
  const auto path = percent_decode(raw.substr(0, question));
  auto query = parse_query(raw.substr(std::min(question + 1, raw.size())));
  if (!path || !path->starts_with('/') || !query) return std::nullopt;
  target.path = clean_path(*path);
  target.last_segment = last_segment(*path);
  target.query = *std::move(query);
  return target;
}

}  // namespace mailconf::server
