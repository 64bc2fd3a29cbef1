#include "network/name_server.h"

#include <ares.h>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fmt/core.h>
#include <new>
#include <openssl/rand.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "network/failures.h"

namespace mailconf {
namespace {

// Doubled with each repetition: 0.4 + 0.8 + 1.6 + 3.2 s.
constexpr int first_timeout_ms = 400;
constexpr int tries = 4;

std::uint16_t random_id() {
  std::array<unsigned char, 2> octets{};
  if (RAND_bytes(octets.data(), static_cast<int>(octets.size())) != 1) throw std::bad_alloc();
  return static_cast<std::uint16_t>(octets[0] << 8 | octets[1]);
}

// RFC 4035 §4.9.3: the AD bit counts only over a channel that nobody else can write to.
bool is_on_this_machine(const Endpoint& endpoint) {
  return endpoint.address.starts_with("127.") || endpoint.address == "::1";
}

// The errno with which datagrams to the endpoint do not even leave this machine, or 0. Sends nothing.
int error_on_the_way(const Endpoint& endpoint) {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  const bool is_v4 = inet_pton(AF_INET, endpoint.address.c_str(), &v4.sin_addr) == 1;
  inet_pton(AF_INET6, endpoint.address.c_str(), &v6.sin6_addr);
  v4.sin_family = AF_INET;
  v6.sin6_family = AF_INET6;
  v4.sin_port = v6.sin6_port = htons(endpoint.port);
  const auto* address = is_v4 ? reinterpret_cast<const sockaddr*>(&v4) : reinterpret_cast<const sockaddr*>(&v6);
  const auto size = static_cast<socklen_t>(is_v4 ? sizeof v4 : sizeof v6);
  const int descriptor = ::socket(address->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return errno;
  const int error = ::connect(descriptor, address, size) == 0 ? 0 : errno;
  ::close(descriptor);
  return error;
}

Endpoint endpoint_of(const ares_addr_port_node& server) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(server.family, &server.addr, text.data(), static_cast<socklen_t>(text.size()));
  return {text.data(), server.udp_port == 0 ? dns_port : static_cast<std::uint16_t>(server.udp_port)};
}

}  // namespace

struct NameServer::Asked {
  NameServer* server;
  NameType type;
  Replied replied;
};

NameServer::NameServer(EventLoop& loop, Endpoint endpoint) : loop_(loop), endpoint_(std::move(endpoint)) {
  ares_options options{};
  // Error replies are read by us, not swallowed: SERVFAIL is not silence.
  options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
  options.timeout = first_timeout_ms;
  options.tries = tries;
  options.sock_state_cb_data = this;
  options.sock_state_cb = [](void* self, ares_socket_t descriptor, int read, int write) {
    static_cast<NameServer*>(self)->on_socket(descriptor, read != 0, write != 0);
  };
  const int wanted = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
  if (ares_init_options(&channel_, &options, wanted) != ARES_SUCCESS) throw std::bad_alloc();
  if (ares_set_servers_ports_csv(channel_, endpoint_.text().c_str()) != ARES_SUCCESS) throw std::bad_alloc();
}

NameServer::~NameServer() { ares_destroy(channel_); }

void NameServer::ask(NameType type, const std::string& name, Replied replied) {
  const auto query = write_dns_query(type, name, random_id());
  if (!query) {
    const Failure failure{FailureKind::no_such_name, query.error().text()};
    loop_.post([replied = std::move(replied), failure] { replied(tl::unexpected(failure)); });
    return;
  }
  ares_send(channel_, reinterpret_cast<const unsigned char*>(query->data()), static_cast<int>(query->size()),
            &NameServer::on_reply, new Asked{this, type, std::move(replied)});
  set_timer();
}

void NameServer::drop_all() {
  ares_cancel(channel_);
  set_timer();
}

void NameServer::on_reply(void* asked, int status, int, unsigned char* bytes, int size) {
  const std::unique_ptr<Asked> question(static_cast<Asked*>(asked));
  if (status == ARES_ECANCELLED || status == ARES_EDESTRUCTION) return;
  const std::string_view reply(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  auto answer = question->server->judge(question->type, status, reply);
  // From the loop, because c-ares is not to be called from within itself.
  question->server->loop_.post(
      [replied = std::move(question->replied), answer = std::move(answer)] { replied(answer); });
}

tl::expected<DnsAnswer, Failure> NameServer::judge(NameType type, int status, std::string_view bytes) const {
  const auto failure = [](FailureKind kind, std::string detail) {
    return tl::unexpected(Failure{kind, std::move(detail)});
  };
  const std::string server = "the name server " + endpoint_.text();
  if (status == ARES_ETIMEOUT) return failure(FailureKind::dns_timeout, server + " does not answer");
  if (status == ARES_ECONNREFUSED) {
    const int error = error_on_the_way(endpoint_);
    if (error == 0) return failure(FailureKind::refused, server + " cannot be reached: connection refused");
    return failure(FailureKind::offline, socket_failure(error, "no way to " + server).detail);
  }
  if (status != ARES_SUCCESS)
    return failure(FailureKind::dns_failure, fmt::format("{}: {}", server, ares_strerror(status)));
  auto answer = read_dns_reply(type, bytes);
  if (!answer) return failure(answer.error().kind, fmt::format("{} {}", server, answer.error().detail));
  answer->authentic = answer->authentic && is_on_this_machine(endpoint_);
  return answer;
}

void NameServer::on_socket(int descriptor, bool read, bool write) {
  watched_.erase(descriptor);
  if (!read && !write) return;
  watched_[descriptor] = loop_.watch(descriptor, read, write, [this, descriptor](bool readable, bool writable) {
    process(readable ? descriptor : ARES_SOCKET_BAD, writable ? descriptor : ARES_SOCKET_BAD);
  });
}

void NameServer::process(int readable, int writable) {
  ares_process_fd(channel_, readable, writable);
  set_timer();
}

void NameServer::set_timer() {
  timeval wait{};
  if (ares_timeout(channel_, nullptr, &wait) == nullptr) {
    timer_.reset();
    return;
  }
  const auto when = loop_.now() + std::chrono::seconds(wait.tv_sec) + std::chrono::microseconds(wait.tv_usec);
  timer_ = loop_.at(when, [this] { process(ARES_SOCKET_BAD, ARES_SOCKET_BAD); });
}

std::vector<Endpoint> system_name_servers() {
  ares_channel channel = nullptr;
  if (ares_init(&channel) != ARES_SUCCESS) return {};
  ares_addr_port_node* servers = nullptr;
  std::vector<Endpoint> endpoints;
  if (ares_get_servers_ports(channel, &servers) == ARES_SUCCESS)
    for (const auto* server = servers; server != nullptr; server = server->next)
      endpoints.push_back(endpoint_of(*server));
  ares_free_data(servers);
  ares_destroy(channel);
  return endpoints;
}

}  // namespace mailconf
