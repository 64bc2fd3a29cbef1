// Asking a database or a directory under which name somebody signs in: a seam, so that tests have people of their own.
#pragma once

#include <optional>
#include <string>

#include "mailconf/address.h"
#include "mailconf/result.h"

namespace mailconf::server {

class LoginLookup {
 public:
  virtual ~LoginLookup() = default;
  // Nothing when nobody has the address; an error when that cannot be told. What the error says holds nothing of the
  // address, for it gets into the log. Safe from any thread; may take seconds.
  virtual Result<std::optional<std::string>> look_up(const EmailAddress& address) = 0;
};

}  // namespace mailconf::server
