#include "support/dns_server.h"

#include <arpa/inet.h>
#include <array>
#include <poll.h>
#include <set>
#include <system_error>
#include <unistd.h>

namespace mailconf::testing {
namespace {

constexpr std::uint16_t type_a = 1, type_ns = 2, type_cname = 5, type_mx = 15, type_txt = 16, type_aaaa = 28,
                        type_srv = 33;
constexpr unsigned char response = 0x80, recursion_desired = 0x01, truncated = 0x02, recursion_available = 0x80,
                        ad_bit = 0x20;

std::string u16(unsigned value) { return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)}; }

unsigned read_u16(const std::string& bytes, std::size_t at) {
  return static_cast<unsigned>(static_cast<unsigned char>(bytes.at(at)) << 8 |
                               static_cast<unsigned char>(bytes.at(at + 1)));
}

// "." is the root.
std::string wire_name(std::string name) {
  std::string wire;
  if (name == ".") name.clear();
  for (std::size_t start = 0; start < name.size();) {
    const auto end = std::min(name.find('.', start), name.size());
    wire += static_cast<char>(end - start);
    wire += name.substr(start, end - start);
    start = end + 1;
  }
  return wire + '\0';
}

std::string address_data(int family, const std::string& address) {
  std::array<char, 16> octets{};
  if (inet_pton(family, address.c_str(), octets.data()) != 1) throw std::invalid_argument(address);
  return {octets.data(), family == AF_INET ? 4U : 16U};
}

std::string record(const std::string& owner, std::uint16_t type, const std::string& data) {
  return wire_name(owner) + u16(type) + u16(1) + u16(0) + u16(60) + u16(static_cast<unsigned>(data.size())) + data;
}

std::string type_text(std::uint16_t type) {
  static const std::map<std::uint16_t, std::string> names{{type_a, "A"},     {type_aaaa, "AAAA"}, {type_mx, "MX"},
                                                          {type_srv, "SRV"}, {type_txt, "TXT"},   {type_cname, "CNAME"},
                                                          {type_ns, "NS"}};
  const auto found = names.find(type);
  return found == names.end() ? std::to_string(type) : found->second;
}

std::string name_from(const std::string& wire) {
  std::string name;
  for (std::size_t at = 0; wire.at(at) != 0; at += static_cast<std::size_t>(wire[at]) + 1)
    name += (name.empty() ? "" : ".") + wire.substr(at + 1, static_cast<std::size_t>(wire[at]));
  return name;
}

}  // namespace

struct DnsServer::Query {
  explicit Query(const std::string& message) : header(message.substr(0, 12)) {
    std::size_t end = 12;
    while (message.at(end) != 0) end += static_cast<std::size_t>(message.at(end)) + 1;
    question = message.substr(12, end + 5 - 12);
    name = name_from(question);
    type = static_cast<std::uint16_t>(read_u16(message, end + 1));
  }
  [[nodiscard]] std::string text() const { return type_text(type) + " " + name; }

  std::string header;
  std::string question;
  std::string name;
  std::uint16_t type = 0;
};

DnsServer::DnsServer(const std::string& address) : address_(address), stop_(wake_pipe()) {
  // A port that is free for both; another process may hold the TCP side of the first one.
  for (int attempt = 0; tcp_.get() < 0; ++attempt) {
    udp_ = bound_socket(SOCK_DGRAM, address_, 0);
    try {
      tcp_ = bound_socket(SOCK_STREAM, address_, port_of(udp_));
    } catch (const std::system_error&) {
      if (attempt == 20) throw;
    }
  }
  ::listen(tcp_.get(), 16);
  thread_ = std::thread([this] { run(); });
}

DnsServer::~DnsServer() {
  [[maybe_unused]] const auto written = ::write(stop_.second.get(), "x", 1);
  thread_.join();
}

std::string DnsServer::endpoint() const {
  const bool v6 = address_.find(':') != std::string::npos;
  return (v6 ? "[" + address_ + "]" : address_) + ":" + std::to_string(port_of(udp_));
}

void DnsServer::add(const std::string& name, std::uint16_t type, std::string data) {
  const std::lock_guard lock(mutex_);
  zone_[name][type].push_back(std::move(data));
}

DnsServer& DnsServer::a(const std::string& name, const std::string& address) {
  add(name, type_a, address_data(AF_INET, address));
  return *this;
}

DnsServer& DnsServer::aaaa(const std::string& name, const std::string& address) {
  add(name, type_aaaa, address_data(AF_INET6, address));
  return *this;
}

DnsServer& DnsServer::cname(const std::string& name, const std::string& target) {
  add(name, type_cname, wire_name(target));
  return *this;
}

DnsServer& DnsServer::mx(const std::string& name, std::uint16_t preference, const std::string& exchange) {
  add(name, type_mx, u16(preference) + wire_name(exchange));
  return *this;
}

DnsServer& DnsServer::srv(const std::string& name, std::uint16_t priority, std::uint16_t weight, std::uint16_t port,
                          const std::string& target) {
  add(name, type_srv, u16(priority) + u16(weight) + u16(port) + wire_name(target));
  return *this;
}

DnsServer& DnsServer::txt(const std::string& name, const std::vector<std::string>& strings) {
  std::string data;
  for (const auto& text : strings) data += static_cast<char>(text.size()) + text;
  add(name, type_txt, std::move(data));
  return *this;
}

DnsServer& DnsServer::ns(const std::string& name, const std::string& server) {
  add(name, type_ns, wire_name(server));
  return *this;
}

DnsServer& DnsServer::conduct(const std::string& question, DnsConduct conduct) {
  const std::lock_guard lock(mutex_);
  conduct_[question] = conduct;
  return *this;
}

std::vector<std::string> DnsServer::questions() const {
  const std::lock_guard lock(mutex_);
  return questions_;
}

void DnsServer::run() {
  for (;;) {
    std::array<pollfd, 3> waits{{{udp_.get(), POLLIN, 0}, {tcp_.get(), POLLIN, 0}, {stop_.first.get(), POLLIN, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0 || waits[2].revents != 0) return;
    if (waits[0].revents != 0) serve_datagram();
    if (waits[1].revents != 0) serve_connection();
  }
}

void DnsServer::serve_datagram() {
  std::array<char, 4096> buffer{};
  SocketAddress peer;
  peer.size = sizeof peer.storage;
  auto* address = reinterpret_cast<sockaddr*>(&peer.storage);
  const auto size = ::recvfrom(udp_.get(), buffer.data(), buffer.size(), 0, address, &peer.size);
  if (size < 12) return;
  const auto reply = reply_to({buffer.data(), static_cast<std::size_t>(size)}, false);
  if (!reply.empty()) ::sendto(udp_.get(), reply.data(), reply.size(), MSG_NOSIGNAL, address, peer.size);
}

// One question a connection: all that a client asks after a truncated reply.
void DnsServer::serve_connection() {
  const Descriptor peer(::accept4(tcp_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  std::array<char, 4096> buffer{};
  const auto head = ::recv(peer.get(), buffer.data(), 2, MSG_WAITALL);
  if (head != 2) return;
  const auto length = read_u16({buffer.data(), 2}, 0);
  if (::recv(peer.get(), buffer.data(), length, MSG_WAITALL) != static_cast<ssize_t>(length)) return;
  const auto reply = reply_to({buffer.data(), length}, true);
  const auto framed = u16(static_cast<unsigned>(reply.size())) + reply;
  if (!reply.empty()) ::send(peer.get(), framed.data(), framed.size(), MSG_NOSIGNAL);
}

std::string DnsServer::reply_to(const std::string& message, bool tcp) {
  const Query query(message);
  const std::lock_guard lock(mutex_);
  questions_.push_back(query.text() + (tcp ? " over TCP" : ""));
  return answer(query, conduct_for(query), tcp);
}

DnsConduct DnsServer::conduct_for(const Query& query) {
  for (const auto& key : {query.text(), query.name}) {
    const auto found = conduct_.find(key);
    if (found == conduct_.end()) continue;
    if (found->second != DnsConduct::silent_once) return found->second;
    found->second = DnsConduct::proper;
    return DnsConduct::silent;
  }
  return DnsConduct::proper;
}

std::string DnsServer::answer(const Query& query, DnsConduct conduct, bool tcp) const {
  if (conduct == DnsConduct::silent) return {};
  if (conduct == DnsConduct::junk) return "this is no DNS message";
  std::uint16_t count = 0;
  bool exists = true;
  std::string records = records_for(query, conduct != DnsConduct::empty_aliases, count, exists);
  unsigned first = response | recursion_desired;
  unsigned second = recursion_available | (exists ? 0U : 3U);
  const bool asked_for_ad = (static_cast<unsigned char>(query.header[3]) & ad_bit) != 0;
  if (conduct == DnsConduct::authentic && asked_for_ad) second |= ad_bit;
  if (conduct == DnsConduct::servfail) second = recursion_available | 2U;
  if (conduct == DnsConduct::refused) second = recursion_available | 5U;
  if (conduct == DnsConduct::broken_records) {
    second = recursion_available;
    count = 3;
    records =
        "\x3f"
        "broken";
  }
  const bool cut = conduct == DnsConduct::truncated && !tcp;
  const bool empty = cut || conduct == DnsConduct::servfail || conduct == DnsConduct::refused;
  if (cut) first |= truncated;
  const std::string flags{static_cast<char>(first), static_cast<char>(second)};
  return query.header.substr(0, 2) + flags + u16(1) + u16(empty ? 0 : count) + u16(0) + u16(0) + query.question +
         (empty ? "" : records);
}

std::string DnsServer::records_for(const Query& query, bool with_end, std::uint16_t& count, bool& exists) const {
  std::string records;
  std::string owner = query.name;
  std::set<std::string> passed;
  exists = zone_.contains(owner);
  while (passed.insert(owner).second) {
    const auto found = zone_.find(owner);
    if (found == zone_.end()) break;
    const auto alias = found->second.find(type_cname);
    const auto type = alias == found->second.end() ? query.type : type_cname;
    const auto data = found->second.find(type);
    if (data == found->second.end() || (type != type_cname && !with_end)) break;
    for (const auto& one : data->second) {
      records += record(owner, type, one);
      ++count;
    }
    if (type != type_cname) break;
    owner = name_from(data->second.front());
  }
  return records;
}

}  // namespace mailconf::testing
