// Provider facts shipped with the library, looked up without being parsed as a whole.
#pragma once

#include <optional>
#include <string_view>

#include "mailconf/address.h"
#include "mailconf/result.h"
#include "mailconf/settings.h"

namespace mailconf {

// Three texts, which must outlive this: `domains`, sorted lines "domain TAB line number of the provider"; `providers`,
// one JSON object a line; `sign_in`, sorted lines of "host TAB issuer TAB authURL TAB tokenURL TAB scope".
class ProviderData {
 public:
  ProviderData(std::string_view domains, std::string_view providers, std::string_view sign_in = {});
  // The settings for an e-mail domain or an MX domain, or nothing when it is not listed.
  [[nodiscard]] std::optional<Settings> find(const DomainName& domain) const;
  // Who gives out tokens for a mail server: by its name, or the nearest name above it that is listed.
  [[nodiscard]] std::optional<OAuth2> sign_in(const DomainName& host) const;

  // The data compiled into the library.
  static const ProviderData& builtin();

 private:
  std::string_view domains_;
  std::string_view providers_;
  std::string_view sign_in_;
};

}  // namespace mailconf
