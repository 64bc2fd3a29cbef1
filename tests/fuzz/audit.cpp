// A domain that answers every question with the same octets is audited to an end, and what is said of it is whole.
#include "audit/auditing.h"
#include "target.h"

using namespace mailconf;

namespace {

constexpr std::size_t most_questions = 200;

struct Publisher {
  std::string octets;

  Answer operator()(const DnsQuestion&) const {
    DnsAnswer answer;
    answer.txt = {octets};
    answer.srv = {{0, 0, 443, octets.substr(0, 60)}, {1, 1, 993, "imap.example.org"}};
    answer.mx = {{10, octets.substr(0, 60)}};
    return answer;
  }
  Answer operator()(const HttpQuestion& asked) const {
    // The path decides what else hangs on the octets: a redirect, or a label.
    const bool moves = asked.url.path.ends_with("caldav");
    return HttpAnswer{moves ? 302 : 200, octets.substr(0, 40), octets.substr(0, 200), "", octets};
  }
  Answer operator()(const ProbeQuestion&) const {
    ProbeAnswer answer;
    answer.verdict = ProbeVerdict::speaks;
    answer.greeting = octets.substr(0, 200);
    answer.before_tls = {octets.substr(0, 100)};
    answer.tls = TlsFacts{"", "", CertificateVerdict::valid, {octets}, octets, octets.substr(0, 20)};
    return answer;
  }
  Answer operator()(const LoginQuestion&) const { return Failure{}; }
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Publisher publisher{std::string(fuzz::text_of(data, size))};
  audit::Auditing auditing(DomainName::parse("example.org").value(), audit::Day{}, std::chrono::seconds(8));
  auto open = auditing.begin({}).start;
  std::size_t asked = 0;
  while (!open.empty()) {
    const auto next = open.back();
    open.pop_back();
    fuzz::require(++asked <= most_questions, "an audit comes to an end");
    const auto orders = auditing.on_answer(next.number, std::visit(publisher, next.question), {});
    open.insert(open.end(), orders.start.begin(), orders.start.end());
  }
  const auto audit = auditing.audit();
  for (const auto& finding : audit.findings) {
    fuzz::require(!finding.evidence.empty() && !finding.message.empty(), "a finding says why");
    fuzz::require(!finding.affects.empty() && !finding.repair.empty(), "a finding says for whom and what to do");
  }
  AuditDocument page(AuditFormat::html);
  fuzz::require(page.add(audit).find("<script") == std::string::npos, "what is published is no markup");
  return 0;
}
