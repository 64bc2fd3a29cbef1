#include "server/logins/ldap_filter.h"

#include <fmt/core.h>

namespace mailconf::server {
namespace {

struct Part {
  std::string_view placeholder;
  std::string (*of)(const EmailAddress&);
  bool names_somebody;
};
constexpr Part address_parts[] = {
    {"%EMAILADDRESS%", [](const EmailAddress& address) { return address.text(); }, true},
    {"%EMAILLOCALPART%", [](const EmailAddress& address) { return address.local_part(); }, true},
    {"%EMAILDOMAIN%", [](const EmailAddress& address) { return address.domain().ascii(); }, false},
};

const Part* part_at(std::string_view text) {
  for (const auto& part : address_parts) {
    if (text.starts_with(part.placeholder)) return &part;
  }
  return nullptr;
}

// RFC 4515 §3 wants five octets escaped and allows all others to be: what stays is what can never have a meaning.
std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '@' ||
                       c == '.' || c == '-' || c == '_' || c == '+';
    text += plain ? std::string(1, c) : fmt::format("\\{:02x}", static_cast<unsigned char>(c));
  }
  return text;
}

}  // namespace

std::string filter_for(std::string_view filter, const EmailAddress& address) {
  std::string text;
  while (!filter.empty()) {
    if (const auto* part = part_at(filter)) {
      text += escaped(part->of(address));
      filter.remove_prefix(part->placeholder.size());
    } else {
      text += filter.front();
      filter.remove_prefix(1);
    }
  }
  return text;
}

std::string fault_of_filter(std::string_view filter) {
  if (!filter.starts_with('(') || !filter.ends_with(')')) return "must stand in parentheses";
  bool names_somebody = false;
  for (auto at = filter.find("%EMAIL"); at != filter.npos; at = filter.find("%EMAIL", at + 1)) {
    const auto* part = part_at(filter.substr(at));
    if (part == nullptr) return "holds a placeholder that is not known";
    names_somebody = names_somebody || part->names_somebody;
  }
  return names_somebody ? "" : "must hold %EMAILADDRESS% or %EMAILLOCALPART%";
}

}  // namespace mailconf::server
