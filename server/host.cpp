#include "server/host.h"

#include <Poco/Net/IPAddress.h>
#include <Poco/String.h>
#include <algorithm>

namespace mailconf::server {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_port(std::string_view text) { return text.size() <= 5 && std::ranges::all_of(text, is_digit); }

// Letters, digits, hyphens, dots, and the underscores of home-made names. Octets of UTF-8 must make a domain name.
bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<RequestedHost> parse_literal(std::string_view text) {
  const auto bracket = text.find(']');
  if (bracket == text.npos) return std::nullopt;
  const auto rest = text.substr(bracket + 1);
  if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return std::nullopt;
  const std::string literal(text.substr(1, bracket - 1));
  Poco::Net::IPAddress address;
  if (!Poco::Net::IPAddress::tryParse(literal, address)) return std::nullopt;
  return RequestedHost{"[" + Poco::toLower(literal) + "]", std::nullopt};
}

}  // namespace

std::optional<RequestedHost> parse_host(std::string_view text) {
  if (text.starts_with('[')) return parse_literal(text);
  const auto colon = std::min(text.find(':'), text.size());
  if (colon < text.size() && !is_port(text.substr(colon + 1))) return std::nullopt;
  auto name = Poco::toLower(std::string(text.substr(0, colon)));
  if (!std::ranges::all_of(name, is_name_character)) return std::nullopt;
  if (name.ends_with('.')) name.pop_back();
  const auto domain = DomainName::parse(name);
  if (!domain && !is_ascii(name)) return std::nullopt;
  return RequestedHost{domain ? domain->ascii() : name, domain ? std::optional(*domain) : std::nullopt};
}

}  // namespace mailconf::server
