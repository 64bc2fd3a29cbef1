#include "server/store/definition_extras.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <algorithm>
#include <fmt/core.h>

namespace mailconf::server {
namespace {

// The host of an https URL; empty for anything else.
std::string https_host(const std::string& text) try {
  const Poco::URI url(text);
  return url.getScheme() == "https" ? url.getHost() : "";
} catch (const Poco::SyntaxException&) {
  return "";
}

void check_redirect_url(TomlFields& fields, const std::string& url, const std::vector<DomainName>& domains) {
  const auto host = https_host(url);
  const auto is_ours = [&](const DomainName& domain) {
    return host == domain.ascii() || host == "autodiscover." + domain.ascii();
  };
  if (host.empty()) fields.error("redirectURL", "must be an https URL");
  if (std::ranges::any_of(domains, is_ours)) fields.error("redirectURL", "leads back to this definition");
}

void check_redirect_address(TomlFields& fields, const std::string& text, const std::vector<DomainName>& domains) {
  const auto address = EmailAddress::parse(text);
  if (!address) {
    fields.error("redirectAddress", address.error().message);
  } else if (std::ranges::find(domains, address->domain()) != domains.end()) {
    fields.error("redirectAddress", "leads back to this definition");
  }
}

// RFC 8461 §3.2: a year at most. Senders that cannot fetch a new policy keep the old one for so long.
constexpr std::int64_t one_week = 604'800;
constexpr std::int64_t one_year = 31'557'600;
constexpr std::string_view mta_sts_modes[] = {"enforce", "testing", "none"};

bool is_mx_pattern(std::string_view text) {
  if (text.starts_with("*.")) text.remove_prefix(2);
  const auto name = DomainName::parse(text);
  return name && name->ascii() == text;
}

}  // namespace

std::optional<AutodiscoverElsewhere> read_autodiscover(TomlFields& definition, const std::vector<DomainName>& domains) {
  auto fields = definition.table("autodiscover");
  if (!fields) return std::nullopt;
  AutodiscoverElsewhere elsewhere{fields->text("redirectURL").value_or(""),
                                  fields->text("redirectAddress").value_or("")};
  if (elsewhere.url.empty() == elsewhere.address.empty())
    definition.error("autodiscover", "must have either redirectURL or redirectAddress");
  if (!elsewhere.url.empty()) check_redirect_url(*fields, elsewhere.url, domains);
  if (!elsewhere.address.empty()) check_redirect_address(*fields, elsewhere.address, domains);
  fields->finish();
  return elsewhere;
}

std::optional<MtaSts> read_mta_sts(TomlFields& definition) {
  auto fields = definition.table("mtaSts");
  if (!fields) return std::nullopt;
  MtaSts policy;
  policy.mode = fields->required_text("mode");
  if (!policy.mode.empty() && std::ranges::find(mta_sts_modes, policy.mode) == std::end(mta_sts_modes))
    fields->error("mode", "must be \"enforce\", \"testing\" or \"none\"");
  policy.mx = policy.mode == "none" ? fields->texts("mx") : fields->required_texts("mx");
  for (std::size_t i = 0; i < policy.mx.size(); ++i) {
    if (!is_mx_pattern(policy.mx[i])) fields->error(fmt::format("mx[{}]", i), "is no host name");
  }
  const auto age = fields->integer("maxAge").value_or(one_week);
  if (age < 1 || age > one_year) fields->error("maxAge", fmt::format("must be between 1 and {} seconds", one_year));
  policy.max_age = static_cast<int>(std::clamp<std::int64_t>(age, 1, one_year));
  fields->finish();
  return policy;
}

void read_oauth2(TomlFields& fields, Definition& definition) {
  auto entry = fields.table("oauth2");
  if (!entry) return;
  definition.settings.oauth2 =
      OAuth2{entry->required_text("issuer"), entry->required_text("authURL"), entry->required_text("tokenURL"),
             entry->required_text("scope"), entry->text("clientID").value_or("")};
  definition.registration_url = entry->text("registrationURL").value_or("");
  if (!definition.registration_url.empty() && https_host(definition.registration_url).empty())
    entry->error("registrationURL", "must be an https URL");
  entry->finish();
}

}  // namespace mailconf::server
