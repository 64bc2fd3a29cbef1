#include "protocol/mechanisms.h"

#include <algorithm>
#include <array>
#include <optional>

#include "model/text.h"
#include "protocol/probe_dialogue.h"

namespace mailconf {
namespace {

struct Meaning {
  std::string_view name;  // a whole name, or with "*" its beginning
  Authentication choice;
};

constexpr std::array meanings{
    Meaning{"XOAUTH2", Authentication::oauth2},
    Meaning{"OAUTHBEARER", Authentication::oauth2},
    Meaning{"SCRAM-*", Authentication::password_encrypted},
    Meaning{"CRAM-MD5", Authentication::password_encrypted},
    Meaning{"DIGEST-MD5", Authentication::password_encrypted},
    Meaning{"APOP", Authentication::password_encrypted},
    Meaning{"PLAIN", Authentication::password_cleartext},
    Meaning{"LOGIN", Authentication::password_cleartext},
    Meaning{"USER", Authentication::password_cleartext},
    Meaning{"GSSAPI", Authentication::gssapi},
    Meaning{"GSS-SPNEGO", Authentication::gssapi},
    Meaning{"GS2-*", Authentication::gssapi},
    Meaning{"NTLM", Authentication::ntlm},
    Meaning{"MSN", Authentication::ntlm},
    Meaning{"EXTERNAL", Authentication::tls_client_cert},
};

// GSSAPI and NTLM outside their realm keep a client waiting for minutes: they come after what every user can do.
constexpr std::array preference{
    Authentication::oauth2,
    Authentication::password_encrypted,
    Authentication::password_cleartext,
    Authentication::gssapi,
    Authentication::ntlm,
    Authentication::tls_client_cert,
};

bool matches(std::string_view mechanism, std::string_view name) {
  if (!name.ends_with('*')) return equal_ignoring_case(mechanism, name);
  name.remove_suffix(1);
  return equal_ignoring_case(mechanism.substr(0, name.size()), name);
}

std::string_view first_word(std::string_view capability) { return capability.substr(0, capability.find(' ')); }

// The words of "KEYWORD A B" or "KEYWORD=A B" behind the keyword; nothing for another capability.
std::string_view behind(std::string_view capability, std::string_view keyword) {
  if (capability.size() <= keyword.size() || !equal_ignoring_case(capability.substr(0, keyword.size()), keyword))
    return {};
  const char separator = capability[keyword.size()];
  return separator == ' ' || separator == '=' ? capability.substr(keyword.size() + 1) : std::string_view{};
}

}  // namespace

std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> result;
  for (const std::string_view word : split(line, ' '))
    if (!word.empty()) result.emplace_back(word);
  return result;
}

bool has_capability(const std::vector<std::string>& capabilities, std::string_view name) {
  return std::ranges::any_of(
      capabilities, [&](const std::string& capability) { return equal_ignoring_case(first_word(capability), name); });
}

void add_mechanism(std::vector<std::string>& mechanisms, std::string name) {
  if (std::ranges::find(mechanisms, name) == mechanisms.end()) mechanisms.push_back(std::move(name));
}

std::vector<std::string> mechanisms_after(const std::vector<std::string>& capabilities, std::string_view keyword) {
  std::vector<std::string> result;
  for (const std::string& capability : capabilities)
    for (const std::string& name : words(behind(capability, keyword))) add_mechanism(result, to_upper(name));
  return result;
}

std::vector<Authentication> authentication_of(const std::vector<std::string>& mechanisms) {
  std::vector<Authentication> result;
  for (const Authentication choice : preference) {
    const bool offered = std::ranges::any_of(mechanisms, [&](const std::string& mechanism) {
      return std::ranges::any_of(
          meanings, [&](const Meaning& row) { return row.choice == choice && matches(mechanism, row.name); });
    });
    if (offered) result.push_back(choice);
  }
  return result;
}

}  // namespace mailconf
