// Postfix's configuration, as postconf prints it.
#pragma once

#include <string_view>
#include <vector>

#include "server/import/mail_host.h"

namespace mailconf::server {

// The parameters of main.cf that are read.
std::vector<std::string> postfix_parameters();

// `main`: "postconf -x" of those; `services`: "postconf -M"; `overrides`: "postconf -x -P", what -o says in master.cf.
// Mechanisms are told when they do not come from Dovecot.
MailPrograms read_postconf(std::string_view main, std::string_view services, std::string_view overrides);

}  // namespace mailconf::server
