#include "server/request.h"

#include <Poco/NumberParser.h>
#include <Poco/String.h>
#include <algorithm>

namespace mailconf::server {
namespace {

using Poco::Net::HTTPRequest;
using Poco::Net::IPAddress;
using Refusal = std::optional<Answer>;

// RFC 9110 §5.6.2.
bool is_token(std::string_view text) {
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.find(c) != marks.npos;
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

bool holds_control(std::string_view text) {
  return std::ranges::any_of(text,
                             [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

// Fields whose repetition lets two readers see two different requests (RFC 9112 §3.2, §6.3).
constexpr std::string_view singular_fields[] = {"host", "content-length", "transfer-encoding", "content-type"};

Refusal read_headers(const HTTPRequest& message, const Limits& limits, Request& request) {
  std::size_t octets = 0;
  std::size_t fields = 0;
  for (const auto& [name, value] : message) {
    octets += name.size() + value.size();
    if (++fields > limits.fields || octets > limits.header)
      return explain_and_close(431, "The request header is too large.");
    if (!is_token(name) || holds_control(value)) return explain_and_close(400, "A header field is malformed.");
    const auto key = Poco::toLower(name);
    const auto [known, is_new] = request.headers.emplace(key, value);
    if (is_new) continue;
    if (std::ranges::find(singular_fields, key) != std::end(singular_fields))
      return explain_and_close(400, "The header field " + key + " is given twice.");
    known->second += ", " + value;
  }
  return std::nullopt;
}

Refusal read_request_line(const HTTPRequest& message, const Limits& limits, Request& request) {
  const auto& version = message.getVersion();
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return explain_and_close(505, "This server speaks HTTP/1.1.");
  request.method = message.getMethod();
  if (!is_token(request.method)) return explain_and_close(400, "The method is malformed.");
  if (message.getURI().size() > limits.uri) return explain_and_close(414, "The request target is too long.");
  auto target = parse_target(message.getURI());
  if (!target) return explain_and_close(400, "The request target is malformed.");
  request.target = *std::move(target);
  return std::nullopt;
}

// A proxy that is trusted tells for whom and how it was asked; anybody else may write what he likes.
bool is_trusted_proxy(const IPAddress& peer, const std::vector<AddressRange>& trusted_proxies) {
  return !trusted_proxies.empty() && contains(trusted_proxies, peer);
}

// The last address of the list that is none of ours: what stands before it, the client may have written.
IPAddress forwarded_client(std::string_view list, const std::vector<AddressRange>& trusted_proxies, IPAddress nearest) {
  while (!list.empty()) {
    const auto comma = list.rfind(',');
    const auto text = Poco::trim(std::string(list.substr(comma == list.npos ? 0 : comma + 1)));
    const auto address = parse_address(text);
    if (!address) break;
    nearest = *address;
    if (!contains(trusted_proxies, *address) || comma == list.npos) break;
    list = list.substr(0, comma);
  }
  return nearest;
}

std::string first_of_list(std::string_view list) { return Poco::trim(std::string(list.substr(0, list.find(',')))); }

Refusal read_host(const HTTPRequest& message, bool proxied, Request& request) {
  if (message.getVersion() == "HTTP/1.1" && !request.headers.contains("host"))
    return explain_and_close(400, "The Host header field is missing.");
  auto host = parse_host(Poco::trim(std::string(request.header("host"))));
  if (!host) return explain_and_close(400, "The Host header field is malformed.");
  // Said in another place, too: that one counts.
  auto elsewhere = request.target.authority;
  if (proxied && !request.header("x-forwarded-host").empty())
    elsewhere = first_of_list(request.header("x-forwarded-host"));
  if (elsewhere) host = parse_host(Poco::trim(*elsewhere));
  if (!host) return explain_and_close(400, "The host of the request is malformed.");
  request.host = *std::move(host);
  return std::nullopt;
}

// The octets that follow the header. Without a length there are none (RFC 9112 §6.3).
Refusal read_body(std::istream& stream, const Limits& limits, Request& request) {
  const bool chunked = request.headers.contains("transfer-encoding");
  const bool counted = request.headers.contains("content-length");
  if (chunked && counted) return explain_and_close(400, "The request has two lengths.");
  if (chunked && Poco::icompare(request.headers["transfer-encoding"], "chunked") != 0)
    return explain_and_close(501, "This transfer coding is not known.");
  if (!chunked && !counted) return std::nullopt;
  Poco::UInt64 length = 0;
  if (counted && !Poco::NumberParser::tryParseUnsigned64(request.headers["content-length"], length))
    return explain_and_close(400, "The length of the request is malformed.");
  if (length > limits.body) return explain_and_close(413, "The request body is too large.");
  request.body.resize(limits.body + 1);
  stream.read(request.body.data(), static_cast<std::streamsize>(request.body.size()));
  request.body.resize(static_cast<std::size_t>(stream.gcount()));
  if (request.body.size() > limits.body) return explain_and_close(413, "The request body is too large.");
  if (stream.bad() || (counted && request.body.size() != length))
    return explain_and_close(400, "The request body is cut off.");
  return std::nullopt;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto found = headers.find(std::string(name));
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

tl::expected<Request, Answer> read_request(const Message& message, const Limits& limits,
                                           const std::vector<AddressRange>& trusted_proxies) {
  Request request;
  const bool proxied = is_trusted_proxy(message.peer, trusted_proxies);
  if (auto refusal = read_headers(message.header, limits, request)) return tl::unexpected(*std::move(refusal));
  request.client = message.peer;
  if (proxied) request.client = forwarded_client(request.header("x-forwarded-for"), trusted_proxies, request.client);
  if (auto refusal = read_request_line(message.header, limits, request)) return tl::unexpected(*std::move(refusal));
  if (auto refusal = read_host(message.header, proxied, request)) return tl::unexpected(*std::move(refusal));
  if (auto refusal = read_body(message.body, limits, request)) return tl::unexpected(*std::move(refusal));
  const auto protocol = proxied ? first_of_list(request.header("x-forwarded-proto")) : "http";
  request.encrypted = message.secure || Poco::icompare(protocol, "https") == 0;
  request.in_clear = !request.encrypted && !protocol.empty();
  return request;
}

}  // namespace mailconf::server
