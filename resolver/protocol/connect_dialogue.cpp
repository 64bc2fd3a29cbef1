#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "model/text.h"
#include "protocol/http1.h"
#include "protocol/limits.h"
#include "protocol/tunnel.h"
#include "sasl/sasl.h"

namespace mailconf {
namespace {

// RFC 9110 §15.5.8; tinyproxy 1.11 says 401 to an account that it does not accept.
bool wants_account(int status) { return status == 407 || status == 401; }

struct Refusal {
  int status;
  FailureKind kind;
  std::string_view words;
};

// Words of our own: the proxy's may be anything.
constexpr std::array refusals{
    Refusal{403, FailureKind::proxy_failed, "it does not allow this connection"},
    Refusal{405, FailureKind::proxy_failed, "it makes no connections for others"},
    Refusal{429, FailureKind::proxy_failed, "it has been asked too often"},
    Refusal{500, FailureKind::unreachable, "it cannot connect to the host"},
    Refusal{502, FailureKind::unreachable, "it cannot connect to the host"},
    Refusal{503, FailureKind::unreachable, "it cannot connect to the host"},
    Refusal{504, FailureKind::unreachable, "the host does not answer it"},
};

std::string authority(const TunnelTarget& target) {
  const bool v6 = target.host.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", target.host, target.port) : fmt::format("{}:{}", target.host, target.port);
}

class ConnectDialogue final : public TunnelDialogue {
 public:
  ConnectDialogue(TunnelTarget target, std::optional<ProxyAccount> account)
      : target_(std::move(target)), account_(std::move(account)) {}

  Action begin() override {
    const std::string to = authority(target_);
    Secret request(fmt::format("CONNECT {} HTTP/1.1\r\nHost: {}\r\n", to, to));
    if (account_) {
      request.append("Proxy-Authorization: Basic ");
      Secret account(account_->user + ":");
      account.append(account_->password);
      request.append(encode_base64(account.text()).text());
      request.append("\r\n");
    }
    request.append("\r\n");
    return {std::move(request), http1::end_of_header.size()};
  }

  Action on_bytes(std::string_view bytes) override {
    header_ += bytes;
    size_ += bytes.size();
    if (const auto fault = fault_of_header(); !fault.empty()) {
      return fail(FailureKind::proxy_failed, std::string(fault));
    }
    const std::size_t left = octets_to_the_end();
    return left > 0 ? Action{{}, left} : on_header();
  }

 private:
  [[nodiscard]] std::string_view fault_of_header() const {
    const std::string_view begin = std::string_view(header_).substr(0, http1::name.size());
    if (!http1::name.starts_with(begin)) return "the proxy does not answer in HTTP/1.1";
    if (size_ > limits::http_header) return "the proxy's answer is too long";
    for (auto at = header_.find('\n'); at != std::string::npos; at = header_.find('\n', at + 1)) {
      if (header_[at - 1] != '\r') return "a line of the proxy's answer does not end in CRLF";
    }
    return {};
  }

  // The least that can still come.
  [[nodiscard]] std::size_t octets_to_the_end() const {
    std::size_t there = http1::end_of_header.size();
    while (!header_.ends_with(http1::end_of_header.substr(0, there))) --there;
    return http1::end_of_header.size() - there;
  }

  Action on_header() {
    const auto status = parse_integer<int>(std::string_view(header_).substr(http1::name.size() + 2, 3));
    if (!status || *status < 100) return fail(FailureKind::proxy_failed, "the proxy's answer has no status");
    // RFC 9110 §15.2: interim answers, any number of them. §9.3.6: a success has no body, whatever its header says.
    if (*status < 200) {
      header_.clear();
      return {{}, http1::end_of_header.size()};
    }
    return *status < 300 ? Action{} : refuse(*status);
  }

  Action refuse(int status) {
    const auto* row = std::ranges::find(refusals, status, &Refusal::status);
    std::string_view words = row == refusals.end() ? "it makes no connection" : row->words;
    if (wants_account(status))
      words = account_ ? "it does not accept the user name and password" : "it wants a user name and a password";
    const auto kind = row == refusals.end() ? FailureKind::proxy_failed : row->kind;
    return fail(kind, fmt::format("{}: the proxy answers {}: {}", authority(target_), status, words));
  }

  TunnelTarget target_;
  std::optional<ProxyAccount> account_;
  std::string header_;
  std::size_t size_ = 0;  // of all headers
};

}  // namespace

std::unique_ptr<TunnelDialogue> make_connect_dialogue(TunnelTarget target, std::optional<ProxyAccount> account) {
  return std::make_unique<ConnectDialogue>(std::move(target), std::move(account));
}

}  // namespace mailconf
