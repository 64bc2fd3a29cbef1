// A name server in the test's own process, over UDP and TCP on one port of a loopback address. It holds a small zone
// and misbehaves as told.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/descriptor.h"

namespace mailconf::testing {

enum class DnsConduct {
  proper,
  authentic,  // with the AD bit, if it was asked for
  servfail,
  refused,
  silent,
  silent_once,     // the first question is lost
  truncated,       // over UDP; whole over TCP
  junk,            // octets that are no message
  broken_records,  // a good header, then nonsense
  empty_aliases,   // the chain of aliases without the records at its end
};

class DnsServer {
 public:
  explicit DnsServer(const std::string& address = "127.0.0.1");
  ~DnsServer();
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;

  // As --dns takes it: "127.0.0.1:40001".
  [[nodiscard]] std::string endpoint() const;

  // A name without records does not exist (NXDOMAIN); one with records of other types has none of this type (NODATA).
  DnsServer& a(const std::string& name, const std::string& address);
  DnsServer& aaaa(const std::string& name, const std::string& address);
  DnsServer& cname(const std::string& name, const std::string& target);
  DnsServer& mx(const std::string& name, std::uint16_t preference, const std::string& exchange);
  DnsServer& srv(const std::string& name, std::uint16_t priority, std::uint16_t weight, std::uint16_t port,
                 const std::string& target);
  DnsServer& txt(const std::string& name, const std::vector<std::string>& strings);
  DnsServer& ns(const std::string& name, const std::string& server);
  // For "AAAA imap.example.org", or for all types of "imap.example.org".
  DnsServer& conduct(const std::string& question, DnsConduct conduct);

  // In order of arrival: "MX example.org", "MX example.org over TCP".
  [[nodiscard]] std::vector<std::string> questions() const;

 private:
  using Records = std::vector<std::string>;  // data as in a message
  struct Query;

  void add(const std::string& name, std::uint16_t type, std::string data);
  void run();
  void serve_datagram();
  void serve_connection();
  [[nodiscard]] std::string reply_to(const std::string& message, bool tcp);
  [[nodiscard]] std::string answer(const Query& query, DnsConduct conduct, bool tcp) const;
  [[nodiscard]] DnsConduct conduct_for(const Query& query);
  [[nodiscard]] std::string records_for(const Query& query, bool with_end, std::uint16_t& count, bool& exists) const;

  std::string address_;
  Descriptor udp_;
  Descriptor tcp_;
  std::pair<Descriptor, Descriptor> stop_;
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::uint16_t, Records>> zone_;
  std::map<std::string, DnsConduct> conduct_;
  std::vector<std::string> questions_;
  std::thread thread_;
};

}  // namespace mailconf::testing
