#include "formats/json.h"
#include "mailconf/formats.h"

namespace mailconf {
namespace {

json::object attempt_json(const LoginAttempt& attempt) {
  json::object result;
  json::put_endpoint(result, attempt.server);
  json::put_unless_empty(result, "username", attempt.username);
  json::put_unless_empty(result, "mechanism", attempt.mechanism);
  result["outcome"] = json::text(to_string(attempt.outcome));
  json::put_unless_empty(result, "reason", attempt.reason);
  if (attempt.outcome != LoginOutcome::not_tried) result["elapsedMs"] = json::milliseconds(attempt.elapsed);
  return result;
}

}  // namespace

std::string write_login_json(const Report& report, const std::vector<LoginAttempt>& attempts, bool indent) {
  const json::object result{{"address", json::text(report.address)},
                            {"status", json::text(to_string(report.status))},
                            {"trust", json::text(to_string(report.best.trust))},
                            {"logins", json::array_of(attempts, attempt_json)}};
  return json::serialize(result, indent);
}

}  // namespace mailconf
