// mailconfd domain, which "mailconf domain" runs: the definitions of a store, looked after from a shell.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "mailconf/resolver.h"

namespace mailconf::server {

// Of the action "import".
struct ImportWishes {
  bool local = false;                      // this host's Dovecot and Postfix are read; operands are domains
  bool dry_run = false;                    // the definitions are printed, and nothing is changed
  bool replace = false;                    // those that are there already, too
  std::string dovecot_configuration = {};  // a file; empty: as Dovecot has it
  std::string postfix_configuration = {};  // a folder; empty: as Postfix has it
  ResolverOptions network = {};            // for domains that are looked at where they are
};

struct DomainCommand {
  std::string action;                 // "add", "import", "list", "show", "lint", "settings" or "remove"
  std::vector<std::string> operands;  // files or domains
  std::string store;                  // the URL, relative to the working folder
  std::string configuration;          // the file that has it, when `store` is empty
  ImportWishes wishes = {};
};

// What a shell sees, as of the other commands of mailconf.
constexpr int domain_done = 0;
constexpr int domain_not_there = 1;  // import: nothing is published for it
constexpr int domain_bad_input = 2;
constexpr int domain_could_not_tell = 4;  // the store cannot be read or written

// What an error means for the shell.
int status_of(const Error& error);

// Results go to `output`, problems to `errors`; but those that lint is asked for are results.
int run(const DomainCommand& command, std::ostream& output, std::ostream& errors);

}  // namespace mailconf::server
