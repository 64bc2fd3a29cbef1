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

// An image that makes a page heavy is no logo.
constexpr std::size_t longest_logo = 16'384;
constexpr std::string_view image_types[] = {"data:image/png;base64,", "data:image/jpeg;base64,",
                                            "data:image/webp;base64,", "data:image/svg+xml;base64,"};

bool is_image(std::string_view text) {
  const auto begins = [&](std::string_view type) { return text.starts_with(type); };
  const auto data = text.substr(std::min(text.find(',') + 1, text.size()));
  constexpr std::string_view base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
  return std::ranges::any_of(image_types, begins) && !data.empty() && data.find_first_not_of(base64) == data.npos &&
         text.size() <= longest_logo;
}

// What a browser fetches for a page tells who reads it: only hosts of the domain's own learn that.
void check_logo(TomlFields& fields, const std::string& text, const std::vector<DomainName>& domains) {
  const auto host = DomainName::parse(https_host(text));
  const auto is_within = [&](const DomainName& domain) { return host && host->within(domain); };
  const bool good = text.find_first_of(" ;,'\"") == text.npos && std::ranges::any_of(domains, is_within);
  if (!text.empty() && !good && !is_image(text))
    fields.error("logo", "must be an https URL at a host of the domain, or an image as a data URL of 16 KiB at most");
}

void check_color(TomlFields& fields, const std::string& text) {
  const bool good =
      text.size() == 7 && text.front() == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == text.npos;
  if (!text.empty() && !good) fields.error("color", "must be a colour such as \"#1d4e89\"");
}

void check_page(TomlFields& fields, std::string_view key, const std::string& text) {
  if (!text.empty() && https_host(text).empty()) fields.error(key, "must be an https URL");
}

void check_support(TomlFields& fields, const Operator& who) {
  if (!who.support_mail.empty()) {
    if (const auto address = EmailAddress::parse(who.support_mail); !address)
      fields.error("supportMail", address.error().message);
  }
  if (who.support_phone.find_first_not_of("0123456789+-/(). ") != std::string::npos)
    fields.error("supportPhone", "holds what no telephone number does");
  check_page(fields, "supportPage", who.support_page);
  check_page(fields, "appPasswords", who.app_passwords);
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

Operator read_operator(TomlFields& definition, const std::vector<DomainName>& domains) {
  auto fields = definition.table("operator");
  if (!fields) return {};
  const auto text = [&](std::string_view key) { return fields->text(key).value_or(""); };
  const Operator who{text("name"),         text("logo"),        text("color"),        text("supportMail"),
                     text("supportPhone"), text("supportPage"), text("supportHours"), text("appPasswords")};
  check_logo(*fields, who.logo, domains);
  check_color(*fields, who.color);
  check_support(*fields, who);
  fields->finish();
  return who;
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
