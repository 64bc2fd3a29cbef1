// MTA-STS (RFC 8461) as a witness for MX records: who can forge those cannot forge the policy.
#include "formats/mta_sts.h"

#include <fmt/core.h>

#include "model/text.h"
#include "sources/follow_ups.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class MtaStsSource final : public Source {
 public:
  MtaStsSource(const DomainName& domain, const DomainName& mx_host) : domain_(domain), mx_host_(mx_host) {}

  // The record first: it costs no connection, and without it there is no policy (RFC 8461 §3.1).
  Step begin() override { return ask(mta_sts_record_question(domain_)); }

  Step on_answer(const Question& asked, const Answer& answer) override {
    return std::holds_alternative<DnsQuestion>(asked) ? on_records(answer) : on_policy(answer);
  }

 private:
  [[nodiscard]] Step on_records(const Answer& answer) const {
    const auto* dns = std::get_if<DnsAnswer>(&answer);
    if (!dns || dns->txt.empty()) return ended(judge(answer));
    if (!announces_mta_sts(dns->txt)) return ended(Outcome::absent, "no record announces a policy");
    Step step = ask(mta_sts_policy_question(domain_));
    step.verdict = {Outcome::found, ""};
    return step;
  }

  [[nodiscard]] Step on_policy(const Answer& answer) const {
    const auto* http = std::get_if<HttpAnswer>(&answer);
    if (!http || http->status != 200) return ended(judge(answer));
    // RFC 8461 §3.2: sites where strangers may leave files give them other types.
    if (!to_lower(http->content_type).starts_with("text/plain")) return ended(Outcome::unknown, "is not text/plain");
    const auto policy = read_mta_sts_policy(http->body);
    if (!policy) return ended(Outcome::unknown, policy.error().text());
    if (policy->mode != MtaStsPolicy::Mode::enforce)
      return ended(Outcome::absent, fmt::format("its mode is {}, which vouches for nobody", to_string(policy->mode)));
    if (!names_host(*policy, mx_host_)) return mismatch();
    return ended(Outcome::found, "vouches for " + mx_host_.ascii());
  }

  [[nodiscard]] Step mismatch() const {
    Step step = ended(Outcome::absent, "does not name " + mx_host_.ascii());
    step.diagnostics.push_back({"mta-sts-mismatch", "",
                                fmt::format("the MTA-STS policy of {} does not name {}, which the MX records name",
                                            domain_.ascii(), mx_host_.ascii())});
    return step;
  }

  DomainName domain_;
  DomainName mx_host_;
};

}  // namespace

Question mta_sts_record_question(const DomainName& domain) {
  return DnsQuestion{RecordType::txt, "_mta-sts." + domain.ascii()};
}

// RFC 8461 §3.3: redirects are not followed.
Question mta_sts_policy_question(const DomainName& domain) {
  Url url;
  url.host = "mta-sts." + domain.ascii();
  url.port = 443;
  url.path = "/.well-known/mta-sts.txt";
  return HttpQuestion{.url = std::move(url), .follow_redirects = false};
}

std::unique_ptr<Source> make_mta_sts_source(const DomainName& domain, const DomainName& mx_host) {
  return std::make_unique<MtaStsSource>(domain, mx_host);
}

}  // namespace mailconf
