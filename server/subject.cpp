#include "server/subject.h"

#include <algorithm>

namespace mailconf::server {
namespace {

// RFC 5321 §4.5.3.1: 64 octets, "@", 255 octets.
constexpr std::size_t longest_address = 320;

// Names under which clients ask for the settings of the domain behind them.
constexpr std::string_view service_labels[] = {"autoconfig.", "autodiscover.", "ua-auto-config.", "mail.", "www."};

DomainName without_service_label(const DomainName& host) {
  for (const auto label : service_labels) {
    if (host.ascii().starts_with(label)) return host.parent().value_or(host);
  }
  return host;
}

DomainOrRefusal find_by_host(const DomainName& host, const Domains& domains) {
  if (auto found = domains.defined(host)) return found;
  return domains.find(without_service_label(host));
}

DomainOrRefusal find_sole(const Domains& domains) {
  if (auto found = domains.sole()) return found;
  return unknown_domain();
}

// The domain of a text that is an address but for odd printable characters before its only "@": what is published for
// everybody may be told, and nothing of the text is.
std::optional<DomainName> domain_of_odd_address(std::string_view text) {
  const auto at = text.find('@');
  const auto is_ordinary = [](char c) { return c > ' ' && c < '\x7f'; };
  if (at == 0 || at == text.npos || at != text.rfind('@') || text.size() > longest_address) return std::nullopt;
  if (!std::ranges::all_of(text, is_ordinary)) return std::nullopt;
  const auto domain = DomainName::parse(text.substr(at + 1));
  return domain ? std::optional(*domain) : std::nullopt;
}

}  // namespace

SubjectOrRefusal by_host(const Request& request, const Domains& domains) {
  auto found = request.host.domain ? find_by_host(*request.host.domain, domains) : find_sole(domains);
  return found.map([](const auto& domain) { return Subject{domain, std::nullopt}; });
}

SubjectOrRefusal by_address_or_host(const Request& request, const Domains& domains) {
  const auto text = request.target.parameter("emailaddress").value_or("");
  if (text.empty()) return by_host(request, domains);
  const auto address = EmailAddress::parse(text);
  const auto domain = address ? std::optional(address->domain()) : domain_of_odd_address(text);
  if (!domain) return tl::unexpected(explain(400, "The parameter emailaddress holds no e-mail address."));
  return domains.find(*domain).map([&](const auto& found) {
    return address ? Subject{found, *address, domains.login_of(*found, *address)} : Subject{found, std::nullopt};
  });
}

SubjectOrRefusal by_label(std::string_view label, const Request& request, const Domains& domains) {
  const auto& host = request.host.domain;
  const auto domain = host && host->ascii().starts_with(std::string(label) + ".") ? host->parent() : std::nullopt;
  if (!domain) return unknown_domain();
  return domains.find(*domain).map([](const auto& found) { return Subject{found, std::nullopt}; });
}

SubjectOrRefusal by_name(std::string_view name, const Domains& domains) {
  const auto domain = DomainName::parse(name);
  if (!domain) return unknown_domain();
  return domains.find(*domain).map([](const auto& found) { return Subject{found, std::nullopt}; });
}

}  // namespace mailconf::server
