// A resolution that shows its progress to whoever sits at the terminal.
#pragma once

#include <stop_token>
#include <variant>

#include "mailconf/resolver.h"
#include "options.h"

namespace mailconf::cli {

using Subject = std::variant<EmailAddress, DomainName>;

Report watched_resolution(Resolver& resolver, const Subject& subject, const Options& options, std::stop_token stop);

}  // namespace mailconf::cli
