#include "watched_resolution.h"

#include <unistd.h>

#include "live_view.h"
#include "terminal.h"

namespace mailconf::cli {

Report watched_resolution(Resolver& resolver, const AddressOrDomain& subject, const Options& options,
                          std::stop_token stop) {
  const Terminal progress = terminal(STDERR_FILENO);
  const auto sink = [](std::string_view text) { write_all(STDERR_FILENO, text); };
  LiveView view(style_for(progress, options.color), progress.height - 1, sink);
  const Observer observer = progress.attached && !options.quiet ? view.observer() : Observer{};
  return std::visit([&](const auto& each) { return resolver.resolve(each, observer, stop); }, subject);
}

}  // namespace mailconf::cli
