#include "server/published_domain.h"

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

TwofoldDocument autoconfig(const Settings& settings) {
  const auto text = write_autoconfig_xml(settings);
  return {Document(text), DocumentTemplate(text, xml)};
}

std::optional<TwofoldDocument> autodiscover(const Definition& definition, const Settings& settings) {
  if (const auto& elsewhere = definition.autodiscover) {
    const auto text = write_autodiscover_redirect(elsewhere->url, elsewhere->address);
    return TwofoldDocument{Document(text), DocumentTemplate(text, xml)};
  }
  const auto general = write_autodiscover_xml(settings, LoginNames::left_out);
  const auto personal = write_autodiscover_xml(settings, LoginNames::told);
  if (!general || !personal) return std::nullopt;
  return TwofoldDocument{Document(*general), DocumentTemplate(*personal, xml)};
}

}  // namespace

PublishedDomain publish(const Definition& definition, const DomainName& domain) {
  auto settings = for_one_domain(definition.settings, domain);
  PublishedDomain published{domain, {}, autoconfig(settings), autodiscover(definition, settings), {}, {}, {}};
  if (auto text = write_mobilesync_xml(settings)) published.mobilesync.emplace(*std::move(text), xml);
  if (auto text = write_pacc_json(settings)) published.pacc.emplace(*std::move(text));
  published.elsewhere = definition.autodiscover;
  published.settings = std::move(settings);
  return published;
}

}  // namespace mailconf::server
