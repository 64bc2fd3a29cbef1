// The search behind the commands that pass settings on to somebody else.
#pragma once

#include "mailconf/resolver.h"
#include "options.h"

namespace mailconf::cli {

// Perhaps written down; an interrupt ends it. The explanation goes to standard error where it was asked for.
Result<Report> searched(Resolver& resolver, const AddressOrDomain& subject, const Options& options);

// Found, and trusted as far as was asked for.
bool may_be_passed_on(const Report& report, const Options& options);
// What resolve would print, for people, and what became of it; the exit status.
int nothing_passed_on(const Report& report, const Options& options, std::string_view outcome);

// A remark on standard error.
void say(const Options& options, std::string_view sentence);

}  // namespace mailconf::cli
