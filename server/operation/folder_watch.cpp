#include "server/operation/folder_watch.h"

#include <array>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace mailconf::server {
namespace {

constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO;
// Files that are never quiet: after this many waits the change is told all the same.
constexpr int most_waits = 10;

}  // namespace

FolderWatch::FolderWatch(const std::vector<std::filesystem::path>& folders, std::function<void()> changed,
                         std::chrono::milliseconds quiet)
    : changed_(std::move(changed)),
      quiet_(quiet),
      changes_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)),
      end_(::eventfd(0, EFD_CLOEXEC)) {
  for (const auto& folder : folders) ::inotify_add_watch(changes_, folder.c_str(), changes);
  thread_ = std::thread([this] { watch(); });
}

FolderWatch::~FolderWatch() {
  ::eventfd_write(end_, 1);
  thread_.join();
  ::close(changes_);
  ::close(end_);
}

void FolderWatch::watch() {
  for (;;) {
    auto woken = wait(-1);
    for (int waits = 0; woken == Woken::by_change && waits < most_waits; ++waits)
      woken = wait(static_cast<int>(quiet_.count()));
    if (woken == Woken::by_end) return;
    changed_();
  }
}

// What has changed is thrown away: that something has is enough.
FolderWatch::Woken FolderWatch::wait(int milliseconds) const {
  std::array<pollfd, 2> waited{pollfd{end_, POLLIN, 0}, pollfd{changes_, POLLIN, 0}};
  const int ready = ::poll(waited.data(), waited.size(), milliseconds);
  if (waited[0].revents != 0) return Woken::by_end;
  if (ready <= 0) return Woken::by_time;
  std::array<char, 4096> events{};
  while (::read(changes_, events.data(), events.size()) > 0) {
  }
  return Woken::by_change;
}

}  // namespace mailconf::server
