// The words of "mailconfd dns".
#pragma once

#include "server/zone/dns_command.h"

namespace CLI {
class App;
}

namespace mailconf::server {

// What is typed is found in `command`, which must outlive the parsing.
void add_dns_command(CLI::App& app, DnsCommand& command);

}  // namespace mailconf::server
