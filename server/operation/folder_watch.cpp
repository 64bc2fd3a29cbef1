#include "server/operation/folder_watch.h"

#include <Poco/Delegate.h>

namespace mailconf::server {
namespace {

// Nobody's files are never quiet: after this many waits the change is told all the same.
constexpr int most_waits = 10;

}  // namespace

FolderWatch::FolderWatch(const std::vector<std::filesystem::path>& folders, std::function<void()> changed,
                         std::chrono::milliseconds quiet)
    : changed_(std::move(changed)), quiet_(quiet) {
  for (const auto& folder : folders) {
    if (!std::filesystem::is_directory(folder)) continue;
    auto& watcher = watchers_.emplace_back(std::make_unique<Poco::DirectoryWatcher>(folder.string()));
    for (auto* event : {&watcher->itemAdded, &watcher->itemRemoved, &watcher->itemModified, &watcher->itemMovedFrom,
                        &watcher->itemMovedTo})
      *event += Poco::delegate(this, &FolderWatch::on_event);
  }
  teller_ = std::jthread([this](const std::stop_token& stop) { tell_when_quiet(stop); });
}

FolderWatch::~FolderWatch() {
  watchers_.clear();
  teller_.request_stop();
}

void FolderWatch::on_event(const Poco::DirectoryWatcher::DirectoryEvent&) {
  const std::lock_guard lock(mutex_);
  ++events_;
  wake_.notify_all();
}

void FolderWatch::tell_when_quiet(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  unsigned told = 0;
  while (wake_.wait(lock, stop, [&] { return events_ != told; })) {
    for (int waits = 0; waits < most_waits && told != events_; ++waits) {
      told = events_;
      wake_.wait_for(lock, stop, quiet_, [&] { return false; });
    }
    told = events_;
    if (stop.stop_requested()) return;
    lock.unlock();
    changed_();
    lock.lock();
  }
}

}  // namespace mailconf::server
