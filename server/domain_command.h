// mailconfd domain, which "mailconf domain" runs: the definitions of a store, looked after from a shell.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace mailconf::server {

struct DomainCommand {
  std::string action;                 // "add", "list", "show", "lint" or "remove"
  std::vector<std::string> operands;  // files or domains
  std::string store;                  // the URL, relative to the working folder
  std::string configuration;          // the file that has it, when `store` is empty
};

// What a shell sees, as of the other commands of mailconf.
constexpr int domain_done = 0;
constexpr int domain_not_there = 1;
constexpr int domain_bad_input = 2;
constexpr int domain_could_not_tell = 4;  // the store cannot be read or written

// Results go to `output`, problems to `errors`; but those that lint is asked for are results.
int run(const DomainCommand& command, std::ostream& output, std::ostream& errors);

}  // namespace mailconf::server
