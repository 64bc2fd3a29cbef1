#include "engine/portal.h"

#include <map>
#include <set>

#include "sources/source.h"

namespace mailconf {
namespace {

// One misconfigured host is no portal.
constexpr std::size_t fewest_hosts = 2;

struct Reached {
  std::set<std::string> themselves;                    // hosts whose certificate is good
  std::set<std::string> others;                        // hosts whose certificate is bad
  std::map<std::string, std::set<std::string>> pages;  // web pages, and the hosts that show them
};

void note(Reached& reached, const HttpQuestion& asked, const Answer& answer) {
  const auto& host = asked.url.host;
  if (const auto* failure = std::get_if<Failure>(&answer)) {
    if (failure->kind == FailureKind::certificate_bad) reached.others.insert(host);
  } else if (const auto* page = std::get_if<HttpAnswer>(&answer)) {
    reached.themselves.insert(host);
    if (page->status == 200 && is_web_page(*page)) reached.pages[page->body].insert(host);
  }
}

void note(Reached& reached, const ProbeQuestion& asked, const Answer& answer) {
  const auto* shown = std::get_if<ProbeAnswer>(&answer);
  if (!shown || !shown->tls) return;
  const bool good = shown->tls->certificate == CertificateVerdict::valid;
  (good ? reached.themselves : reached.others).insert(asked.host);
}

}  // namespace

bool looks_like_a_portal(const State& state) {
  Reached reached;
  for (Exchanges::Id id = 0; id < state.exchanges.size(); ++id) {
    const auto& exchange = state.exchanges[id];
    if (!exchange.answer) continue;
    if (const auto* page = std::get_if<HttpQuestion>(&exchange.question)) note(reached, *page, *exchange.answer);
    if (const auto* port = std::get_if<ProbeQuestion>(&exchange.question)) note(reached, *port, *exchange.answer);
  }
  if (reached.themselves.empty() && reached.others.size() >= fewest_hosts) return true;
  // The same page from all who show one at all, and no other answer from anybody.
  return reached.pages.size() == 1 && reached.pages.begin()->second.size() >= fewest_hosts &&
         reached.pages.begin()->second == reached.themselves;
}

}  // namespace mailconf
