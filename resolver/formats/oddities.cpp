#include "formats/oddities.h"

#include <algorithm>
#include <fmt/format.h>

#include "model/text.h"

namespace mailconf {
namespace {

// A file can hold thousands of bad elements; nobody reads more than this.
constexpr std::size_t most_diagnostics = 100;
constexpr std::size_t most_reasons = 3;

struct Row {
  Oddity oddity;
  std::string_view code;
  fmt::string_view message;
};
constexpr Row table[] = {
    {Oddity::unknown_server_type, "unknown-server-type", "left out: the type \"{}\" is not known here"},
    {Oddity::unknown_service_type, "unknown-service-type", "left out: the type \"{}\" is not known here"},
    {Oddity::missing_value, "missing-value", "left out: {} is missing"},
    {Oddity::bad_hostname, "bad-hostname", "left out: \"{}\" is no host name"},
    {Oddity::bad_port, "bad-port", "left out: the port \"{}\" is no number from 1 to 65535"},
    {Oddity::bad_url, "bad-url", "left out: {}"},
    {Oddity::bad_username, "bad-username", "left out: the user name \"{}\" holds a control character"},
    {Oddity::no_known_socket_type, "no-known-socket-type", "left out: none of its socket types is known"},
    {Oddity::no_usable_authentication, "no-usable-authentication", "left out: no usable authentication"},
    {Oddity::unknown_socket_type, "unknown-socket-type", "the socket type \"{}\" is not known"},
    {Oddity::unknown_authentication, "unknown-authentication", "the authentication \"{}\" is not known here"},
    {Oddity::login_required, "login-required", "\"{}\" means no login, which reading mail requires"},
    {Oddity::plain_socket, "plain-socket", "passwords and mail would cross the network unencrypted"},
    {Oddity::deprecated_value, "deprecated-value", "\"{}\" is an old name that some clients refuse"},
    {Oddity::repeated_element, "repeated-element", "{} stands here more than once; the first is used"},
    {Oddity::unclosed_placeholder, "unclosed-placeholder", "the placeholder in \"{}\" lacks its closing %"},
    {Oddity::letter_case, "letter-case", "the element should be spelled {}; most clients ignore it"},
    {Oddity::missing_id, "missing-id", "the provider has no id; strict clients refuse the file"},
    {Oddity::bad_id, "bad-id", "the id \"{}\" is no host name; strict clients refuse the file"},
    {Oddity::missing_domain, "missing-domain", "no valid domain is listed; strict clients refuse the file"},
    {Oddity::bad_domain, "bad-domain", "\"{}\" is no domain name"},
    {Oddity::domain_not_listed, "domain-not-listed", "{} is not among the domains of the file"},
    {Oddity::several_providers, "several-providers", "the file has several providers; \"{}\" is used"},
    {Oddity::missing_display_name, "missing-display-name", "the provider has no name; its id is shown instead"},
    {Oddity::markup_in_text, "markup-in-text", "{} holds elements where plain text belongs"},
    {Oddity::missing_outgoing, "missing-outgoing", "no usable server for sending; strict clients refuse the file"},
    {Oddity::bad_page_url, "bad-page-url", "{}"},
    {Oddity::bad_oauth2, "bad-oauth2", "{}"},
};

}  // namespace

void Oddities::add(Oddity oddity, std::string place, std::string_view detail) {
  if (diagnostics_.size() == most_diagnostics) return;
  const auto& row = *std::ranges::find(table, oddity, &Row::oddity);
  diagnostics_.push_back(
      {std::string(row.code), std::move(place), fmt::format(fmt::runtime(row.message), printable(detail))});
}

std::string Oddities::reasons(std::string_view part) const {
  std::string result;
  std::size_t count = 0;
  for (const auto& diagnostic : diagnostics_) {
    if (diagnostic.place.find(part) == diagnostic.place.npos || count == most_reasons) continue;
    if (count++ > 0) result += "; ";
    result += diagnostic.place + ": " + diagnostic.message;
  }
  return result;
}

}  // namespace mailconf
