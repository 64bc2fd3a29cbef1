// One name server: a c-ares channel on the loop.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "network/address_policy.h"
#include "network/dns_message.h"
#include "network/event_loop.h"

struct ares_channeldata;

namespace mailconf {

class NameServer {
 public:
  // Failures are of kind dns_failure, dns_timeout, refused (nothing listens there) or offline (no way to it).
  using Replied = std::function<void(const tl::expected<DnsAnswer, Failure>&)>;

  NameServer(EventLoop& loop, Endpoint endpoint);
  ~NameServer();
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;

  // Repeats the question when no reply comes, and repeats it over TCP when the reply is truncated.
  void ask(NameType type, const std::string& name, Replied replied);
  // No reply is wanted any more: closes the sockets.
  void drop_all();

 private:
  struct Asked;
  static void on_reply(void* asked, int status, int timeouts, unsigned char* bytes, int size);
  void on_socket(int descriptor, bool read, bool write);
  void process(int readable, int writable);
  void set_timer();
  [[nodiscard]] tl::expected<DnsAnswer, Failure> judge(NameType type, int status, std::string_view bytes) const;

  EventLoop& loop_;
  Endpoint endpoint_;
  std::map<int, std::unique_ptr<Subscription>> watched_;
  std::unique_ptr<Subscription> timer_;
  ares_channeldata* channel_ = nullptr;
};

// Those of the system's configuration.
std::vector<Endpoint> system_name_servers();

}  // namespace mailconf
