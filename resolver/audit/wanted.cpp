#include "audit/wanted.h"

#include <algorithm>

#include "audit/places.h"
#include "sources/mx_domains.h"
#include "sources/services.h"
#include "sources/srv_services.h"

namespace mailconf::audit {
namespace {

// Every server is connected to; documents of real providers name six or seven.
constexpr std::size_t most_servers = 24;
constexpr std::size_t most_services = 8;

class Questions {
 public:
  void add(const Question& question) {
    if (std::ranges::find(questions_, question) == questions_.end()) questions_.push_back(question);
  }
  // What a road still wants.
  Road follow(const Gathered& gathered, const HttpQuestion& first) {
    add(first);
    auto road = road_from(gathered, first);
    if (road.next) add(*road.next);
    return road;
  }
  [[nodiscard]] std::vector<Question> take() && { return std::move(questions_); }

 private:
  std::vector<Question> questions_;
};

void add_records(Questions& questions, const DomainName& domain) {
  const auto& name = domain.ascii();
  questions.add(addresses_of(name));
  questions.add(mx_question(domain));
  for (const auto& service : srv_services) questions.add(srv_question(service, domain));
  for (const auto label : service_labels) questions.add(service_at(domain, label));
  questions.add(texts_of(name));
  questions.add(texts_of("_ua-auto-config." + name));
  questions.add(texts_of("_mta-sts." + name));
  questions.add(addresses_of(nobodys_name(domain)));
  questions.add(texts_of(nobodys_name(domain)));
}

bool wants_address(const Road& road) { return road.status() == 400 || road.status() == 404; }

void add_documents(Questions& questions, const Gathered& gathered) {
  const auto& domain = gathered.domain();
  for (const auto& place : autoconfig_places(domain)) {
    // Some servers make the file for each address and know none without one. Not asked over http.
    if (wants_address(questions.follow(gathered, place)) && place.url == autoconfig_place(domain, true).url)
      questions.follow(gathered, with_address(place, domain));
  }
  for (const auto& place : autodiscover_starts(gathered)) questions.follow(gathered, place);
  questions.follow(gathered, autodiscover_other_case(domain));
  questions.add(autodiscover_json_place(domain));
  questions.add(pacc_place(domain));
  questions.add(mta_sts_place(domain));
  for (const auto& place : places_by_mx(gathered)) questions.follow(gathered, place);
  for (const auto path : service_paths) questions.follow(gathered, well_known_service(domain, path));
}

// Hosts of services beside the mail, for their certificates: those of service records, and those of documents.
void add_services(Questions& questions, const Gathered& gathered) {
  for (const auto& kind : service_kinds) {
    const auto* dns = kind.path.empty() ? nullptr : gathered.dns(service_question(kind, gathered.domain()));
    for (const auto& record : dns ? dns->srv : std::vector<SrvRecord>()) {
      const auto host = DomainName::parse(record.target);
      if (!host || record.port == 0) continue;
      auto question = well_known_service(*host, kind.path);
      question.url.port = record.port;
      questions.add(question);
    }
  }
  std::size_t asked = 0;
  for (const auto& each : publications(gathered)) {
    for (const auto& service : each.settings.services) {
      const auto url = Url::parse(service.url);
      if (url && url->https && asked++ < most_services)
        questions.add(HttpQuestion{.url = *url, .follow_redirects = false});
    }
  }
}

void add_servers(Questions& questions, const Gathered& gathered) {
  for (const auto& server : servers_to_look_at(publications(gathered))) questions.add(server);
  for (const auto& service : srv_services) {
    const auto* dns = gathered.dns(srv_question(service, gathered.domain()));
    for (const auto& record : dns ? dns->srv : std::vector<SrvRecord>())
      if (const auto host = DomainName::parse(record.target)) questions.add(addresses_of(host->ascii()));
  }
}

}  // namespace

std::vector<ProbeQuestion> servers_to_look_at(const std::vector<Publication>& publications) {
  std::vector<ProbeQuestion> servers;
  const auto add = [&](const Server& server) {
    if (!is_tcp(server.type) || server.socket_type == SocketType::plain || server.hostname.empty()) return;
    const ProbeQuestion question{server.type, server.hostname, server.port, server.socket_type};
    const bool known = std::ranges::find(servers, question) != servers.end();
    if (!known && servers.size() < most_servers) servers.push_back(question);
  };
  for (const auto& each : publications) {
    for (const auto& server : each.settings.incoming) add(server);
    for (const auto& server : each.settings.outgoing) add(server);
  }
  return servers;
}

std::vector<Question> wanted(const Gathered& gathered) {
  Questions questions;
  add_records(questions, gathered.domain());
  add_documents(questions, gathered);
  add_servers(questions, gathered);
  add_services(questions, gathered);
  return std::move(questions).take();
}

}  // namespace mailconf::audit
