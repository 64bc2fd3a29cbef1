#include "server/endpoints/well_known_services.h"

namespace mailconf::server {
namespace {

// 301 changes no method but POST (RFC 9110 §15.4.2), and RFC 6764 §5 knows it, unlike 308.
Answer way_to(const std::string& place) {
  if (place.empty()) return explain(404, "This domain has no such service.");
  auto answer = explain(301, "The service is at " + place);
  answer.headers = {{"Location", place}, {"Cache-Control", "public, max-age=3600"}};
  return answer;
}

}  // namespace

Answer caldav(const Request&, const Subject& subject) { return way_to(subject.domain->caldav); }
Answer carddav(const Request&, const Subject& subject) { return way_to(subject.domain->carddav); }
Answer jmap(const Request&, const Subject& subject) { return way_to(subject.domain->jmap); }

}  // namespace mailconf::server
