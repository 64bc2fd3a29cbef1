// A long list of addresses and domains from standard input: many under way at once, each result a line.
#pragma once

#include <stop_token>

#include "options.h"

namespace mailconf::cli {

// Results go to standard output, or to the file that is resumed. The exit status: the worst of all results.
int resolve_input(const Options& options, Resolver resolver, const std::stop_token& stop);

}  // namespace mailconf::cli
