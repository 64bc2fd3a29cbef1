#include "server/operation/service_manager.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/core.h>
#include <systemd/sd-daemon.h>
#include <time.h>

namespace mailconf::server {
namespace {

constexpr std::array<std::string_view, 3> socket_names{"http", "https", "admin"};
// What sd_listen_fds_with_names() says of a socket that has no name of its own.
constexpr std::string_view no_name = "unknown";

std::string name_of(const char* name) {
  const std::string_view text = name == nullptr ? no_name : name;
  // A socket unit without FileDescriptorName= passes its own name.
  return text == no_name || text.ends_with(".socket") ? "http" : std::string(text);
}

// systemd tells two readings of a clock apart by it (sd_notify(3), RELOADING=1).
std::string monotonic_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::to_string(now.tv_sec * 1'000'000 + now.tv_nsec / 1'000);
}

std::string words(ServiceState state) {
  switch (state) {
    case ServiceState::ready:
      return "READY=1";
    case ServiceState::reloading:
      return "RELOADING=1\nMONOTONIC_USEC=" + monotonic_microseconds();
    case ServiceState::stopping:
      return "STOPPING=1";
    case ServiceState::alive:
      return "WATCHDOG=1";
  }
  return "";
}

}  // namespace

Result<std::vector<InheritedSocket>> inherited_sockets() {
  char** texts = nullptr;
  const int count = sd_listen_fds_with_names(1, &texts);
  std::vector<InheritedSocket> sockets;
  for (int i = 0; i < count; ++i) {
    sockets.push_back({name_of(texts == nullptr ? nullptr : texts[i]), SD_LISTEN_FDS_START + i});
    if (texts != nullptr) std::free(texts[i]);
  }
  std::free(texts);
  for (const auto& socket : sockets) {
    if (std::ranges::find(socket_names, socket.name) == socket_names.end())
      return fail(ErrorCode::bad_option, "FileDescriptorName",
                  fmt::format("must be http, https or admin, not \"{}\"", socket.name));
  }
  return sockets;
}

void tell_service_manager(ServiceState state) { sd_notify(0, words(state).c_str()); }

std::optional<std::chrono::milliseconds> watchdog_period() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  // Half of it, as sd_watchdog_enabled(3) advises.
  return std::chrono::milliseconds(microseconds / 2 / 1000);
}

}  // namespace mailconf::server
