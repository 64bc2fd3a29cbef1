// What the sources share in asking and in accepting.
#pragma once

#include <string>

#include "mailconf/formats.h"
#include "sources/source.h"

namespace mailconf {

Step ask(Question question);
// Nothing to ask, or nothing more to say about an answer.
Step ended(Verdict verdict);
Step ended(Outcome outcome, std::string reason);

// Settings as a finding; noted when all servers of a direction are unencrypted.
Step accept_settings(Settings settings, std::vector<Diagnostic> diagnostics = {});
// The same for a document, which third parties must have made for some domain.
Step accept_document(ReadSettings document, DomainCheck check);

// https://autoconfig.<domain>/mail/config-v1.1.xml (draft-ietf-mailmaint-autoconfig-06 §3.1).
Url autoconfig_url(const DomainName& domain);
// https://<domain>/.well-known/autoconfig/mail/config-v1.1.xml (the same, number 1.2).
Url well_known_url(const DomainName& domain);
// The database's base URL with the domain behind it.
Url ispdb_url(const Url& base, const DomainName& domain);

}  // namespace mailconf
