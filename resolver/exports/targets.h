// The one table of programs.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "exports/escapes.h"
#include "mailconf/export.h"

namespace mailconf::exports {

struct Account;

enum class Need { none, wanted, needed };
enum class Starttls {
  demanded,  // no connection when the server does not offer it
  by_port,   // TLS is demanded, the port says which way: the standard ports only
  unsafe,    // not offered, or used only where the server offers it
};
enum class TokenSource { none, command, program };  // of OAuth2

enum class Comments {
  none,
  hash,  // lines that begin with a number sign
  xml,
};

struct Quoting {
  Escape value = nullptr;
  Escape command = nullptr;  // none: the program takes no password command
  Escape path = nullptr;     // none: the program takes no file of certificates
  Escape address = nullptr;  // none: as any value
};

struct Target {
  std::string_view name;
  std::string_view summary;
  Need reading;
  Need sending;
  bool pop3;
  Starttls starttls;
  TokenSource oauth2;
  Quoting quoting;
  Comments comments;
  // None: the template of that name.
  Result<std::string> (*write)(const Account& account) = nullptr;
};

std::span<const Target> targets();
const Target* find_target(std::string_view name);

}  // namespace mailconf::exports
