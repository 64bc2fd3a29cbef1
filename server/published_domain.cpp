#include "server/published_domain.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <algorithm>
#include <fmt/core.h>

#include "mailconf/publishing.h"

namespace mailconf::server {
namespace {

using enum DocumentTemplate::Escaping;

// The definition as it holds for one of its domains alone: the others are nobody else's business.
Settings for_one_domain(const Settings& settings, const DomainName& domain) {
  auto applied = for_domain(settings, domain).settings;
  applied.provider.domains = {domain};
  return applied;
}

TwofoldDocument autoconfig_document(const Settings& settings) {
  const auto text = write_autoconfig_xml(settings);
  return {Document(text), DocumentTemplate(text, xml)};
}

std::optional<TwofoldDocument> autodiscover_document(const Definition& definition, const Settings& settings) {
  if (const auto& elsewhere = definition.autodiscover) {
    const auto text = write_autodiscover_redirect(elsewhere->url, elsewhere->address);
    return TwofoldDocument{Document(text), DocumentTemplate(text, xml)};
  }
  const auto general = write_autodiscover_xml(settings, LoginNames::left_out);
  const auto personal = write_autodiscover_xml(settings, LoginNames::told);
  if (!general || !personal) return std::nullopt;
  return TwofoldDocument{Document(*general), DocumentTemplate(*personal, xml)};
}

// RFC 8461 §3.2.
Document mta_sts_document(const MtaSts& policy) {
  auto text = fmt::format("version: STSv1\r\nmode: {}\r\n", policy.mode);
  for (const auto& host : policy.mx) text += fmt::format("mx: {}\r\n", host);
  return Document(text + fmt::format("max_age: {}\r\n", policy.max_age));
}

// Where a client is sent that asks at `well_known`. Not back there, and nowhere when the place depends on the user.
std::string place_of(const std::string& text, const DomainName& domain, std::string_view well_known) try {
  const Poco::URI url(text);
  const bool leads_back = url.getHost() == domain.ascii() && url.getPath() == well_known;
  const bool depends = text.find("%EMAIL") != text.npos;
  const bool fits_a_header = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
  return url.getScheme() == "https" && fits_a_header && !leads_back && !depends ? text : "";
} catch (const Poco::SyntaxException&) {
  return "";
}

std::string service_url(const Settings& settings, ServiceType type) {
  const auto found = std::ranges::find(settings.services, type, &Service::type);
  return found == settings.services.end() ? "" : found->url;
}

std::string jmap_url(const Settings& settings) {
  const auto found = std::ranges::find(settings.incoming, ServerType::jmap, &Server::type);
  return found == settings.incoming.end() ? service_url(settings, ServiceType::jmap) : found->url;
}

}  // namespace

PublishedDomain publish(const Definition& definition, const DomainName& domain) {
  auto settings = for_one_domain(definition.settings, domain);
  PublishedDomain published{
      .domain = domain,
      .settings = {},
      .autoconfig = autoconfig_document(settings),
      .autodiscover = autodiscover_document(definition, settings),
      .mobilesync = {},
      .pacc = {},
      .mta_sts = {},
      .caldav = place_of(service_url(settings, ServiceType::caldav), domain, "/.well-known/caldav"),
      .carddav = place_of(service_url(settings, ServiceType::carddav), domain, "/.well-known/carddav"),
      .jmap = place_of(jmap_url(settings), domain, "/.well-known/jmap"),
      .elsewhere = definition.autodiscover,
      .logins = definition.logins,
      .run_by = definition.run_by};
  if (auto text = write_mobilesync_xml(settings)) published.mobilesync.emplace(*std::move(text), xml);
  if (auto text = write_pacc_json(settings)) published.pacc.emplace(*std::move(text));
  if (definition.mta_sts) published.mta_sts = mta_sts_document(*definition.mta_sts);
  published.settings = std::move(settings);
  return published;
}

}  // namespace mailconf::server
