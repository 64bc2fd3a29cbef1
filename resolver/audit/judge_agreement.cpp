// Whether all who publish say the same (A10), and what is published beside the mail (RFC 6764, RFC 8620).
#include <algorithm>
#include <fmt/core.h>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"

namespace mailconf::audit {
namespace {

// What clients take of each kind: the first.
const Server* first_of(const Publication& publication, ServerType type) {
  const auto& settings = publication.settings;
  const auto& servers = type == ServerType::smtp ? settings.outgoing : settings.incoming;
  const auto found = std::ranges::find(servers, type, &Server::type);
  return found == servers.end() ? nullptr : &*found;
}

std::string words(const Server& server) {
  return fmt::format("{}:{} ({})", server.hostname, server.port, to_string(server.socket_type));
}

bool is_same_place(const Server& a, const Server& b) { return a.hostname == b.hostname && a.port == b.port; }

void compare(const Publication& one, const Publication& other, Findings& findings, const DomainName& domain) {
  for (const auto type : {ServerType::imap, ServerType::pop3, ServerType::smtp}) {
    const auto* a = first_of(one, type);
    const auto* b = first_of(other, type);
    if (!a || !b || (is_same_place(*a, *b) && a->socket_type == b->socket_type)) continue;
    auto seen = one.evidence;
    seen.insert(seen.end(), other.evidence.begin(), other.evidence.end());
    const auto message =
        fmt::format("{}: {} by {}, {} by {}", to_string(type), words(*a), one.mechanism, words(*b), other.mechanism);
    if (one.mechanism == other.mechanism)
      findings.add("documents-disagree", other.place,
                   fmt::format("{}: {} here, {} at {}", to_string(type), words(*b), words(*a), one.place), seen);
    else if (a->socket_type != b->socket_type)
      findings.add("mechanisms-disagree-on-encryption", domain.ascii(), message, seen);
    else
      findings.add("mechanisms-disagree", domain.ascii(), message, seen);
  }
}

bool offers(const Gathered& gathered, std::string_view label) {
  const auto* dns = gathered.dns(service_at(gathered.domain(), label));
  return dns && std::ranges::any_of(dns->srv, [](const SrvRecord& record) { return !record.target.empty(); });
}

struct AnnouncedService {
  std::string_view label;
  std::string_view plain_label;  // empty when there is none
  std::string_view path;
  std::string_view missing;
};
constexpr AnnouncedService announced_services[] = {
    {"_caldavs", "_caldav", "/.well-known/caldav", "dav-well-known-missing"},
    {"_carddavs", "_carddav", "/.well-known/carddav", "dav-well-known-missing"},
    {"_jmap", "", "/.well-known/jmap", "jmap-well-known-missing"},
};

// A redirect, a demand for a password and an answer are all signs of life.
bool leads_there(const HttpAnswer* answer) {
  return answer && (answer->status < 400 || answer->status == 401 || answer->status == 405);
}

}  // namespace

void judge_agreement(const Gathered& gathered, Findings& findings) {
  const auto all = publications(gathered);
  if (all.empty()) return;
  for (auto one = all.begin(); one != all.end(); ++one) {
    // Each against the first of its own mechanism, and the first of each mechanism against the first of all.
    const bool first_of_mechanism =
        std::none_of(all.begin(), one, [&](const Publication& each) { return each.mechanism == one->mechanism; });
    if (first_of_mechanism) {
      if (one != all.begin()) compare(all.front(), *one, findings, gathered.domain());
      continue;
    }
    const auto first = std::ranges::find(all, one->mechanism, &Publication::mechanism);
    compare(*first, *one, findings, gathered.domain());
  }
}

void judge_services(const Gathered& gathered, Findings& findings) {
  const auto& domain = gathered.domain();
  for (const auto& service : announced_services) {
    const bool encrypted = offers(gathered, service.label);
    const auto plain = service_at(domain, service.plain_label);
    if (!encrypted && !service.plain_label.empty() && offers(gathered, service.plain_label))
      findings.add("dav-plaintext", plain.name, "there is no record for TLS", {evidence(gathered, Question{plain})});
    const auto place = well_known_service(domain, service.path);
    if (encrypted && !could_not_tell(gathered.answer(Question{place})) && !leads_there(gathered.http(Question{place})))
      findings.add(
          service.missing, place.url.text(), "who does not ask the DNS does not find it",
          {evidence(gathered, Question{place}), evidence(gathered, Question{service_at(domain, service.label)})});
  }
}

}  // namespace mailconf::audit
