#include "network/proxy.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

#include "model/host.h"
#include "model/text.h"
#include "network/address_policy.h"

namespace mailconf {
namespace {

constexpr std::size_t longest_account_field = 255;  // RFC 1929 §2

struct Scheme {
  std::string_view name;
  ProxyKind kind;
};
constexpr std::array schemes{Scheme{"http", ProxyKind::http_connect}, Scheme{"socks5h", ProxyKind::socks5}};
// Look-ups by this machine tell its name servers what the proxy was meant to keep to itself.
constexpr std::array local_look_ups{"socks5", "socks4"};

tl::unexpected<Error> refuse(std::string clause) { return fail(ErrorCode::bad_option, "proxy", std::move(clause)); }

// RFC 3986 §2.1; nothing for a "%" that two hexadecimal digits do not follow.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    const auto digits = text.substr(i + 1, 2);
    unsigned char octet = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), octet, 16);
    if (digits.size() != 2 || error != std::errc{} || end != digits.data() + 2) return std::nullopt;
    result += static_cast<char>(octet);
    i += 2;
  }
  return result;
}

bool is_account_field(const std::optional<std::string>& text) {
  const auto is_control = [](char octet) { return static_cast<unsigned char>(octet) < 0x20 || octet == 0x7f; };
  return text && text->size() <= longest_account_field && std::ranges::none_of(*text, is_control);
}

// RFC 7617 §2: no colon in the name. RFC 1929 §2: no name without an octet.
std::optional<ProxyAccount> parse_account(std::string_view text) {
  const auto colon = text.find(':');
  const auto user = percent_decoded(text.substr(0, colon));
  const auto password = percent_decoded(colon == text.npos ? std::string_view{} : text.substr(colon + 1));
  if (!is_account_field(user) || !is_account_field(password)) return std::nullopt;
  if (user->empty() || user->find(':') != std::string::npos) return std::nullopt;
  return ProxyAccount{*user, *password};
}

bool parse_place(std::string_view text, Proxy& proxy) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return false;
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  const auto name = normalise_host(host);
  const auto port = parse_port(text.substr(colon + 1));
  if (!name || !port || bracketed != (name->find(':') != std::string::npos)) return false;
  proxy.host = *name;
  proxy.port = *port;
  return true;
}

// "*", "example.org" and ".example.org" with all below, an address, a network; each perhaps with a port.
bool excepts(std::string_view exception, std::string_view host, std::uint16_t port) {
  if (exception == "*") return true;
  if (is_within_network(host, exception)) return true;
  if (const auto endpoint = parse_endpoint(exception, port)) return *endpoint == Endpoint{std::string(host), port};
  if (const auto colon = exception.find(':'); colon != exception.npos) {
    if (parse_port(exception.substr(colon + 1)) != port) return false;
    exception = exception.substr(0, colon);
  }
  if (exception.starts_with("*.")) exception.remove_prefix(1);
  if (exception.starts_with('.')) exception.remove_prefix(1);
  if (exception.empty() || is_address_literal(host) || host.size() < exception.size()) return false;
  const auto tail = host.substr(host.size() - exception.size());
  const bool whole_labels = tail.size() == host.size() || host[host.size() - tail.size() - 1] == '.';
  return whole_labels && equal_ignoring_case(tail, exception);
}

bool is_local_name(std::string_view host) { return host == "localhost" || host.ends_with(".localhost"); }

}  // namespace

Result<Proxy> parse_proxy(std::string_view url) {
  Proxy proxy;
  auto rest = trim(url);
  if (const auto end = rest.find("://"); end != rest.npos) {
    const std::string scheme = to_lower(rest.substr(0, end));
    if (std::ranges::count(local_look_ups, scheme) > 0)
      return refuse("names must be looked up by the proxy: write socks5h://");
    const auto* const known = std::ranges::find(schemes, scheme, &Scheme::name);
    if (known == schemes.end()) return refuse("is neither http://… nor socks5h://…");
    proxy.kind = known->kind;
    rest.remove_prefix(end + 3);
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (const auto at = rest.rfind('@'); at != rest.npos) {
    proxy.account = parse_account(rest.substr(0, at));
    if (!proxy.account) return refuse("its user name or password is malformed; special characters are written as %XX");
    rest.remove_prefix(at + 1);
  }
  if (!parse_place(rest, proxy)) return refuse("needs a host and a port: http://proxy.example.org:3128");
  return proxy;
}

Result<ProxyPolicy> ProxyPolicy::create(const ProxyOptions& options) {
  ProxyPolicy policy;
  if (options.only && options.url.empty())
    return fail(ErrorCode::bad_option, "proxy_only", "there is no proxy that could be the only one");
  if (options.url.empty()) return policy;
  auto proxy = parse_proxy(options.url);
  if (!proxy) return tl::unexpected(proxy.error());
  if (options.only && !is_address_literal(proxy->host) && !is_local_name(proxy->host))
    return fail(ErrorCode::bad_option, "proxy_only", "the proxy must be given by its address: no name is looked up");
  policy.proxy_ = std::move(*proxy);
  policy.exceptions_ = options.exceptions;
  policy.only_ = options.only;
  return policy;
}

const Proxy* ProxyPolicy::proxy_for(std::string_view host, std::uint16_t port) const {
  if (!proxy_) return nullptr;
  const bool excepted = std::ranges::any_of(
      exceptions_, [&](const std::string& exception) { return excepts(trim(exception), host, port); });
  return excepted && !only_ ? nullptr : &*proxy_;
}

}  // namespace mailconf
