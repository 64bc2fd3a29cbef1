// Tells that files in some folders have changed, once they are quiet again: editors and renewals write in several
// steps.
#pragma once

#include <Poco/DirectoryWatcher.h>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace mailconf::server {

class FolderWatch {
 public:
  // `changed` is called from a thread of the watch. Folders that are not there are not watched.
  FolderWatch(const std::vector<std::filesystem::path>& folders, std::function<void()> changed,
              std::chrono::milliseconds quiet = std::chrono::milliseconds(200));
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

 private:
  void on_event(const Poco::DirectoryWatcher::DirectoryEvent& event);
  void tell_when_quiet(const std::stop_token& stop);

  const std::function<void()> changed_;
  const std::chrono::milliseconds quiet_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  unsigned events_ = 0;
  std::vector<std::unique_ptr<Poco::DirectoryWatcher>> watchers_;
  std::jthread teller_;
};

}  // namespace mailconf::server
