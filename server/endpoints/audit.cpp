#include "server/endpoints/audit.h"

namespace mailconf::server {
namespace {

// An audit takes some seconds.
constexpr auto ask_again_after = "10";

Answer no_audit_now(const char* sentence) {
  auto answer = explain(503, sentence);
  answer.headers.emplace_back("Retry-After", ask_again_after);
  return answer;
}

Answer audit_answer(const ToldAudit& told) {
  Answer answer;
  answer.body = *told.text;
  answer.content_type = "application/json";
  answer.headers = {{"Cache-Control", "no-store"}, {"Age", std::to_string(told.age.count())}};
  return answer;
}

}  // namespace

Answer audit_of_domain(const Request& request, const Administration& administration) {
  if (!administration.audits.are_offered()) return explain(404, "Audits are not configured.");
  const auto& path = request.target.path;
  const auto domain = DomainName::parse(std::string_view(path).substr(path.rfind('/') + 1));
  const auto known = domain ? administration.publication.current()->find(*domain).outcome : Outcome::absent;
  if (known == Outcome::unknown) return no_audit_now("The store cannot be read at this moment: ask again soon.");
  if (known != Outcome::found) return explain(404, "No settings are published here for this domain.");
  const auto told = administration.audits.of(*domain, request.method == "POST");
  return told ? audit_answer(*told) : no_audit_now("No audit can be made at this moment: ask again soon.");
}

}  // namespace mailconf::server
