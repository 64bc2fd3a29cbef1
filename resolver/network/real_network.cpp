#include "network/real_network.h"

#include <atomic>
#include <fmt/core.h>
#include <map>
#include <utility>

#include "network/operation.h"

namespace mailconf {
namespace {

class RealNetwork : public Network {
 public:
  RealNetwork(std::vector<Endpoint> name_servers, AddressPolicy policy, ProxyPolicy proxies, TlsContext tls)
      : names_(proxies.only() ? NameClient(loop_, NameClient::Mute()) : NameClient(loop_, std::move(name_servers))),
        budget_(loop_),
        policy_(std::move(policy)),
        proxies_(std::move(proxies)),
        tls_(std::move(tls)) {}

  void start(Ticket ticket, const Question& question, Instant deadline) override {
    auto& running = running_[ticket];
    running.operation = make_operation(ticket, question);
    running.deadline = loop_.at(deadline, [this, ticket] { on_deadline(ticket); });
    running.operation->begin();
  }

  void cancel(Ticket ticket) override {
    running_.erase(ticket);
    std::erase_if(completed_, [&](const Completion& completion) { return completion.ticket == ticket; });
  }

  std::vector<Completion> wait_until(Instant until) override {
    loop_.poll();
    while (completed_.empty() && !woken_.exchange(false) && loop_.run_one_until(until)) finished_.clear();
    finished_.clear();
    return std::exchange(completed_, {});
  }

  [[nodiscard]] Instant now() const override { return loop_.now(); }

  void wake() override {
    woken_ = true;
    loop_.post([] {});
  }

 private:
  struct Running {
    std::unique_ptr<Operation> operation;
    std::unique_ptr<Subscription> deadline;
  };

  std::unique_ptr<Operation> make_operation(Ticket ticket, const Question& question) {
    auto done = [this, ticket](Answer answer) { complete(ticket, std::move(answer)); };
    if (const auto* dns = std::get_if<DnsQuestion>(&question))
      return make_dns_operation(facilities_, *dns, std::move(done));
    if (const auto* http = std::get_if<HttpQuestion>(&question))
      return make_http_client(facilities_, ticket.owner, *http, std::move(done));
    if (const auto* login = std::get_if<LoginQuestion>(&question))
      return make_login_client(facilities_, ticket.owner, *login, std::move(done));
    return make_probe_client(facilities_, ticket.owner, std::get<ProbeQuestion>(question), std::move(done));
  }

  void on_deadline(Ticket ticket) { complete(ticket, running_.at(ticket).operation->at_deadline()); }

  void complete(Ticket ticket, Answer answer) {
    completed_.push_back({ticket, std::move(answer)});
    // It may be this very operation that is calling: destroyed, and its socket closed, before wait_until() returns.
    finished_.push_back(std::move(running_.extract(ticket).mapped()));
  }

  EventLoop loop_;
  NameClient names_;
  SocketBudget budget_;
  AddressPolicy policy_;
  ProxyPolicy proxies_;
  TlsContext tls_;
  Facilities facilities_{loop_, names_, budget_, policy_, proxies_, tls_};
  std::map<Ticket, Running> running_;
  std::vector<Running> finished_;
  std::vector<Completion> completed_;
  std::atomic<bool> woken_ = false;
};

Result<std::vector<Endpoint>> parse_name_servers(const std::vector<std::string>& texts) {
  std::vector<Endpoint> servers;
  for (const auto& text : texts) {
    auto endpoint = parse_endpoint(text, dns_port);
    if (!endpoint)
      return fail(ErrorCode::bad_option, "dns", fmt::format("\"{}\" is not \"address\" or \"address:port\"", text));
    servers.push_back(std::move(*endpoint));
  }
  return servers;
}

}  // namespace

Result<std::unique_ptr<Network>> make_real_network(const RealNetworkOptions& options) {
  auto servers = parse_name_servers(options.dns);
  if (!servers) return tl::unexpected(servers.error());
  for (const auto& entry : options.connect_to)
    if (!parse_endpoint(entry.address, entry.to_port) || entry.to_port == 0)
      return fail(ErrorCode::bad_option, "connect_to", fmt::format("\"{}\" is no address with a port", entry.address));
  auto proxies = ProxyPolicy::create(options.proxy);
  if (!proxies) return tl::unexpected(proxies.error());
  auto tls = TlsContext::create(options.ca_file);
  if (!tls) return tl::unexpected(tls.error());
  return std::make_unique<RealNetwork>(std::move(*servers), AddressPolicy(options.allow_private, options.connect_to),
                                       std::move(*proxies), std::move(*tls));
}

}  // namespace mailconf
