#include <array>
#include <fmt/core.h>

#include "model/host.h"
#include "protocol/tunnel.h"

namespace mailconf {
namespace {

// RFC 1928 §3-6, RFC 1929 §2.
constexpr char version = 5;
constexpr char account_version = 1;
constexpr char no_account = 0;
constexpr char by_account = 2;
constexpr char connect_command = 1;
enum AddressType : char { v4 = 1, name = 3, v6 = 4 };
constexpr std::size_t longest_field = 255;
constexpr std::size_t short_reply = 2;
constexpr std::size_t address_head = 3;  // as far as the length of a name

struct Refusal {
  FailureKind kind;
  std::string_view words;
};

// By the code of the reply.
constexpr std::array refusals{
    Refusal{FailureKind::proxy_failed, ""},
    Refusal{FailureKind::unreachable, "it cannot connect to the host"},
    Refusal{FailureKind::proxy_failed, "it does not allow this connection"},
    Refusal{FailureKind::unreachable, "no route to that network"},
    Refusal{FailureKind::unreachable, "no route to that host"},
    Refusal{FailureKind::refused, "connection refused"},
    Refusal{FailureKind::unreachable, "the way to the host is too long"},
    Refusal{FailureKind::proxy_failed, "it makes no connections for others"},
    Refusal{FailureKind::proxy_failed, "it does not take that kind of address"},
};

std::string octets(std::initializer_list<char> list) { return {list.begin(), list.end()}; }
std::string counted(std::string_view text) { return static_cast<char>(text.size()) + std::string(text); }

std::string address_field(const std::string& host) {
  const std::string address = address_octets(host);
  if (address.empty()) return octets({AddressType::name}) + counted(host);
  return octets({address.size() == 4 ? AddressType::v4 : AddressType::v6}) + address;
}

class SocksDialogue final : public TunnelDialogue {
 public:
  SocksDialogue(TunnelTarget target, std::optional<ProxyAccount> account)
      : target_(std::move(target)), account_(std::move(account)) {}

  Action begin() override {
    if (target_.host.size() > longest_field) return fail(FailureKind::proxy_failed, "the host's name is too long");
    const auto greeting = account_ ? octets({version, 2, no_account, by_account}) : octets({version, 1, no_account});
    return expect(&SocksDialogue::on_method, short_reply, Secret(greeting));
  }

  Action on_bytes(std::string_view bytes) override {
    received_ += bytes;
    if (received_.size() < wanted_) return {{}, wanted_ - received_.size()};
    return (this->*next_)();
  }

 private:
  using Step = Action (SocksDialogue::*)();

  Action expect(Step next, std::size_t octets, Secret send) {
    received_.clear();
    next_ = next;
    wanted_ = octets;
    return {std::move(send), octets};
  }

  Action on_method() {
    if (received_[0] != version) return no_socks();
    if (received_[1] == no_account) return request();
    if (received_[1] == by_account && account_) return sign_in();
    return fail(FailureKind::proxy_failed,
                account_ ? "the proxy takes no user name and password" : "the proxy wants a user name and a password");
  }

  Action sign_in() {
    Secret account(octets({account_version}));
    account.append(counted(account_->user));
    account.append(counted(account_->password));
    return expect(&SocksDialogue::on_signed_in, short_reply, std::move(account));
  }

  Action on_signed_in() {
    if (received_[1] == 0) return request();
    return fail(FailureKind::proxy_failed, "the proxy does not accept the user name and password");
  }

  Action request() {
    const std::string port = octets({static_cast<char>(target_.port >> 8), static_cast<char>(target_.port & 0xff)});
    return expect(&SocksDialogue::on_reply, short_reply,
                  Secret(octets({version, connect_command, 0}) + address_field(target_.host) + port));
  }

  Action on_reply() {
    if (received_[0] != version) return no_socks();
    if (const auto code = static_cast<unsigned char>(received_[1]); code != 0) return refuse(code);
    return expect(&SocksDialogue::on_address, address_head, {});
  }

  Action on_address() {
    const auto rest = octets_behind_head();
    return rest ? expect(&SocksDialogue::on_end, *rest, {}) : no_socks();
  }

  // Of the address that the proxy connects from, which is of no interest, and its port.
  [[nodiscard]] std::optional<std::size_t> octets_behind_head() const {
    constexpr std::size_t port = 2;
    switch (received_[1]) {
      case AddressType::v4:
        return 4 - 1 + port;
      case AddressType::v6:
        return 16 - 1 + port;
      case AddressType::name:
        return static_cast<unsigned char>(received_[2]) + port;
      default:
        return std::nullopt;
    }
  }

  Action on_end() { return {}; }

  Action no_socks() { return fail(FailureKind::proxy_failed, "the proxy does not answer in SOCKS version 5"); }

  Action refuse(unsigned char code) {
    const auto& row = code < refusals.size() ? refusals.at(code) : refusals.front();
    const std::string_view words = row.words.empty() ? "it makes no connection" : row.words;
    return fail(row.kind, fmt::format("{}:{}: the proxy answers {}: {}", target_.host, target_.port, code, words));
  }

  TunnelTarget target_;
  std::optional<ProxyAccount> account_;
  std::string received_;
  std::size_t wanted_ = 0;
  Step next_ = nullptr;
};

}  // namespace

std::unique_ptr<TunnelDialogue> make_socks_dialogue(TunnelTarget target, std::optional<ProxyAccount> account) {
  return std::make_unique<SocksDialogue>(std::move(target), std::move(account));
}

}  // namespace mailconf
