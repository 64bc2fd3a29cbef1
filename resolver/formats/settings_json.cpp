#include "formats/json.h"
#include "mailconf/formats.h"

namespace mailconf {
namespace {

using json::object;
using json::put_unless_empty;

// `body` is a Server or a Service.
template <class Body>
object body_members(const Body& body) {
  object result;
  json::put_endpoint(result, body);
  put_unless_empty(result, "authentication", json::texts(body.authentication));
  put_unless_empty(result, "username", body.username);
  return result;
}

object page_members(const std::string& url, std::string_view name,
                    const std::vector<Documentation::Description>& descriptions) {
  object result{{"url", json::text(url)}};
  put_unless_empty(result, name, json::array_of(descriptions, [](const Documentation::Description& description) {
                     object each;
                     put_unless_empty(each, "lang", description.lang);
                     each["text"] = json::text(description.text);
                     return each;
                   }));
  return result;
}

object oauth2_members(const OAuth2& oauth2) {
  object result;
  put_unless_empty(result, "issuer", oauth2.issuer);
  put_unless_empty(result, "authURL", oauth2.auth_url);
  put_unless_empty(result, "tokenURL", oauth2.token_url);
  put_unless_empty(result, "scope", oauth2.scope);
  put_unless_empty(result, "clientID", oauth2.client_id);
  return result;
}

void put_provider(object& to, const Provider& provider) {
  put_unless_empty(to, "id", provider.id);
  put_unless_empty(to, "displayName", provider.display_name);
  put_unless_empty(to, "displayShortName", provider.display_short_name);
  put_unless_empty(to, "domains", json::texts(provider.domains));
  put_unless_empty(to, "mxDomains", json::texts(provider.mx_domains));
}

}  // namespace

std::string write_settings_json(const Settings& settings) {
  object result;
  put_provider(result, settings.provider);
  put_unless_empty(result, "incoming", json::array_of(settings.incoming, body_members<Server>));
  put_unless_empty(result, "outgoing", json::array_of(settings.outgoing, body_members<Server>));
  put_unless_empty(result, "service", json::array_of(settings.services, body_members<Service>));
  if (settings.oauth2) result["oauth2"] = oauth2_members(*settings.oauth2);
  put_unless_empty(result, "documentation", json::array_of(settings.documentation, [](const Documentation& page) {
                     return page_members(page.url, "descriptions", page.descriptions);
                   }));
  put_unless_empty(result, "enable", json::array_of(settings.enable, [](const Enable& page) {
                     return page_members(page.visit_url, "instructions", page.instructions);
                   }));
  put_unless_empty(result, "webmail", settings.webmail_url);
  return json::serialize(result, false);
}

}  // namespace mailconf
