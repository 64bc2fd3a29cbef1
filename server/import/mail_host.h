// What the programs of a mail host say of themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mailconf/settings.h"

namespace mailconf::server {

// A place where clients are answered, before it is known by which name.
struct MailListener {
  enum class Speaks { imap, pop3, submission, sieve };
  Speaks speaks = Speaks::imap;
  std::uint16_t port = 0;
  SocketType socket_type = SocketType::ssl;
};

struct MailPrograms {
  std::vector<MailListener> listeners;
  std::vector<Authentication> authentication;  // best first; empty when nobody is asked to sign in
  std::string username;                        // template
  std::string hostname;                        // empty when it is not said
  std::vector<DomainName> domains;             // that mail is taken for
  std::vector<std::string> remarks;            // what clients get nothing of, and why; a clause each
  std::vector<std::string> tables;             // the same of domains that are not read
};

// "127.0.0.1", "::1", "[::1]", "localhost" …: nobody comes there from outside.
bool is_loopback(const std::string& address);

// Separated by white space and commas.
std::vector<std::string> words_of(const std::string& text);

}  // namespace mailconf::server
