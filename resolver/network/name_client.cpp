#include "network/name_client.h"

#include <algorithm>
#include <array>

namespace mailconf {
namespace {

// RFC 8305 has no figure; a reply from the next town takes a tenth of this.
constexpr auto patience = std::chrono::milliseconds(400);
// Longer than a run; short enough for a program that keeps a resolver for days to see what has changed.
constexpr auto kept_for = std::chrono::seconds(30);
// More than all that one domain leads to; a list of thousands must not fill the memory with names that nobody asks for
// again.
constexpr std::size_t most_kept = 1000;

bool is_localhost(const std::string& name) { return name == "localhost" || name.ends_with(".localhost"); }

DnsAnswer localhost(NameType type) {
  DnsAnswer answer;
  if (type == NameType::a) answer.addresses = {"127.0.0.1"};
  if (type == NameType::aaaa) answer.addresses = {"::1"};
  return answer;
}

}  // namespace

class NameClient::Waiting : public Subscription {
 public:
  Waiting(NameClient& client, Key key, std::uint64_t number) : client_(client), key_(std::move(key)), number_(number) {}
  ~Waiting() override { client_.withdraw(key_, number_); }

 private:
  NameClient& client_;
  Key key_;
  std::uint64_t number_;
};

NameClient::NameClient(EventLoop& loop, std::vector<Endpoint> servers) : loop_(loop), from_system_(servers.empty()) {
  for (auto& server : from_system_ ? system_name_servers() : std::move(servers))
    servers_.push_back(std::make_unique<NameServer>(loop_, std::move(server)));
}

NameClient::NameClient(EventLoop& loop, Mute) : loop_(loop), mute_(true) {}

NameClient::~NameClient() = default;

std::unique_ptr<Subscription> NameClient::look_up(NameType type, const std::string& name, Answered answered) {
  forget_old();
  Key key{name, type};
  if (!inquiries_.contains(key)) begin(key);
  auto& inquiry = inquiries_[key];
  const auto number = ++last_number_;
  inquiry.waiting.emplace(number, std::move(answered));
  ++waiters_;
  if (inquiry.result) loop_.post([this, key] { deliver(key); });
  return std::make_unique<Waiting>(*this, std::move(key), number);
}

void NameClient::begin(const Key& key) {
  auto& inquiry = inquiries_[key];
  inquiry.number = ++last_number_;
  inquiry.first = answered_last_;
  if (is_localhost(key.first)) {
    inquiry.result = localhost(key.second);
  } else if (mute_) {
    inquiry.result = tl::unexpected(Failure{FailureKind::not_asked, "not asked: all has to go through the proxy"});
  } else if (servers_.empty()) {
    inquiry.result = tl::unexpected(Failure{FailureKind::offline, "no name server is configured"});
  } else {
    ask_next_server(key);
    return;
  }
  kept_.emplace_back(loop_.now() + kept_for, key);
}

void NameClient::ask_next_server(const Key& key) {
  auto& inquiry = inquiries_.at(key);
  inquiry.patience.reset();
  if (inquiry.asked == servers_.size()) return;
  const auto server = (inquiry.first + inquiry.asked++) % servers_.size();
  if (inquiry.asked < servers_.size())
    inquiry.patience = loop_.at(loop_.now() + patience, [this, key] { ask_next_server(key); });
  servers_[server]->ask(key.second, key.first, [this, key, number = inquiry.number, server](const auto& reply) {
    on_reply(key, number, server, reply);
  });
}

void NameClient::on_reply(const Key& key, std::uint64_t number, std::size_t server,
                          const tl::expected<DnsAnswer, Failure>& reply) {
  const auto found = inquiries_.find(key);
  if (found == inquiries_.end() || found->second.number != number || found->second.result) return;
  auto& inquiry = found->second;
  if (reply) {
    answered_last_ = server;
    return settle(key, reply);
  }
  inquiry.failures.push_back(reply.error());
  if (inquiry.failures.size() == servers_.size()) return settle(key, tl::unexpected(verdict(inquiry.failures)));
  if (inquiry.failures.size() == inquiry.asked) ask_next_server(key);
}

void NameClient::settle(const Key& key, tl::expected<DnsAnswer, Failure> result) {
  auto& inquiry = inquiries_.at(key);
  inquiry.patience.reset();
  const bool definite = result.has_value();
  inquiry.result = std::move(result);
  if (definite) kept_.emplace_back(loop_.now() + kept_for, key);
  deliver(key);
  if (!definite) inquiries_.erase(key);
  rest_when_idle();
}

void NameClient::deliver(const Key& key) {
  // One at a time and looked up again: a callback may withdraw others, ask again, or make old answers be forgotten.
  for (auto found = inquiries_.find(key); found != inquiries_.end() && found->second.result;
       found = inquiries_.find(key)) {
    auto& waiting = found->second.waiting;
    if (waiting.empty()) return;
    const auto answered = std::move(waiting.extract(waiting.begin()).mapped());
    const auto result = *found->second.result;
    --waiters_;
    answered(result);
  }
}

void NameClient::withdraw(const Key& key, std::uint64_t waiter) {
  const auto found = inquiries_.find(key);
  if (found == inquiries_.end() || found->second.waiting.erase(waiter) == 0) return;
  --waiters_;
  rest_when_idle();
}

void NameClient::rest_when_idle() {
  if (waiters_ > 0) return;
  std::erase_if(inquiries_, [](const auto& entry) { return !entry.second.result; });
  for (const auto& server : servers_) server->drop_all();
}

void NameClient::forget_old() {
  while (!kept_.empty() && (kept_.front().first <= loop_.now() || kept_.size() > most_kept)) {
    const auto found = inquiries_.find(kept_.front().second);
    if (found != inquiries_.end() && !found->second.waiting.empty()) return;
    if (found != inquiries_.end()) inquiries_.erase(found);
    kept_.pop_front();
  }
}

Failure NameClient::verdict(const std::vector<Failure>& failures) const {
  // An error that a server reports says more than silence, and silence more than no way to it.
  constexpr std::array by_weight{FailureKind::no_such_name, FailureKind::dns_failure, FailureKind::dns_timeout,
                                 FailureKind::refused, FailureKind::offline};
  const auto weight = [&](const Failure& f) { return std::find(by_weight.begin(), by_weight.end(), f.kind); };
  Failure worst = *std::min_element(failures.begin(), failures.end(),
                                    [&](const auto& a, const auto& b) { return weight(a) < weight(b); });
  // Without a configured server c-ares asks this machine; nothing listening there means that there is none.
  if (worst.kind == FailureKind::refused) worst.kind = from_system_ ? FailureKind::offline : FailureKind::dns_failure;
  return worst;
}

}  // namespace mailconf
