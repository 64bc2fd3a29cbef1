// The Dovecot and Postfix of this host, asked by doveconf and postconf.
#pragma once

#include <string>
#include <vector>

#include "server/domain_command.h"
#include "server/import/imported.h"
#include "server/import/mail_host.h"

namespace mailconf::server {

// One definition for the domains, which must be names; where there is none, for those that Postfix takes mail for.
void import_local_host(const std::vector<std::string>& domains, const ImportWishes& wishes, Imports& imports);

// What clients of both may use, under the name of the host: IMAP before POP3, and TLS before STARTTLS.
Settings settings_of(const std::string& hostname, const MailPrograms& dovecot, const MailPrograms& postfix);

}  // namespace mailconf::server
