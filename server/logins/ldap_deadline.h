// When a conversation with a directory must be over. libldap bounds how long it waits for an answer to begin, but
// neither a TLS handshake nor an answer that comes octet by octet.
#pragma once

#include <chrono>

struct sockbuf;

namespace mailconf::server {

class LdapDeadline {
 public:
  LdapDeadline() = default;
  LdapDeadline(const LdapDeadline&) = delete;
  LdapDeadline& operator=(const LdapDeadline&) = delete;

  // Whatever is read from now on by way of the buffer, which must not be connected yet. Outlives it.
  bool watch(sockbuf* buffer);
  void set(std::chrono::milliseconds from_now) { at_ = std::chrono::steady_clock::now() + from_now; }

  // Waits until there is something to read, or the deadline; then false.
  [[nodiscard]] bool wait(int descriptor) const;

 private:
  std::chrono::steady_clock::time_point at_;
};

}  // namespace mailconf::server
