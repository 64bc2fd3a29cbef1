// A resolution that shows its progress to whoever sits at the terminal.
#pragma once

#include <stop_token>

#include "mailconf/resolver.h"
#include "options.h"

namespace mailconf::cli {

Report watched_resolution(Resolver& resolver, const AddressOrDomain& subject, const Options& options,
                          std::stop_token stop);

// The same, written down.
Recorded watched_recording(Resolver& resolver, const AddressOrDomain& subject, const Options& options,
                           std::stop_token stop);

}  // namespace mailconf::cli
