#include "network/failures.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fmt/core.h>
#include <string_view>
#include <system_error>

namespace mailconf {
namespace {

struct Row {
  int error;
  FailureKind kind;
  std::string_view words;
};

constexpr std::array table{
    Row{ECONNREFUSED, FailureKind::refused, "connection refused"},
    Row{ETIMEDOUT, FailureKind::timed_out, "no answer"},
    Row{ECONNRESET, FailureKind::closed, "connection reset by the server"},
    Row{EPIPE, FailureKind::closed, "connection closed by the server"},
    Row{ECONNABORTED, FailureKind::closed, "connection aborted"},
    Row{ENETUNREACH, FailureKind::unreachable, "no route to that network"},
    Row{EHOSTUNREACH, FailureKind::unreachable, "no route to that host"},
    Row{ENETDOWN, FailureKind::unreachable, "the network is down"},
    Row{EHOSTDOWN, FailureKind::unreachable, "the host is down"},
    Row{EADDRNOTAVAIL, FailureKind::unreachable, "no local address for that network"},
    Row{EAFNOSUPPORT, FailureKind::unreachable, "this machine does not speak that address family"},
    Row{EACCES, FailureKind::unreachable, "prohibited by a firewall"},
    Row{EPERM, FailureKind::unreachable, "prohibited by a firewall"},
    Row{EMFILE, FailureKind::unreachable, "this program has too many open files"},
    Row{ENFILE, FailureKind::unreachable, "this machine has too many open files"},
};

}  // namespace

Failure socket_failure(int error, const std::string& where) {
  const auto* row = std::find_if(table.begin(), table.end(), [&](const Row& r) { return r.error == error; });
  if (row != table.end()) return {row->kind, fmt::format("{}: {}", where, row->words)};
  return {FailureKind::unreachable, fmt::format("{}: {}", where, std::generic_category().message(error))};
}

}  // namespace mailconf
