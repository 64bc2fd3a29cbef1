// Provider facts shipped with the library, looked up without being parsed as a whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/report.h"
#include "mailconf/result.h"
#include "mailconf/settings.h"

namespace mailconf {

// Lines sorted by octets, "key TAB …", but for the settings. All must outlive whoever reads them.
struct ProviderTexts {
  std::string_view domains = {};   // domain, line number of its provider in `settings`
  std::string_view settings = {};  // one JSON object a line
  std::string_view sign_in = {};   // host, issuer, authURL, tokenURL, scope
  std::string_view notes = {};     // domain, kinds between commas, page, month of the last look
  std::string_view dated = {};     // when the settings were collected, "2026-03-12"
  std::string_view gateways = {};  // domain of MX hosts, name
};

class ProviderData {
 public:
  explicit ProviderData(const ProviderTexts& texts) : texts_(texts) {}
  // The settings for an e-mail domain or an MX domain, or nothing when it is not listed.
  [[nodiscard]] std::optional<Settings> find(const DomainName& domain) const;
  // Who gives out tokens for a mail server: by its name, or the nearest name above it that is listed.
  [[nodiscard]] std::optional<OAuth2> sign_in(const DomainName& host) const;
  // What its users have to do or to know first, for an e-mail domain or an MX domain.
  [[nodiscard]] std::vector<Hint> notes(const DomainName& domain) const;
  // Whose mail filter an MX host is. Behind it, the mail goes on to a host that it says nothing about.
  [[nodiscard]] std::optional<std::string> gateway(const DomainName& host) const;

  // When the settings were collected: "2026-03-12", or empty.
  [[nodiscard]] std::string_view dated() const { return texts_.dated.substr(0, texts_.dated.find('\n')); }

  // The data compiled into the library.
  static const ProviderData& builtin();

 private:
  ProviderTexts texts_;
};

}  // namespace mailconf
