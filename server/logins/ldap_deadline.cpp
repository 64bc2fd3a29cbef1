#include "server/logins/ldap_deadline.h"

#include <algorithm>
#include <cerrno>
#include <ldap.h>
#include <poll.h>

namespace mailconf::server {
namespace {

int begin_layer(Sockbuf_IO_Desc* layer, void* deadline) {
  layer->sbiod_pvt = deadline;
  return 0;
}

int pass_on(Sockbuf_IO_Desc* layer, int option, void* argument) {
  return LBER_SBIOD_CTRL_NEXT(layer, option, argument);
}

// Not EAGAIN, after which libldap would begin again.
ber_slen_t read_in_time(Sockbuf_IO_Desc* layer, void* octets, ber_len_t length) {
  int descriptor = -1;
  ber_sockbuf_ctrl(layer->sbiod_sb, LBER_SB_OPT_GET_FD, &descriptor);
  if (!static_cast<const LdapDeadline*>(layer->sbiod_pvt)->wait(descriptor)) {
    errno = ETIMEDOUT;
    return -1;
  }
  return LBER_SBIOD_READ_NEXT(layer, octets, length);
}

ber_slen_t write_on(Sockbuf_IO_Desc* layer, void* octets, ber_len_t length) {
  return LBER_SBIOD_WRITE_NEXT(layer, octets, length);
}

Sockbuf_IO in_time{begin_layer, nullptr, pass_on, read_in_time, write_on, nullptr};

// Above the socket, below TLS.
constexpr int level_of_deadline = (LBER_SBIOD_LEVEL_PROVIDER + LBER_SBIOD_LEVEL_TRANSPORT) / 2;

}  // namespace

bool LdapDeadline::watch(sockbuf* buffer) { return ber_sockbuf_add_io(buffer, &in_time, level_of_deadline, this) == 0; }

bool LdapDeadline::wait(int descriptor) const {
  using std::chrono::ceil;
  using std::chrono::milliseconds;
  pollfd waiting{descriptor, POLLIN, 0};
  for (;;) {
    const auto left = ceil<milliseconds>(at_ - std::chrono::steady_clock::now()).count();
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace mailconf::server
