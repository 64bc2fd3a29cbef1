// Dovecot's configuration, as doveconf -a prints it: with every default.
#pragma once

#include <string_view>

#include "server/import/mail_host.h"

namespace mailconf::server {

MailPrograms read_doveconf(std::string_view text);

}  // namespace mailconf::server
