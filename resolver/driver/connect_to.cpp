#include <algorithm>
#include <charconv>

#include "mailconf/resolver.h"

namespace mailconf {
namespace {

// Takes "host" or "[host]" up to the next colon off the front of `rest`.
std::string take_field(std::string_view& rest) {
  const bool bracketed = rest.starts_with('[');
  const std::size_t end = bracketed ? rest.find(']') : rest.find(':');
  const std::size_t length = std::min(end, rest.size());
  std::string field(rest.substr(bracketed ? 1 : 0, length - (bracketed ? 1 : 0)));
  rest.remove_prefix(std::min(bracketed ? length + 1 : length, rest.size()));
  if (!rest.empty() && rest.front() != ':') return {};
  rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  return field;
}

std::uint16_t port_number(const std::string& text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  return error == std::errc() && stop == end ? port : std::uint16_t{0};
}

}  // namespace

Result<ConnectTo> ConnectTo::parse(std::string_view text) {
  ConnectTo to;
  to.host = take_field(text);
  to.port = port_number(take_field(text));
  to.address = take_field(text);
  to.to_port = port_number(std::string(text));
  if (to.host.empty() || to.port == 0 || to.address.empty() || to.to_port == 0)
    return fail(ErrorCode::bad_option, "", "is not HOST:PORT:ADDRESS:PORT (IPv6 addresses in brackets)");
  return to;
}

}  // namespace mailconf
