// Where a question for a document leads: hop by hop to the document, or to what stands in its way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/gathered.h"

namespace mailconf::audit {

struct Road {
  std::vector<HttpQuestion> hops;       // those with an answer
  const Answer* end = nullptr;          // of the last hop; null when nothing has been answered yet
  std::optional<HttpQuestion> next;     // still to be asked
  std::optional<std::string> unsecure;  // an https answer led there over http; it is not followed

  [[nodiscard]] const HttpAnswer* document() const {
    const auto* http = end ? std::get_if<HttpAnswer>(end) : nullptr;
    return http && http->status == 200 ? http : nullptr;
  }
  [[nodiscard]] const Failure* failure() const { return end ? std::get_if<Failure>(end) : nullptr; }
  [[nodiscard]] int status() const {
    const auto* http = end ? std::get_if<HttpAnswer>(end) : nullptr;
    return http ? http->status : 0;
  }
};
Road road_from(const Gathered& gathered, const HttpQuestion& first);
std::vector<Evidence> evidence(const Gathered& gathered, const Road& road);

// Whether something is there was not told, by silence, a failing name server or a failing host: it is not missing. What
// no client may use for its certificate is.
bool could_not_tell(const Answer* answer);

// Settings that some place publishes.
struct Publication {
  std::string mechanism;  // "autoconfig", "autodiscover", "pacc" or "srv"
  std::string place;      // the URL that was asked for, or the domain for "srv"
  bool encrypted = true;  // every hop of it
  Settings settings;      // for the domain: the placeholder for it replaced
  std::vector<Diagnostic> diagnostics;
  std::vector<Diagnostic> dropped;
  std::vector<Evidence> evidence;
};

// Each in the order of preference. Only what can be read is there.
std::vector<Publication> autoconfig_publications(const Gathered& gathered);
std::vector<Publication> autodiscover_publications(const Gathered& gathered);
std::optional<Publication> pacc_publication(const Gathered& gathered);
std::optional<Publication> srv_publication(const Gathered& gathered);
// All of these, in this order; over http last among their kind.
std::vector<Publication> publications(const Gathered& gathered);

// Where clients look that go by the domain's MX host, best first; none when the mail stays within the domain.
std::vector<HttpQuestion> places_by_mx(const Gathered& gathered);

// The roads that Autodiscover was asked on: the usual places, then the one of the service record.
std::vector<HttpQuestion> autodiscover_starts(const Gathered& gathered);

}  // namespace mailconf::audit
