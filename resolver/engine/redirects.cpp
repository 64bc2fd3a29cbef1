#include "engine/redirects.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "protocol/limits.h"

namespace mailconf {
namespace {

Failure refused(std::string detail) { return Failure{FailureKind::redirect_refused, std::move(detail)}; }

bool visited(const Url& asked, const std::vector<Url>& hops, const Url& next) {
  return next == asked || std::find(hops.begin(), hops.end(), next) != hops.end();
}

}  // namespace

bool is_redirect(const HttpAnswer& answer) {
  static constexpr std::array statuses{301, 302, 303, 307, 308};
  return std::find(statuses.begin(), statuses.end(), answer.status) != statuses.end();
}

std::variant<Url, Failure> follow(const HttpQuestion& asked, const std::vector<Url>& hops, const HttpAnswer& answer) {
  const Url& from = hops.empty() ? asked.url : hops.back();
  if (answer.location.empty()) return refused("redirected without saying where to");
  const auto next = from.resolve(answer.location);
  if (!next) return refused("redirected to something that is no web address");
  if (from.https && !next->https) return refused(fmt::format("redirected to unencrypted http at {}", next->host));
  // The Location may repeat the address, which is for the asked host alone.
  if (asked.holds_address && next->host != asked.url.host) {
    return refused(fmt::format("redirected to {} although the address was sent", next->host));
  }
  if (visited(asked.url, hops, *next)) return refused(fmt::format("redirected in a circle by {}", from.host));
  if (hops.size() >= static_cast<std::size_t>(limits::http_redirects)) {
    return refused(fmt::format("redirected more than {} times", limits::http_redirects));
  }
  return *next;
}

}  // namespace mailconf
