// The words of "mailconfd domain".
#pragma once

#include "server/domain_command.h"

namespace CLI {
class App;
}

namespace mailconf::server {

// What is typed is found in `command`, which must outlive the parsing.
void add_domain_command(CLI::App& app, DomainCommand& command);

}  // namespace mailconf::server
