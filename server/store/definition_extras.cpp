#include "server/store/definition_extras.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <algorithm>

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

}  // namespace mailconf::server
