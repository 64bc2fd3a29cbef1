#include "protocol/mechanisms.h"

#include <algorithm>
#include <array>
#include <optional>

#include "model/sasl.h"
#include "model/text.h"
#include "protocol/probe_dialogue.h"

namespace mailconf {
namespace {

// GSSAPI and NTLM outside their realm keep a client waiting for minutes: they come after what every user can do.
constexpr std::array preference{
    Authentication::oauth2,
    Authentication::password_encrypted,
    Authentication::password_cleartext,
    Authentication::gssapi,
    Authentication::ntlm,
    Authentication::tls_client_cert,
};

// Mechanisms of SASL, and the two commands of POP3 that sign in without it.
std::optional<Authentication> choice_of(std::string_view mechanism) {
  if (equal_ignoring_case(mechanism, "USER")) return Authentication::password_cleartext;
  if (equal_ignoring_case(mechanism, "APOP")) return Authentication::password_encrypted;
  return authentication_of_mechanism(mechanism);
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
    const bool offered =
        std::ranges::any_of(mechanisms, [&](const std::string& mechanism) { return choice_of(mechanism) == choice; });
    if (offered) result.push_back(choice);
  }
  return result;
}

}  // namespace mailconf
