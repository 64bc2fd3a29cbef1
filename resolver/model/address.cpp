#include "mailconf/address.h"

#include <algorithm>

#include "model/text.h"

namespace mailconf {
namespace {

constexpr std::size_t longest_local_part = 64;  // RFC 5321 §4.5.3.1.1
constexpr std::size_t longest_address = 254;    // RFC 5321 §4.5.3.1.3, without the angle brackets

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Atoms with dots. Dots at the ends and in a row break RFC 5321 §4.1.2; Japanese mobile providers gave out such
// addresses.
std::string_view fault_of_atoms(std::string_view text) {
  for (const char c : text) {
    if (c == '@') return "it has more than one @";
    if (c == ' ' || c == '\t') return "it holds a space";
    if (is_control(c)) return "it holds a control character";
    if (std::string_view("()<>[]:;\\,\"").find(c) != std::string_view::npos)
      return "the part before the @ holds a character that must be quoted";
  }
  return {};
}

// Quoted-string of RFC 5321 §4.1.2: the closing quote is the last character, and no other one stands unescaped.
std::string_view fault_of_quoted(std::string_view text) {
  constexpr std::string_view open_end = "the quotes before the @ are not balanced";
  if (text.size() < 2 || text.back() != '"') return open_end;
  if (text.size() == 2) return "nothing stands between the quotes";
  const auto inner = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (is_control(inner[i])) return "it holds a control character";
    if (inner[i] == '"') return open_end;
    if (inner[i] == '\\' && ++i == inner.size()) return open_end;
  }
  return {};
}

std::string_view fault_of_local_part(std::string_view text) {
  if (text.empty()) return "nothing stands before the @";
  if (text.size() > longest_local_part) return "the part before the @ is longer than 64 octets";
  if (valid_utf8(text) != text) return "it is not valid UTF-8";
  return text.front() == '"' ? fault_of_quoted(text) : fault_of_atoms(text);
}

tl::unexpected<Error> no_address(std::string_view text, std::string_view why) {
  return fail(ErrorCode::bad_address, "", "\"" + printable(text, 80) + "\" is no e-mail address: " + std::string(why));
}

}  // namespace

Result<EmailAddress> EmailAddress::parse(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == text.npos) return no_address(text, "it has no @");
  const auto domain_text = text.substr(at + 1);
  if (const auto fault = fault_of_local_part(text.substr(0, at)); !fault.empty()) return no_address(text, fault);
  if (domain_text.empty()) return no_address(text, "nothing stands behind the @");
  if (domain_text.starts_with('[')) return no_address(text, "an address literal has no mail domain to ask about");
  if (domain_text.ends_with('.')) return no_address(text, "the domain ends with a dot");
  auto domain = DomainName::parse(domain_text);
  if (!domain) return no_address(text, domain.error().message);
  EmailAddress address(std::string(text.substr(0, at)), *std::move(domain));
  if (address.text().size() > longest_address) return no_address(text, "it is longer than 254 octets");
  return address;
}

}  // namespace mailconf
