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
    object result;
    put_unless_empty(result, "lang", description.lang);
    result["text"] = text(description.text);
    return result;
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
  object result{{"kind", text(hint.kind)}};
  put_unless_empty(result, "url", hint.url);
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

bool is_empty(const Configuration& configuration) {
  return configuration.incoming.empty() && configuration.outgoing.empty() && configuration.services.empty();
}

// The members of a configuration, the best one or an alternative.
void put_configuration(object& to, const Configuration& configuration) {
  if (!is_empty(configuration)) {
    to["trust"] = text(to_string(configuration.trust));
    to["provider"] = to_json(configuration.provider);
    to["agreeing"] = json::texts(configuration.sources);
  }
  to["incoming"] = list(configuration.incoming);
  to["outgoing"] = list(configuration.outgoing);
  to["services"] = list(configuration.services);
  if (configuration.oauth2) to["oauth2"] = json::oauth2_members(*configuration.oauth2);
  put_unless_empty(to, "documentation", json::array_of(configuration.documentation, [](const Documentation& page) {
                     return object{{"url", text(page.url)}, {"descriptions", to_json(page.descriptions)}};
                   }));
  put_unless_empty(to, "enable", json::array_of(configuration.enable, [](const Enable& page) {
                     return object{{"url", text(page.visit_url)}, {"instructions", to_json(page.instructions)}};
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
  put_unless_empty(result, "address", report.address);
  result["domain"] = text(report.domain);
  result["status"] = text(to_string(report.status));
  put_configuration(result, report.best);
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
