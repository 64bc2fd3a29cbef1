// PACC (draft-ietf-mailmaint-pacc-03): a document at the domain's own host, and its digest in the DNS. Both must agree,
// so that neither who holds the web host nor who holds the zone can publish alone. Nothing about the user is sent.
#include <algorithm>

#include "model/text.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

// One record: "v=UAAC1; a=sha256; d=<base64>", tags in any order, unknown ones ignored.
struct Record {
  bool is_pacc = false;
  std::string digest;  // empty when the record is not whole, or of an algorithm that is not known here
};

Record read_record(std::string_view text) {
  constexpr std::size_t length = 44;  // of 32 octets in base64
  Record record;
  bool by_sha256 = false;
  for (const auto tag : split(text, ';')) {
    const auto equals = tag.find('=');
    if (equals == tag.npos) continue;
    const auto name = trim(tag.substr(0, equals));
    const auto value = trim(tag.substr(equals + 1));
    if (equal_ignoring_case(name, "v")) record.is_pacc = equal_ignoring_case(value, "UAAC1");
    if (equal_ignoring_case(name, "a")) by_sha256 = equal_ignoring_case(value, "sha256");
    if (equal_ignoring_case(name, "d") && value.size() == length) record.digest = value;
  }
  if (!record.is_pacc || !by_sha256) record.digest.clear();
  return record;
}

class PaccSource final : public Source {
 public:
  explicit PaccSource(const Subject& subject) : domain_(subject.domain) {}

  // The digest first: it costs no connection, and a document without one must not be used.
  Step begin() override { return ask(DnsQuestion{RecordType::txt, "_ua-auto-config." + domain_.ascii()}); }

  Step on_answer(const Question& asked, const Answer& answer) override {
    return std::holds_alternative<DnsQuestion>(asked) ? on_records(answer) : on_document(answer);
  }

 private:
  Step on_records(const Answer& answer) {
    const auto* dns = std::get_if<DnsAnswer>(&answer);
    if (!dns || dns->txt.empty()) return ended(judge(answer));
    bool any = false;
    for (const auto& text : dns->txt) {
      const auto record = read_record(text);
      any = any || record.is_pacc;
      if (!record.digest.empty()) digests_.push_back(record.digest);
    }
    if (!any) return ended(Outcome::absent, "no record with v=UAAC1");
    if (digests_.empty()) return ended(Outcome::unknown, "no record holds a digest that is known here");
    Url url;
    url.host = "ua-auto-config." + domain_.ascii();
    url.port = 443;
    url.path = "/.well-known/user-agent-configuration.json";
    // The draft knows no redirects.
    Step step = ask(HttpQuestion{.url = std::move(url), .follow_redirects = false});
    step.verdict = {Outcome::found, ""};
    return step;
  }

  Step on_document(const Answer& answer) const {
    const auto* http = std::get_if<HttpAnswer>(&answer);
    if (!http || http->status != 200) return ended(judge(answer));
    // Several records while a change is under way: any of them will do.
    if (std::find(digests_.begin(), digests_.end(), http->body_sha256) == digests_.end()) return mismatch();
    auto document = read_pacc_json(http->body, domain_);
    if (!document) return ended(Outcome::unknown, document.error().text());
    return accept_document(std::move(*document), DomainCheck::lenient);
  }

  static Step mismatch() {
    Step step = ended(Outcome::unknown, "the document is not the one whose digest the DNS holds");
    step.diagnostics.push_back({"digest-mismatch", "", "the published document was changed or is not the right one"});
    return step;
  }

  DomainName domain_;
  std::vector<std::string> digests_;
};

}  // namespace

std::unique_ptr<Source> make_pacc_source(const Subject& subject) { return std::make_unique<PaccSource>(subject); }

}  // namespace mailconf
