#include "audit/roads.h"

#include <algorithm>

#include "audit/places.h"
#include "protocol/limits.h"
#include "sources/mx_domains.h"
#include "sources/provider_data.h"
#include "sources/source.h"
#include "sources/srv_offers.h"
#include "sources/srv_services.h"

namespace mailconf::audit {
namespace {

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// By HTTP, or by what Autodiscover answers in its stead.
std::string leads_to(const HttpQuestion& asked, const HttpAnswer& answer, const DomainName& domain) {
  if (is_redirect(answer.status)) {
    const auto url = asked.url.resolve(answer.location);
    return url ? url->text() : "";
  }
  if (asked.body.empty() || answer.status != 200) return {};
  const auto document = read_autodiscover_xml(answer.body, domain);
  return document ? document->redirect_url : "";
}

Publication publication(const char* mechanism, const Road& road, ReadSettings read, const Gathered& gathered) {
  Publication result;
  result.mechanism = mechanism;
  result.place = road.hops.front().url.text_without_query();
  result.encrypted = std::ranges::all_of(road.hops, [](const HttpQuestion& hop) { return hop.url.https; });
  auto applied = for_domain(read.settings, gathered.domain());
  result.settings = std::move(applied.settings);
  result.dropped = std::move(applied.dropped);
  result.diagnostics = std::move(read.diagnostics);
  result.evidence = evidence(gathered, road);
  return result;
}

}  // namespace

Road road_from(const Gathered& gathered, const HttpQuestion& first) {
  Road road;
  auto question = first;
  for (int hop = 0; hop <= limits::http_redirects; ++hop) {
    const auto* answer = gathered.answer(question);
    if (!answer) {
      road.next = question;
      return road;
    }
    road.hops.push_back(question);
    road.end = answer;
    const auto* http = std::get_if<HttpAnswer>(answer);
    const auto url = Url::parse(http ? leads_to(question, *http, gathered.domain()) : "");
    if (!url) return road;
    if (question.url.https && !url->https) {
      road.unsecure = url->text_without_query();
      return road;
    }
    question.url = *url;
  }
  return road;
}

std::vector<Evidence> evidence(const Gathered& gathered, const Road& road) {
  std::vector<Evidence> result;
  for (const auto& hop : road.hops) result.push_back(evidence(gathered, Question{hop}));
  return result;
}

bool could_not_tell(const Answer* answer) {
  if (!answer) return true;
  if (const auto* http = std::get_if<HttpAnswer>(answer)) return http->status >= 500 || http->status == 429;
  const auto* failure = std::get_if<Failure>(answer);
  const bool refused = failure && (failure->kind == FailureKind::certificate_bad ||
                                   failure->kind == FailureKind::tls_failed || failure->kind == FailureKind::nonsense);
  return failure && !refused && judge(*answer).outcome != Outcome::absent;
}

std::vector<Publication> autoconfig_publications(const Gathered& gathered) {
  std::vector<Publication> result;
  for (const auto& place : autoconfig_places(gathered.domain())) {
    auto road = road_from(gathered, place);
    if (!road.document()) road = road_from(gathered, with_address(place, gathered.domain()));
    const auto* document = road.document();
    if (!document) continue;
    auto read = read_autoconfig_xml(document->body, gathered.domain());
    if (read) result.push_back(publication("autoconfig", road, std::move(*read), gathered));
  }
  return result;
}

std::vector<HttpQuestion> places_by_mx(const Gathered& gathered) {
  std::vector<HttpQuestion> places;
  const auto* mx = gathered.answer(mx_question(gathered.domain()));
  if (!mx) return places;
  // Mail filters say nothing of the mailbox behind them.
  const Subject subject{gathered.domain(), std::nullopt, SendAddress::never,      std::nullopt,
                        std::nullopt,      "",           &ProviderData::builtin()};
  for (const auto& domain : mx_domains(*mx, subject).domains) places.push_back(autoconfig_place(domain, true));
  return places;
}

std::vector<HttpQuestion> autodiscover_starts(const Gathered& gathered) {
  const auto& domain = gathered.domain();
  auto starts = autodiscover_places(domain);
  const auto* srv = gathered.dns(service_at(domain, "_autodiscover"));
  if (srv == nullptr) return starts;
  for (const auto& record : srv->srv) {
    const auto host = DomainName::parse(record.target);
    if (host && record.port != 0) starts.push_back(autodiscover_place(domain, host->ascii(), true, record.port));
  }
  starts.resize(std::min<std::size_t>(starts.size(), 5));
  return starts;
}

std::vector<Publication> autodiscover_publications(const Gathered& gathered) {
  std::vector<Publication> result;
  for (const auto& place : autodiscover_starts(gathered)) {
    const auto road = road_from(gathered, place);
    const auto* document = road.document();
    if (!document) continue;
    auto read = read_autodiscover_xml(document->body, gathered.domain());
    if (read && read->document)
      result.push_back(publication("autodiscover", road, std::move(*read->document), gathered));
  }
  std::ranges::stable_partition(result, [](const Publication& each) { return each.encrypted; });
  return result;
}

std::optional<Publication> pacc_publication(const Gathered& gathered) {
  const auto road = road_from(gathered, pacc_place(gathered.domain()));
  const auto* document = road.document();
  if (!document) return std::nullopt;
  auto read = read_pacc_json(document->body, gathered.domain());
  if (!read) return std::nullopt;
  return publication("pacc", road, std::move(*read), gathered);
}

std::optional<Publication> srv_publication(const Gathered& gathered) {
  Publication result;
  result.mechanism = "srv";
  result.place = gathered.domain().ascii();
  std::vector<SrvOffer> incoming;
  std::vector<SrvOffer> outgoing;
  for (const auto& service : srv_services) {
    const auto question = srv_question(service, gathered.domain());
    const auto* dns = gathered.dns(question);
    if (!dns || dns->srv.empty()) continue;
    result.evidence.push_back(evidence(gathered, Question{question}));
    for (auto record : dns->srv) {
      const auto host = DomainName::parse(record.target);
      if (!host || record.port == 0) continue;
      record.target = host->ascii();
      // RFC 8314 §3: these ports speak TLS from the first octet, whatever label they are listed under.
      const auto socket = record.port == service.tls_port ? SocketType::ssl : service.socket_type;
      (service.is_incoming() ? incoming : outgoing).push_back({service.type, record, socket});
    }
  }
  result.settings.incoming = servers_of(incoming);
  result.settings.outgoing = servers_of(outgoing);
  if (result.settings.incoming.empty() && result.settings.outgoing.empty()) return std::nullopt;
  return result;
}

std::vector<Publication> publications(const Gathered& gathered) {
  auto all = autoconfig_publications(gathered);
  std::ranges::move(autodiscover_publications(gathered), std::back_inserter(all));
  if (auto pacc = pacc_publication(gathered)) all.push_back(std::move(*pacc));
  if (auto srv = srv_publication(gathered)) all.push_back(std::move(*srv));
  return all;
}

}  // namespace mailconf::audit
