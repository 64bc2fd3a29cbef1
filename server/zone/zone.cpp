#include "server/zone/zone.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <openssl/evp.h>

namespace mailconf::server {
namespace {

struct MailLabel {
  std::string_view label;
  ServerType type;
  SocketType socket_type;
};
// RFC 6186 §3, RFC 8314 §5.1.
constexpr MailLabel mail_labels[] = {
    {"_imaps", ServerType::imap, SocketType::ssl},       {"_imap", ServerType::imap, SocketType::starttls},
    {"_pop3s", ServerType::pop3, SocketType::ssl},       {"_pop3", ServerType::pop3, SocketType::starttls},
    {"_submissions", ServerType::smtp, SocketType::ssl}, {"_submission", ServerType::smtp, SocketType::starttls},
};

std::string pacc_digest(const std::array<unsigned char, 32>& octets) {
  std::array<unsigned char, 45> text{};  // four characters for three octets, and a zero
  const int length = EVP_EncodeBlock(text.data(), octets.data(), static_cast<int>(octets.size()));
  return {text.begin(), text.begin() + length};
}

class ZoneWriter {
 public:
  ZoneWriter(const PublishedDomain& domain, const ZoneWishes& wishes) : domain_(domain), wishes_(wishes) {}

  std::vector<DnsRecord> write() && {
    add_names();
    for (const auto& label : mail_labels) add_mail(label);
    add_filter();
    add_web_service("_caldavs", domain_.caldav, true);
    add_web_service("_carddavs", domain_.carddav, true);
    add_web_service("_jmap", domain_.jmap, false);
    for (auto& record : vouching_records(domain_)) add(std::move(record));
    add_pins();
    return std::move(records_);
  }

 private:
  void add(DnsRecord record) {
    if (std::ranges::find(records_, record) == records_.end()) records_.push_back(std::move(record));
  }
  void add_service(std::string_view label, std::string data) {
    add({fmt::format("{}._tcp.{}", label, domain_.domain.ascii()), "SRV", std::move(data)});
  }

  void add_names() {
    if (wishes_.host.empty()) return;
    for (auto& name : names_of_server(domain_)) add({std::move(name), "CNAME", wishes_.host + "."});
    // For Outlook where the customer's name has no certificate: the record names the server's own.
    if (domain_.autodiscover) add_service("_autodiscover", fmt::format("0 0 443 {}.", wishes_.host));
  }

  // The order of the definition is that of preference: the first IMAP server ranks before the first POP3 server.
  void add_mail(const MailLabel& label) {
    const auto& settings = domain_.settings;
    const auto& servers = label.type == ServerType::smtp ? settings.outgoing : settings.incoming;
    bool offered = false;
    for (std::size_t place = 0; place < servers.size(); ++place) {
      const auto& server = servers[place];
      if (server.type != label.type || server.socket_type != label.socket_type) continue;
      if (!DomainName::parse(server.hostname)) continue;
      add_service(label.label, fmt::format("{} 1 {} {}.", place * 10, server.port, server.hostname));
      offered = true;
    }
    if (!offered) add_service(label.label, "0 0 0 .");
  }

  void add_filter() {
    for (const auto& service : domain_.settings.services) {
      if (service.type == ServiceType::managesieve && DomainName::parse(service.hostname))
        add_service("_sieve", fmt::format("0 1 {} {}.", service.port, service.hostname));
    }
  }

  void add_web_service(std::string_view label, const std::string& place, bool has_path) try {
    if (place.empty()) return;
    const Poco::URI url(place);
    add_service(label, fmt::format("0 1 {} {}.", url.getPort(), url.getHost()));
    const auto path_and_query = url.getPathEtc();
    const auto path = path_and_query.substr(0, path_and_query.find_first_of("?#"));
    if (has_path && !path.empty())  // RFC 6764 §4
      add({fmt::format("{}._tcp.{}", label, domain_.domain.ascii()), "TXT", fmt::format("\"path={}\"", path)});
  } catch (const Poco::SyntaxException&) {
    return;
  }

  // RFC 7672 §3.1.3, RFC 6698 §3: at the host and port that is connected to.
  void add_pins() {
    for (const auto& pin : wishes_.pins) {
      for (const auto* servers : {&domain_.settings.incoming, &domain_.settings.outgoing}) {
        for (const auto& server : *servers) {
          if (!server.hostname.empty() && server.socket_type != SocketType::plain && pin.covers(server.hostname))
            add({fmt::format("_{}._tcp.{}", server.port, server.hostname), "TLSA", pin.data()});
        }
      }
    }
  }

  const PublishedDomain& domain_;
  const ZoneWishes& wishes_;
  std::vector<DnsRecord> records_;
};

}  // namespace

std::vector<std::string> names_of_server(const PublishedDomain& domain) {
  std::vector<std::string> names{domain.domain.child("autoconfig").ascii()};
  if (domain.autodiscover) names.push_back(domain.domain.child("autodiscover").ascii());
  if (domain.pacc) names.push_back(domain.domain.child("ua-auto-config").ascii());
  if (domain.mta_sts) names.push_back(domain.domain.child("mta-sts").ascii());
  return names;
}

std::vector<DnsRecord> vouching_records(const PublishedDomain& domain) {
  std::vector<DnsRecord> records;
  if (domain.pacc) {
    records.push_back({"_ua-auto-config." + domain.domain.ascii(), "TXT",
                       fmt::format("\"v=UAAC1; a=sha256; d={}\"", pacc_digest(sha256(domain.pacc->text)))});
  }
  if (domain.mta_sts) {
    // The id changes with the policy; letters and digits, 32 at most (RFC 8461 §3.1).
    records.push_back({"_mta-sts." + domain.domain.ascii(), "TXT",
                       fmt::format("\"v=STSv1; id={}\"", hex_digest(domain.mta_sts->text, 10))});
  }
  return records;
}

std::vector<DnsRecord> zone_of(const PublishedDomain& domain, const ZoneWishes& wishes) {
  return ZoneWriter(domain, wishes).write();
}

}  // namespace mailconf::server
