// What goes into a file: one server each way, chosen for one program.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exports/targets.h"

namespace mailconf::exports {

enum class Login { password, oauth2, none };

struct Endpoint {
  FoundServer found;
  Login login = Login::password;
};

struct Account {
  const Target& target;
  const Configuration& configuration;
  const EmailAddress& address;
  const ExportOptions& options;
  std::optional<Endpoint> incoming;
  std::optional<Endpoint> outgoing;
  bool complete = true;
  std::vector<std::string> remarks;

  // The address as a name for files and sections: letters, digits and a few marks that mean nothing anywhere.
  [[nodiscard]] std::string name() const;
};

Result<Account> choose_account(const Target& target, const Configuration& configuration, const EmailAddress& address,
                               const ExportOptions& options);

}  // namespace mailconf::exports
