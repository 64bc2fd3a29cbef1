#include "audit/places.h"

#include "mailconf/formats.h"

namespace mailconf::audit {
namespace {

constexpr std::uint16_t https_port = 443;
constexpr std::uint16_t http_port = 80;

// Redirects are answers here: each hop is judged.
HttpQuestion get(std::string host, bool https, std::string path) {
  Url url;
  url.https = https;
  url.host = std::move(host);
  url.port = https ? https_port : http_port;
  url.path = std::move(path);
  return {.url = std::move(url), .follow_redirects = false};
}

std::string postmaster(const DomainName& domain) { return "postmaster@" + domain.ascii(); }

}  // namespace

HttpQuestion autoconfig_place(const DomainName& domain, bool https) {
  return get("autoconfig." + domain.ascii(), https, "/mail/config-v1.1.xml");
}

HttpQuestion well_known_place(const DomainName& domain, bool https) {
  return get(domain.ascii(), https, "/.well-known/autoconfig/mail/config-v1.1.xml");
}

std::vector<HttpQuestion> autoconfig_places(const DomainName& domain) {
  return {autoconfig_place(domain, true), well_known_place(domain, true), autoconfig_place(domain, false),
          well_known_place(domain, false)};
}

HttpQuestion with_address(HttpQuestion question, const DomainName& domain) {
  question.url.query = "emailaddress=" + encode_query_value(postmaster(domain));
  return question;
}

HttpQuestion autodiscover_place(const DomainName& domain, const std::string& host, bool https, std::uint16_t port) {
  auto question = get(host, https, "/autodiscover/autodiscover.xml");
  if (port != 0) question.url.port = port;
  question.body = write_autodiscover_request(EmailAddress::parse(postmaster(domain)).value());
  return question;
}

std::vector<HttpQuestion> autodiscover_places(const DomainName& domain) {
  const auto host = "autodiscover." + domain.ascii();
  return {autodiscover_place(domain, host, true), autodiscover_place(domain, domain.ascii(), true),
          autodiscover_place(domain, host, false)};
}

HttpQuestion autodiscover_other_case(const DomainName& domain) {
  auto question = autodiscover_places(domain).front();
  question.url.path = "/Autodiscover/Autodiscover.xml";
  return question;
}

HttpQuestion autodiscover_json_place(const DomainName& domain) {
  auto question = get("autodiscover." + domain.ascii(), true, "/autodiscover/autodiscover.json");
  question.url.query = "Email=" + encode_query_value(postmaster(domain)) + "&Protocol=AutodiscoverV1";
  return question;
}

HttpQuestion pacc_place(const DomainName& domain) {
  return get("ua-auto-config." + domain.ascii(), true, "/.well-known/user-agent-configuration.json");
}

HttpQuestion mta_sts_place(const DomainName& domain) {
  return get("mta-sts." + domain.ascii(), true, "/.well-known/mta-sts.txt");
}

HttpQuestion well_known_service(const DomainName& domain, std::string_view path) {
  return get(domain.ascii(), true, std::string(path));
}

DnsQuestion addresses_of(std::string name) { return {RecordType::addresses, std::move(name)}; }

DnsQuestion texts_of(std::string name) { return {RecordType::txt, std::move(name)}; }

DnsQuestion service_at(const DomainName& domain, std::string_view label) {
  return {RecordType::srv, std::string(label) + "._tcp." + domain.ascii()};
}

std::string nobodys_name(const DomainName& domain) { return "no-such-name-k7q2." + domain.ascii(); }

}  // namespace mailconf::audit
