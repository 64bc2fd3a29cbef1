#include "formats/json.h"
#include "mailconf/publishing.h"
#include "model/text.h"

namespace mailconf {
namespace {

json::array words(std::string_view text) {
  json::array result;
  for (const auto word : split(text, ' ')) {
    if (!word.empty()) result.push_back(json::text(word));
  }
  return result;
}

}  // namespace

std::string write_oauth_metadata(const OAuth2& oauth2, std::string_view registration_url) {
  json::object result{{"issuer", json::text(oauth2.issuer)},
                      {"authorization_endpoint", json::text(oauth2.auth_url)},
                      {"token_endpoint", json::text(oauth2.token_url)},
                      {"scopes_supported", words(oauth2.scope)},
                      {"response_types_supported", words("code")}};
  if (registration_url.empty()) return json::serialize(result, false);
  result["registration_endpoint"] = json::text(registration_url);
  result["grant_types_supported"] = words("authorization_code refresh_token");
  result["token_endpoint_auth_methods_supported"] = words("none");
  result["code_challenge_methods_supported"] = words("S256");
  result["authorization_response_iss_parameter_supported"] = true;
  return json::serialize(result, false);
}

}  // namespace mailconf
