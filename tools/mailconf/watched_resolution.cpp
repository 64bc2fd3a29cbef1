#include "watched_resolution.h"

#include <unistd.h>

#include "live_view.h"
#include "terminal.h"

namespace mailconf::cli {

namespace {

// What `work` makes of an observer that shows the progress to whoever sits at the terminal.
template <class Work>
auto watched(const Options& options, const Work& work) {
  const Terminal progress = terminal(STDERR_FILENO);
  const auto sink = [](std::string_view text) { write_all(STDERR_FILENO, text); };
  LiveView view(style_for(progress, options.color), progress.height - 1, sink);
  return work(progress.attached && !options.quiet ? view.observer() : Observer{});
}

}  // namespace

Report watched_resolution(Resolver& resolver, const AddressOrDomain& subject, const Options& options,
                          std::stop_token stop) {
  return watched(options, [&](const Observer& observer) {
    return std::visit([&](const auto& each) { return resolver.resolve(each, observer, stop); }, subject);
  });
}

Recorded watched_recording(Resolver& resolver, const AddressOrDomain& subject, const Options& options,
                           std::stop_token stop) {
  return watched(options, [&](const Observer& observer) { return resolver.record(subject, observer, stop); });
}

}  // namespace mailconf::cli
