#include "model/url.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "model/host.h"
#include "model/text.h"

namespace mailconf {
namespace {

constexpr std::size_t longest_url = 2048;  // longer ones are refused by many servers and no document needs them
constexpr std::string_view too_long = "it is longer than 2048 octets";

struct Parts {
  std::string scheme;
  std::string host;
  std::uint16_t port = 0;  // 0: not given
  std::string path;
  std::optional<std::string> query;
  std::optional<std::string> fragment;
};

struct DefaultPort {
  std::string_view scheme;
  std::uint16_t port;
};
constexpr DefaultPort default_ports[] = {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}};

std::uint16_t default_port(std::string_view scheme) {
  const auto* const found = std::ranges::find(default_ports, scheme, &DefaultPort::scheme);
  return found == std::end(default_ports) ? std::uint16_t{0} : found->port;
}

tl::unexpected<Error> refuse(std::string_view text, std::string_view why) {
  return fail(ErrorCode::bad_url, "", fmt::format("\"{}\" is no usable URL: {}", printable(text), why));
}

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

void append_encoded(std::string& to, char c) {
  fmt::format_to(std::back_inserter(to), "%{:02X}", static_cast<unsigned char>(c));
}

// What may not stand in a path or query (RFC 3986 §3.3) is encoded, what may is left as given.
std::string encode_illegal(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool legal = is_alphanumeric(c) || std::string_view("-._~!$&'()*+,;=:@/?%").find(c) != std::string_view::npos;
    legal ? result.push_back(c) : append_encoded(result, c);
  }
  return result;
}

// RFC 3986 §5.2.4.
std::string remove_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const auto segments = split(path, '/');
  for (std::size_t i = 1; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    const bool dots = segments[i] == "." || segments[i] == "..";
    if (segments[i] == ".." && !kept.empty()) kept.pop_back();
    if (!dots) kept.push_back(segments[i]);
    if (dots && last) kept.emplace_back();
  }
  std::string result;
  for (const auto segment : kept) result.append("/").append(segment);
  return result.empty() ? "/" : result;
}

// The scheme in lower case, or nothing when `text` does not begin with one (RFC 3986 §3.1).
std::optional<std::string> scheme_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos || colon == 0 || !is_alphanumeric(text.front())) return std::nullopt;
  const auto scheme = text.substr(0, colon);
  const auto allowed = [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; };
  if (!std::ranges::all_of(scheme, allowed)) return std::nullopt;
  return to_lower(scheme);
}

// host[:port] into `parts`; what is wrong with it, or nothing.
std::string_view read_authority(std::string_view text, Parts& parts) {
  if (text.find('@') != text.npos) return "it holds user information";
  const bool bracketed = text.starts_with('[');
  const auto host_end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && host_end == text.npos) return "a bracket is not closed";
  const auto host_text = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
  auto rest = host_end == text.npos ? std::string_view{} : text.substr(host_end + (bracketed ? 1 : 0));
  const auto host = normalise_host(host_text);
  const bool v6 = host && host->find(':') != host->npos;
  if (!host || v6 != bracketed || trim(host_text) != host_text) return "its host cannot be parsed";
  parts.host = *host;
  if (rest.empty() || rest == ":") return {};
  const auto port = rest.front() == ':' ? parse_port(rest.substr(1)) : std::nullopt;
  if (!port) return "its port is no number from 1 to 65535";
  parts.port = *port == default_port(parts.scheme) ? std::uint16_t{0} : *port;
  return {};
}

std::optional<std::string> cut_from(std::string_view& text, char separator) {
  const auto at = text.find(separator);
  if (at == text.npos) return std::nullopt;
  auto tail = encode_illegal(text.substr(at + 1));
  text = text.substr(0, at);
  return tail;
}

Result<Parts> parse_parts(std::string_view text, std::initializer_list<std::string_view> schemes) {
  text = trim(text);
  if (text.size() > longest_url) return refuse(text.substr(0, 80), too_long);
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
    return refuse(text, "it holds a control character");
  const auto scheme = scheme_of(text);
  if (!scheme) return refuse(text, "it does not begin with a scheme");
  if (std::ranges::find(schemes, *scheme) == schemes.end())
    return refuse(text, fmt::format("the scheme \"{}\" is not allowed here", printable(*scheme, 20)));
  Parts parts;
  parts.scheme = *scheme;
  auto rest = text.substr(scheme->size() + 1);
  if (!rest.starts_with("//")) return refuse(text, "no host follows the scheme");
  // Browsers skip further slashes; published files have them.
  rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
  parts.fragment = cut_from(rest, '#');
  parts.query = cut_from(rest, '?');
  const auto path_begin = std::min(rest.find('/'), rest.size());
  if (const auto fault = read_authority(rest.substr(0, path_begin), parts); !fault.empty()) return refuse(text, fault);
  parts.path = remove_dot_segments(encode_illegal(rest.substr(path_begin)));
  // Encoding makes texts longer; what is accepted must be accepted again. The rest is ":", "//", brackets and a port.
  constexpr std::size_t punctuation = 13;
  const auto length = parts.scheme.size() + parts.host.size() + parts.path.size() + parts.query.value_or("").size() +
                      parts.fragment.value_or("").size() + punctuation;
  if (length > longest_url) return refuse(text.substr(0, 80), too_long);
  return parts;
}

std::string authority_text(const std::string& host, std::uint16_t port, std::uint16_t usual_port) {
  const bool v6 = host.find(':') != host.npos;
  std::string text = v6 ? "[" + host + "]" : host;
  if (port != 0 && port != usual_port) text += ":" + std::to_string(port);
  return text;
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  auto parts = parse_parts(text, {"http", "https"});
  if (!parts) return tl::unexpected(std::move(parts).error());
  Url url;
  url.https = parts->scheme == "https";
  url.port = parts->port != 0 ? parts->port : default_port(parts->scheme);
  url.host = std::move(parts->host);
  url.path = std::move(parts->path);
  url.query = std::move(parts->query).value_or("");
  return url;
}

Result<Url> Url::resolve(std::string_view reference) const {
  reference = trim(reference);
  const std::string scheme = https ? "https:" : "http:";
  const std::string base = scheme + "//" + authority();
  if (scheme_of(reference)) return parse(reference);
  if (reference.starts_with("//")) return parse(scheme + std::string(reference));
  if (reference.starts_with('/')) return parse(base + std::string(reference));
  if (reference.empty() || reference.starts_with('#')) return *this;
  if (reference.starts_with('?')) return parse(base + path + std::string(reference));
  return parse(base + path.substr(0, path.rfind('/') + 1) + std::string(reference));
}

std::string Url::authority() const {
  const std::uint16_t usual = https ? 443 : 80;
  return authority_text(host, port, usual);
}

std::string Url::text_without_query() const { return (https ? "https://" : "http://") + authority() + path; }

std::string Url::text() const { return query.empty() ? text_without_query() : text_without_query() + "?" + query; }

std::string encode_query_value(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool unreserved = is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
    unreserved ? result.push_back(c) : append_encoded(result, c);
  }
  return result;
}

Result<std::string> parse_document_url(std::string_view text, std::initializer_list<std::string_view> schemes) {
  const auto parts = parse_parts(text, schemes);
  if (!parts) return tl::unexpected(parts.error());
  std::string url = parts->scheme + "://" + authority_text(parts->host, parts->port, 0) + parts->path;
  if (parts->query) url += "?" + *parts->query;
  if (parts->fragment) url += "#" + *parts->fragment;
  return url;
}

}  // namespace mailconf
