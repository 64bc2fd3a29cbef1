#include "formats/issuer_metadata.h"

#include <fmt/core.h>

#include "formats/json.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

using json::object;

// Empty when there is none, or none over https.
std::string endpoint(const object& from, std::string_view name) {
  return parse_document_url(json::text_of(from, name), {"https"}).value_or("");
}

// RFC 6749 §3.3: printable, without spaces, quotation marks and backslashes.
bool is_scope(std::string_view text) {
  return !text.empty() && text.find_first_of(" \"\\") == text.npos && printable(text, text.size()) == text;
}

std::vector<std::string> scopes(const object& from) {
  std::vector<std::string> found;
  const auto* const member = from.if_contains("scopes_supported");
  const auto* const list = member == nullptr ? nullptr : member->if_array();
  if (list == nullptr) return found;
  for (const auto& each : *list) {
    if (each.is_string() && is_scope(each.get_string())) found.emplace_back(each.get_string());
  }
  return found;
}

}  // namespace

Result<OAuth2> read_issuer_metadata(std::string_view octets) {
  const auto document = json::parse_object(octets);
  if (!document) return tl::unexpected(document.error());
  OAuth2 told;
  told.issuer = json::as_it_stands(*document, "issuer");
  told.auth_url = endpoint(*document, "authorization_endpoint");
  told.token_url = endpoint(*document, "token_endpoint");
  told.registration_url = endpoint(*document, "registration_endpoint");
  told.device_url = endpoint(*document, "device_authorization_endpoint");
  told.scopes_supported = scopes(*document);
  if (told.issuer.empty()) return fail(ErrorCode::bad_document, "issuer", "is missing");
  for (const auto& [name, url] :
       {std::pair{"authorization_endpoint", told.auth_url}, {"token_endpoint", told.token_url}}) {
    if (url.empty()) return fail(ErrorCode::bad_document, name, "is missing, or no https address");
  }
  return told;
}

}  // namespace mailconf
