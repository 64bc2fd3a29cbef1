#include "sources/well_known_services.h"

#include <algorithm>
#include <array>

#include "protocol/limits.h"
#include "sources/steps.h"

namespace mailconf {

std::vector<Question> WellKnownServices::questions() const {
  std::vector<Question> questions;
  for (const auto& kind : service_kinds) {
    if (!kind.path.empty()) questions.emplace_back(service_question(kind, domain_));
  }
  return questions;
}

std::vector<Question> WellKnownServices::open() {
  open_ = true;
  return next();
}

std::optional<Step> WellKnownServices::take(const Question& asked, const Answer& answer) {
  for (const auto& kind : service_kinds) {
    if (asked == Question{service_question(kind, domain_)}) return on_record(kind, answer);
  }
  if (!asked_ || asked != question()) return std::nullopt;
  return on_place(answer);
}

Step WellKnownServices::on_record(const ServiceKind& kind, const Answer& answer) {
  Step step = ended(judge(answer));
  const auto* dns = std::get_if<DnsAnswer>(&answer);
  // A record with the target "." says that there is no such service anywhere.
  if (dns && dns->srv.empty()) waiting_.push_back(kind);
  if (step.verdict.outcome == Outcome::found) step.verdict = {Outcome::skipped, "left to the service record"};
  step.ask_beside = next();
  return step;
}

// A GET without credentials: a service asks for them. For DAV a redirect must have come before (RFC 6764 §5).
Step WellKnownServices::on_place(const Answer& answer) {
  const auto* http = std::get_if<HttpAnswer>(&answer);
  Step step = ended(judge(answer));
  const auto target = http ? redirected_to(*http) : std::nullopt;
  if (target && hops_.size() <= static_cast<std::size_t>(limits::http_redirects)) {
    hops_.push_back(*target);
    step.verdict = {Outcome::found, "leads to " + target->text_without_query()};
    step.ask_beside = {question()};
    return step;
  }
  const bool is_there = http && http->status == 401 && (hops_.size() > 1 || !asked_->has_path_record);
  if (is_there) {
    step.verdict = {Outcome::found, "asks for credentials, so it is there"};
    step.services.push_back(web_service(*asked_, hops_.back().text()));
  }
  asked_.reset();
  // A site that cannot be reached for one service cannot be reached for the others.
  if (!http) waiting_.clear();
  step.ask_beside = next();
  return step;
}

std::optional<Url> WellKnownServices::redirected_to(const HttpAnswer& answer) const {
  static constexpr std::array redirects{301, 302, 303, 307, 308};
  if (std::find(redirects.begin(), redirects.end(), answer.status) == redirects.end()) return std::nullopt;
  const auto target = hops_.back().resolve(answer.location);
  if (!target || !target->https || std::find(hops_.begin(), hops_.end(), *target) != hops_.end()) return std::nullopt;
  return *target;
}

std::vector<Question> WellKnownServices::next() {
  if (!open_ || asked_ || waiting_.empty()) return {};
  asked_ = waiting_.front();
  waiting_.erase(waiting_.begin());
  Url url;
  url.host = domain_.ascii();
  url.port = 443;
  url.path = asked_->path;
  hops_ = {std::move(url)};
  return {question()};
}

Question WellKnownServices::question() const { return HttpQuestion{.url = hops_.back(), .follow_redirects = false}; }

}  // namespace mailconf
