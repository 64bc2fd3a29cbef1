#include "server/endpoints/profile.h"

#include "mailconf/export.h"
#include "server/document_answer.h"
#include "server/personal.h"

namespace mailconf::server {
namespace {

// As other servers called it, whose links are still about.
constexpr std::string_view names_of_address[] = {"emailaddress", "email", "addresses"};

std::vector<FoundServer> found(const std::vector<Server>& servers) {
  std::vector<FoundServer> result;
  for (const auto& server : servers) result.push_back({server, "", "", {}});
  return result;
}

mailconf::Configuration configuration_of(const Settings& settings) {
  mailconf::Configuration configuration;
  configuration.provider = settings.provider;
  configuration.incoming = found(settings.incoming);
  configuration.outgoing = found(settings.outgoing);
  for (const auto& service : settings.services) configuration.services.push_back({service, "", ""});
  return configuration;
}

Answer profile_of(const PublishedDomain& domain, const EmailAddress& address, const Logins::Login& login) {
  const auto settings = settings_for(domain, address, login);
  auto exported = export_settings("apple", configuration_of(settings), address);
  if (!exported) return explain(404, "There is no profile for this address: " + exported.error().message + ".");
  auto answer = fresh_answer(std::move(exported->text), "application/x-apple-aspen-config");
  // Without the local part: it may hold what a file name must not.
  answer.headers.emplace_back("Content-Disposition",
                              "attachment; filename=\"" + address.domain().ascii() + ".mobileconfig\"");
  answer.sign = true;
  return answer;
}

}  // namespace

std::string address_for_profile(const Request& request) {
  for (const auto name : names_of_address) {
    if (auto text = request.target.parameter(name); text && !text->empty()) return *std::move(text);
  }
  return "";
}

Answer profile(const Request& request, const Domains& domains) {
  const auto text = address_for_profile(request);
  if (text.empty())
    return explain(400, "For whom? Add ?emailaddress= and your e-mail address to the address of this page.");
  const auto address = EmailAddress::parse(text);
  if (!address) return explain(400, "The parameter emailaddress holds no e-mail address.");
  const auto domain = domains.find(address->domain());
  return domain ? profile_of(**domain, *address, domains.login_of(**domain, *address)) : domain.error();
}

}  // namespace mailconf::server
