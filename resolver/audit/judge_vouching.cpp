// Documents that records of the DNS stand for: PACC (draft-ietf-mailmaint-pacc-03) and MTA-STS (RFC 8461).
#include <algorithm>
#include <fmt/core.h>

#include "audit/judges.h"
#include "audit/places.h"
#include "audit/roads.h"
#include "formats/mta_sts.h"
#include "model/text.h"
#include "sources/mx_domains.h"

namespace mailconf::audit {
namespace {

bool is_pacc_record(const std::string& text) { return to_lower(text).find("v=uaac1") != std::string::npos; }

std::vector<std::string> digests_in(const DnsAnswer* dns) {
  std::vector<std::string> digests;
  for (const auto& text : dns ? dns->txt : std::vector<std::string>()) {
    if (!is_pacc_record(text)) continue;
    for (const auto tag : split(text, ';')) {
      const auto trimmed = trim(tag);
      if (trimmed.starts_with("d=") || trimmed.starts_with("D=")) digests.emplace_back(trim(trimmed.substr(2)));
    }
  }
  return digests;
}

void judge_policy(const Gathered& gathered, const HttpAnswer& policy_answer, const std::vector<Evidence>& seen,
                  Findings& findings) {
  const auto place = mta_sts_place(gathered.domain()).url.text();
  const auto policy = read_mta_sts_policy(policy_answer.body);
  const bool is_text = to_lower(policy_answer.content_type).starts_with("text/plain");
  if (!policy || !is_text) {
    const auto why = policy ? "it is not labelled text/plain" : policy.error().text();
    return findings.add("mta-sts-malformed", place, why, seen);
  }
  if (policy->mode != MtaStsPolicy::Mode::enforce)
    findings.add("mta-sts-not-enforced", place, fmt::format("its mode is {}", to_string(policy->mode)), seen);
  const auto* mx = gathered.answer(mx_question(gathered.domain()));
  if (!mx || policy->mode == MtaStsPolicy::Mode::none) return;
  for (const auto& host : mx_hosts(*mx).hosts) {
    if (names_host(*policy, host)) continue;
    auto all = seen;
    all.push_back(evidence(gathered, Question{mx_question(gathered.domain())}));
    findings.add("mta-sts-mx-mismatch", host.ascii(), "servers that keep to the policy do not deliver there", all);
  }
}

}  // namespace

void judge_pacc(const Gathered& gathered, Findings& findings) {
  const Question record = texts_of("_ua-auto-config." + gathered.domain().ascii());
  const auto place = pacc_place(gathered.domain());
  const auto* dns = gathered.dns(record);
  const auto* answer = gathered.http(Question{place});
  const std::vector<Evidence> seen{evidence(gathered, record), evidence(gathered, Question{place})};
  const auto subject = place.url.text();
  const auto digests = digests_in(dns);
  if (!answer || answer->status != 200) {
    if (could_not_tell(gathered.answer(Question{place})) || !dns) return;
    if (!digests.empty()) return findings.add("pacc-no-document", subject, "it does not come with status 200", seen);
    return findings.add("pacc-missing", gathered.domain().ascii(), "nothing is published for them", seen);
  }
  const auto read = read_pacc_json(answer->body, gathered.domain());
  if (!read && digests.empty()) return;  // a web page for whoever asks
  if (!read) return findings.add("pacc-malformed", subject, read.error().text(), seen);
  if (to_lower(answer->content_type).find("json") == std::string::npos)
    findings.add("pacc-content-type", subject,
                 fmt::format("it is labelled \"{}\"", printable(answer->content_type, 60)), seen);
  const auto repair = fmt::format("_ua-auto-config.{}. IN TXT \"v=UAAC1; a=sha256; d={}\"", gathered.domain().ascii(),
                                  answer->body_sha256);
  if (digests.empty()) {
    if (dns) findings.add("pacc-no-digest", subject, "there is no record with v=UAAC1 and d=", seen, repair);
  } else if (std::ranges::find(digests, answer->body_sha256) == digests.end()) {
    findings.add("pacc-digest-mismatch", subject, "the digest of what is served is " + answer->body_sha256, seen,
                 repair);
  }
}

void judge_mta_sts(const Gathered& gathered, Findings& findings) {
  const Question record = texts_of("_mta-sts." + gathered.domain().ascii());
  const auto place = mta_sts_place(gathered.domain());
  const auto* dns = gathered.dns(record);
  const auto* policy = gathered.http(Question{place});
  const std::vector<Evidence> seen{evidence(gathered, record), evidence(gathered, Question{place})};
  const bool announced = dns && announces_mta_sts(dns->txt);
  const bool there = policy && policy->status == 200;
  if (could_not_tell(gathered.answer(Question{place}))) return;
  if (announced && !there)
    return findings.add("mta-sts-no-policy", place.url.text(), "it does not come with status 200", seen);
  if (announced) return judge_policy(gathered, *policy, seen, findings);
  if (dns && there && read_mta_sts_policy(policy->body))
    findings.add("mta-sts-no-record", place.url.text(), "nobody looks for it without one", seen);
}

}  // namespace mailconf::audit
