#include <algorithm>
#include <fmt/core.h>
#include <idn2.h>
#include <libpsl.h>
#include <memory>

#include "mailconf/address.h"
#include "model/confusable.h"
#include "model/host.h"
#include "model/text.h"

namespace mailconf {
namespace {

constexpr std::size_t longest_label = 63;  // RFC 1035 §2.3.4
constexpr std::size_t longest_name = 253;
// U-labels take more octets than A-labels, but never this many; keeps the conversion cheap for hostile input.
constexpr std::size_t longest_input = 1024;

using Idn2Text = std::unique_ptr<char, decltype(&idn2_free)>;

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Unicode names by UTS #46, non-transitional, as browsers do. Plain names are left to check_labels(): names such as
// "r3---a.example.org" are in use although IDNA refuses them.
std::optional<std::string> to_a_labels(std::string_view text) {
  if (is_ascii(text)) return to_lower(text);
  if (text.find('\0') != text.npos || valid_utf8(text) != text) return std::nullopt;
  const std::string terminated(text);
  std::uint8_t* converted = nullptr;
  const int flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES;
  const int outcome = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(terminated.c_str()), &converted, flags);
  const Idn2Text owner(reinterpret_cast<char*>(converted), idn2_free);
  if (outcome != IDN2_OK) return std::nullopt;
  return to_lower(owner.get());
}

// What is wrong with a label (RFC 1123 §2.1), or nothing.
std::string_view fault_of_label(std::string_view label) {
  if (label.empty()) return "it has an empty label";
  if (label.size() > longest_label) return "a label is longer than 63 octets";
  if (label.front() == '-' || label.back() == '-') return "a label begins or ends with a hyphen";
  const auto allowed = [](char c) { return is_alphanumeric(c) || c == '-'; };
  if (!std::ranges::all_of(label, allowed)) return "it holds a character other than letters, digits, hyphens and dots";
  return {};
}

bool is_number(std::string_view label) {
  if (label.starts_with("0x")) return label.find_first_not_of("0123456789abcdef", 2) == label.npos;
  return label.find_first_not_of("0123456789") == label.npos;
}

std::string_view fault_of_name(std::string_view name) {
  if (name.size() > longest_name) return "it is longer than 253 octets";
  const auto labels = split(name, '.');
  for (const auto label : labels) {
    if (const auto fault = fault_of_label(label); !fault.empty()) return fault;
  }
  return is_number(labels.back()) ? "it ends in a number, as an address does" : "";
}

tl::unexpected<Error> no_domain_name(std::string_view text, std::string_view why) {
  return fail(ErrorCode::bad_address, "", fmt::format("\"{}\" is no domain name: {}", printable(text, 80), why));
}

const psl_ctx_t* public_suffixes() {
  // The system's list where it is newer than the one compiled into libpsl; read once.
  static const psl_ctx_t* const list = psl_latest(nullptr);
  return list;
}

std::string unicode_label(std::string_view label, bool latin_top_level) {
  if (!label.starts_with("xn--")) return std::string(label);
  char* converted = nullptr;
  const int outcome = idn2_to_unicode_8z8z(std::string(label).c_str(), &converted, 0);
  const Idn2Text owner(converted, idn2_free);
  const bool shown = outcome == IDN2_OK && !could_mislead(owner.get(), latin_top_level);
  return shown ? owner.get() : std::string(label);
}

}  // namespace

Result<std::string> ascii_host_name(std::string_view text) {
  if (text.empty()) return fail(ErrorCode::bad_address, "", "the domain name is empty");
  if (text.size() > longest_input) return no_domain_name(text, "it is longer than 253 octets");
  auto ascii = to_a_labels(text);
  if (!ascii) return no_domain_name(text, "it cannot be written in A-labels");
  if (ascii->ends_with('.')) ascii->pop_back();
  if (const auto fault = fault_of_name(*ascii); !fault.empty()) return no_domain_name(text, fault);
  return *std::move(ascii);
}

Result<DomainName> DomainName::parse(std::string_view text) {
  if (is_address_literal(text)) return no_domain_name(text, "it is an IP address");
  auto ascii = ascii_host_name(text);
  if (!ascii) return tl::unexpected(std::move(ascii).error());
  if (ascii->find('.') == ascii->npos) return no_domain_name(text, "it has a single label");
  return DomainName(*std::move(ascii));
}

std::string DomainName::unicode() const {
  const auto labels = split(ascii_, '.');
  const bool latin_top_level = !labels.back().starts_with("xn--");
  std::string result;
  for (const auto label : labels) {
    if (!result.empty()) result += '.';
    result += unicode_label(label, latin_top_level);
  }
  return result;
}

bool DomainName::within(const DomainName& other) const {
  if (!ascii_.ends_with(other.ascii_)) return false;
  const auto rest = ascii_.size() - other.ascii_.size();
  return rest == 0 || ascii_[rest - 1] == '.';
}

std::optional<DomainName> DomainName::parent() const {
  auto rest = ascii_.substr(ascii_.find('.') + 1);
  if (rest.find('.') == rest.npos) return std::nullopt;
  return DomainName(std::move(rest));
}

DomainName DomainName::child(std::string_view label) const { return DomainName(std::string(label) + "." + ascii_); }

std::optional<DomainName> registrable_domain(const DomainName& name) {
  const char* const registrable = psl_registrable_domain(public_suffixes(), name.ascii().c_str());
  if (registrable == nullptr) return std::nullopt;
  auto parsed = DomainName::parse(registrable);
  if (!parsed) return std::nullopt;
  return *std::move(parsed);
}

bool same_registrable_domain(const DomainName& a, const DomainName& b) {
  if (a == b) return true;
  const auto registrable = registrable_domain(a);
  return registrable && registrable == registrable_domain(b);
}

}  // namespace mailconf
