#include "server/conditional.h"

#include <Poco/String.h>
#include <Poco/StringTokenizer.h>
#include <optional>

namespace mailconf::server {
namespace {

constexpr int list_options = Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY;

Poco::StringTokenizer members(std::string_view list, const char* separator) {
  return {std::string(list), separator, list_options};
}

// "q=0", "q=0.0", …: not acceptable.
bool is_zero_quality(const std::string& parameter) {
  const auto text = Poco::toLower(parameter);
  return text.starts_with("q=0") && text.find_first_not_of("0.", 2) == text.npos;
}

// What is said of a coding: allowed, forbidden, or nothing.
std::optional<bool> verdict_on(std::string_view accept_encoding, const std::string& coding) {
  for (const auto& member : members(accept_encoding, ",")) {
    const auto parts = members(member, ";");
    if (parts.count() == 0 || Poco::icompare(parts[0], coding) != 0) continue;
    return parts.count() == 1 || !is_zero_quality(parts[1]);
  }
  return std::nullopt;
}

}  // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  for (const auto& member : members(if_none_match, ",")) {
    const std::string_view tag = member;
    if (tag == "*" || tag == etag || (tag.starts_with("W/") && tag.substr(2) == etag)) return true;
  }
  return false;
}

bool accepts_gzip(std::string_view accept_encoding) {
  return verdict_on(accept_encoding, "gzip").value_or(verdict_on(accept_encoding, "*").value_or(false));
}

std::string gzip_etag(const std::string& etag) { return etag.substr(0, etag.size() - 1) + "-gzip\""; }

}  // namespace mailconf::server
