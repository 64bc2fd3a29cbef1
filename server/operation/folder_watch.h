// Tells that files in some folders have changed, once they are quiet again: editors and renewals write in several
// steps. By inotify(7) itself: Poco's DirectoryWatcher begins to watch at some moment after it was made.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

namespace mailconf::server {

class FolderWatch {
 public:
  // Every change from now on is told, by a call of `changed` from the thread of the watch. Folders that are not there
  // are not watched.
  FolderWatch(const std::vector<std::filesystem::path>& folders, std::function<void()> changed,
              std::chrono::milliseconds quiet = std::chrono::milliseconds(200));
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

 private:
  enum class Woken { by_change, by_time, by_end };

  void watch();
  [[nodiscard]] Woken wait(int milliseconds) const;

  const std::function<void()> changed_;
  const std::chrono::milliseconds quiet_;
  const int changes_;
  const int end_;
  std::thread thread_;
};

}  // namespace mailconf::server
