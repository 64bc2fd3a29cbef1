// Domain names and e-mail addresses, parsed once at the edge.
//
// All types are values: copyable, comparable, safe to share between threads.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "mailconf/result.h"

namespace mailconf {

// A fully qualified DNS host name: at least two labels, letters, digits and hyphens (RFC 1123 §2.1),
// held as lower-case A-labels (RFC 5890 §2.3.2.1) without a trailing dot.
class DomainName {
 public:
  // Accepts U-labels, any letter case and one trailing dot. Refuses address literals, single labels,
  // underscores, empty or over-long labels (63 octets) and names (253 octets).
  static Result<DomainName> parse(std::string_view text);

  [[nodiscard]] const std::string& ascii() const { return ascii_; }
  // U-labels for people; the A-label form where a label does not convert or could be taken for another.
  [[nodiscard]] std::string unicode() const;

  // Equal to `other` or below it: "imap.example.org" is within "example.org".
  [[nodiscard]] bool within(const DomainName& other) const;
  // Without the first label, or nothing when fewer than two labels would remain.
  [[nodiscard]] std::optional<DomainName> parent() const;
  // One label put in front; `label` must be a valid label.
  [[nodiscard]] DomainName child(std::string_view label) const;

  auto operator<=>(const DomainName&) const = default;

 private:
  explicit DomainName(std::string ascii) : ascii_(std::move(ascii)) {}
  std::string ascii_;
};

// The name that a registrant controls, by the Public Suffix List: "example.co.uk" for
// "imap.example.co.uk". Nothing for a public suffix itself.
std::optional<DomainName> registrable_domain(const DomainName& name);
// Both have the same registrable domain.
bool same_registrable_domain(const DomainName& a, const DomainName& b);

// local-part@domain (RFC 5321 §4.1.2), split at the last "@". The local part keeps its letter case and,
// when quoted, its quotes. Address literals are refused: no source can say anything about them.
class EmailAddress {
 public:
  static Result<EmailAddress> parse(std::string_view text);

  [[nodiscard]] const std::string& local_part() const { return local_part_; }
  [[nodiscard]] const DomainName& domain() const { return domain_; }
  // The address with the domain as A-labels.
  [[nodiscard]] std::string text() const { return local_part_ + "@" + domain_.ascii(); }

  auto operator<=>(const EmailAddress&) const = default;

 private:
  EmailAddress(std::string local_part, DomainName domain)
      : local_part_(std::move(local_part)), domain_(std::move(domain)) {}
  std::string local_part_;
  DomainName domain_;
};

}  // namespace mailconf
