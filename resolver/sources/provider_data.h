// Provider facts shipped with the library, looked up without being parsed as a whole.
#pragma once

#include <optional>
#include <string_view>

#include "mailconf/address.h"
#include "mailconf/result.h"
#include "mailconf/settings.h"

namespace mailconf {

// Two texts: `domains`, sorted lines "domain TAB line number of the provider", and `providers`, one JSON object a line.
// Both must outlive this.
class ProviderData {
 public:
  ProviderData(std::string_view domains, std::string_view providers);
  // The settings for an e-mail domain or an MX domain, or nothing when it is not listed.
  [[nodiscard]] std::optional<Settings> find(const DomainName& domain) const;

  // The data compiled into the library.
  static const ProviderData& builtin();

 private:
  std::string_view domains_;
  std::string_view providers_;
};

}  // namespace mailconf
