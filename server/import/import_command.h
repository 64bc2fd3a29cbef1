// mailconf domain import: definitions from what others have written, or from what is there.
#pragma once

#include <iosfwd>

#include "server/domain_command.h"
#include "server/store/editor.h"

namespace mailconf::server {

// `editor` is null when a dry run has no store to look at: then nothing is known to be defined already. Exit status as
// that of domain add; 1 when nothing is published for a domain, and of several the highest.
int import_definitions(const DomainCommand& command, Editor* editor, std::ostream& output, std::ostream& errors);

}  // namespace mailconf::server
