#include "formats/json.h"
#include "formats/proof_json.h"
#include "mailconf/formats.h"

namespace mailconf {
namespace {

using json::array;
using json::object;
using json::put_unless_empty;
using json::text;

template <class Found>
void put_login(object& to, const Found& found, const std::vector<Authentication>& authentication,
               const std::string& username) {
  to["authentication"] = json::texts(authentication);
  to["username"] = text(username);
  to["usernameTemplate"] = text(found.username_template);
  to["source"] = text(found.source);
}

object to_json(const FoundServer& found) {
  object result;
  json::put_endpoint(result, found.server);
  put_login(result, found, found.server.authentication, found.server.username);
  result["proof"] = json::proof_members(found.proof);
  return result;
}

object to_json(const FoundService& found) {
  object result;
  json::put_endpoint(result, found.service);
  put_login(result, found, found.service.authentication, found.service.username);
  return result;
}

array to_json(const std::vector<Documentation::Description>& descriptions) {
  return json::array_of(descriptions, [](const Documentation::Description& description) {
    return object{{"lang", text(description.lang)}, {"text", text(description.text)}};
  });
}

object to_json(const Provider& provider) {
  object result;
  result["id"] = text(provider.id);
  result["displayName"] = text(provider.display_name);
  result["displayShortName"] = text(provider.display_short_name);
  return result;
}

object to_json(const Hint& hint) {
  object result{{"kind", text(hint.kind)}, {"url", text(hint.url)}};
  put_unless_empty(result, "checked", hint.checked);
  return result;
}

object to_json(const SourceRow& row) {
  object result{{"source", text(row.source)}, {"target", text(row.target)}};
  put_unless_empty(result, "because", row.because);
  result["outcome"] = text(to_string(row.outcome));
  result["reason"] = text(row.reason);
  result["startedMs"] = json::milliseconds(row.started);
  result["elapsedMs"] = json::milliseconds(row.elapsed);
  result["redirects"] = json::texts(row.redirects);
  return result;
}

object to_json(const Conflict& conflict) {
  return {{"between", json::texts(conflict.between)},
          {"field", text(conflict.field)},
          {"values", json::texts(conflict.values)}};
}

object to_json(const Warning& warning) { return {{"code", text(warning.code)}, {"message", text(warning.message)}}; }

template <class Element>
array list(const std::vector<Element>& elements) {
  return json::array_of(elements, [](const Element& element) { return to_json(element); });
}

object to_json(const OAuth2& oauth2) {
  object result{{"issuer", text(oauth2.issuer)},
                {"authURL", text(oauth2.auth_url)},
                {"tokenURL", text(oauth2.token_url)},
                {"scope", text(oauth2.scope)}};
  put_unless_empty(result, "clientID", oauth2.client_id);
  put_unless_empty(result, "registrationURL", oauth2.registration_url);
  put_unless_empty(result, "deviceURL", oauth2.device_url);
  put_unless_empty(result, "scopesSupported", json::texts(oauth2.scopes_supported));
  return result;
}

// The members of a configuration, the best one or an alternative.
void put_configuration(object& to, const Configuration& configuration) {
  to["trust"] = text(to_string(configuration.trust));
  to["provider"] = to_json(configuration.provider);
  to["incoming"] = list(configuration.incoming);
  to["outgoing"] = list(configuration.outgoing);
  to["services"] = list(configuration.services);
  put_unless_empty(to, "agreeing", json::texts(configuration.sources));
  if (configuration.oauth2) to["oauth2"] = to_json(*configuration.oauth2);
  put_unless_empty(to, "documentation", json::array_of(configuration.documentation, [](const Documentation& page) {
                     return object{{"url", text(page.url)}, {"descriptions", to_json(page.descriptions)}};
                   }));
  put_unless_empty(to, "enable", json::array_of(configuration.enable, [](const Enable& page) {
                     return object{{"visitURL", text(page.visit_url)}, {"instructions", to_json(page.instructions)}};
                   }));
}

object to_json(const Configuration& configuration) {
  object result;
  put_configuration(result, configuration);
  return result;
}

}  // namespace

std::string write_report_json(const Report& report, bool indent) {
  object result;
  result["address"] = text(report.address);
  result["domain"] = text(report.domain);
  result["status"] = text(to_string(report.status));
  put_configuration(result, report.best);
  result["consent"] =
      object{{"domains", json::texts(report.consent.domains)}, {"reasons", json::texts(report.consent.reasons)}};
  result["login"] =
      object{{"usernames", json::texts(report.login.usernames)}, {"needsPassword", report.login.needs_password}};
  result["hints"] = list(report.hints);
  result["alternatives"] = json::array_of(report.alternatives, [](const Configuration& c) { return to_json(c); });
  result["sources"] = list(report.sources);
  result["decisions"] = json::texts(report.decisions);
  result["conflicts"] = list(report.conflicts);
  result["warnings"] = list(report.warnings);
  result["elapsedMs"] = json::milliseconds(report.elapsed);
  if (report.provisional) result["provisionalMs"] = json::milliseconds(*report.provisional);
  if (report.proved) result["provedMs"] = json::milliseconds(*report.proved);
  return json::serialize(result, indent);
}

}  // namespace mailconf
