// What systemd does for a service and wants to know of it (sd_notify(3), sd_listen_fds(3), sd_watchdog_enabled(3)).
// Without systemd nothing happens.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/result.h"

namespace mailconf::server {

// A socket that listens already, for the addresses of [server] or [admin] with that name: "http", "https", "admin".
struct InheritedSocket {
  std::string name;
  int descriptor;
};

// A socket without a name is for http; another name than those three is an error.
Result<std::vector<InheritedSocket>> inherited_sockets();

enum class ServiceState { ready, reloading, stopping, alive };
void tell_service_manager(ServiceState state);

// How often `alive` must be told; nothing when nobody watches.
std::optional<std::chrono::milliseconds> watchdog_period();

}  // namespace mailconf::server
