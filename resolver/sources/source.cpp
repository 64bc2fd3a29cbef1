#include "sources/source.h"

#include <algorithm>
#include <fmt/core.h>

#include "model/text.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

// RFC 2782, RFC 7505: a single record whose target is the root says "not here".
template <class Record>
bool all_at_root(const std::vector<Record>& records, std::string Record::*target) {
  return !records.empty() &&
         std::all_of(records.begin(), records.end(), [&](const Record& record) { return (record.*target).empty(); });
}

Verdict judge_answer(const DnsAnswer& answer) {
  if (!answer.exists) return {Outcome::absent, "NXDOMAIN"};
  if (all_at_root(answer.srv, &SrvRecord::target)) return {Outcome::absent, "decidedly not offered (target \".\")"};
  if (all_at_root(answer.mx, &MxRecord::exchange)) return {Outcome::absent, "null MX: the domain takes no mail"};
  const bool none = answer.addresses.empty() && answer.mx.empty() && answer.srv.empty() && answer.txt.empty() &&
                    answer.ns.empty() && answer.aliases.empty() && answer.tlsa.empty();
  if (none) {
    return {Outcome::absent, "no such record"};
  }
  return {Outcome::found, ""};
}

Verdict judge_answer(const HttpAnswer& answer) {
  switch (answer.status) {
    case 200:
      return {Outcome::found, ""};
    case 404:
    case 410:
      return {Outcome::absent, fmt::format("HTTP {}", answer.status)};
    case 401:
    case 403:
      return {Outcome::unknown, fmt::format("HTTP {}: not open to the public", answer.status)};
    case 429:
    case 503:
      return {Outcome::unknown, fmt::format("HTTP {}: temporarily not available", answer.status)};
    default:
      return {Outcome::unknown, fmt::format("HTTP {}", answer.status)};
  }
}

Verdict judge_answer(const ProbeAnswer& answer) {
  switch (answer.verdict) {
    case ProbeVerdict::speaks:
      return {Outcome::found, ""};
    case ProbeVerdict::other_protocol:
      return {Outcome::absent, "another protocol answers"};
    case ProbeVerdict::turned_away:
      return {Outcome::unknown, "turned away: " + answer.greeting};
    case ProbeVerdict::preauthenticated:
      return {Outcome::unknown, "signed in before encryption, as an attacker would arrange"};
    case ProbeVerdict::starttls_missing:
      return {Outcome::absent, "STARTTLS is not offered"};
    case ProbeVerdict::starttls_refused:
      return {Outcome::unknown, "STARTTLS is offered and then refused"};
    case ProbeVerdict::plaintext_injection:
      return {Outcome::unknown, "unencrypted data behind the reply to STARTTLS, as an attacker would send"};
  }
  return {};
}

// A resolution signs in nowhere.
Verdict judge_answer(const LoginAnswer&) { return {Outcome::unknown, "not an answer to any source"}; }

Verdict judge_answer(const Failure& failure) {
  const bool definite = failure.kind == FailureKind::no_such_name || failure.kind == FailureKind::refused;
  return {definite ? Outcome::absent : Outcome::unknown,
          failure.detail.empty() ? std::string(to_string(failure.kind)) : failure.detail};
}

}  // namespace

bool is_web_page(const HttpAnswer& answer) {
  constexpr std::size_t prolog = 1024;
  const std::string head = to_lower(std::string_view(answer.body).substr(0, prolog));
  if (head.find("<clientconfig") != std::string::npos) return false;
  return head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos ||
         to_lower(answer.content_type).starts_with("text/html");
}

Verdict judge(const Answer& answer) {
  return std::visit([](const auto& given) { return judge_answer(given); }, answer);
}

Step read_autoconfig_answer(const Answer& answer, const DomainName& domain, DomainCheck check) {
  const auto* http = std::get_if<HttpAnswer>(&answer);
  if (!http || http->status != 200) return ended(judge(answer));
  auto document = read_autoconfig_xml(http->body, domain);
  if (document) return accept_document(std::move(*document), check);
  if (!is_web_page(*http)) return ended(Outcome::unknown, document.error().text());
  Step step = ended(Outcome::absent, "answered with an HTML page");
  step.diagnostics.push_back({"html-instead-of-xml", "", "a web page came in place of a configuration file"});
  return step;
}

}  // namespace mailconf
