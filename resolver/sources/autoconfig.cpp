// The domain's own file at its autoconfig. host (draft-ietf-mailmaint-autoconfig-06 §3.1, number 1.1).
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class AutoconfigSource final : public Source {
 public:
  explicit AutoconfigSource(const Subject& subject) : subject_(subject) {}

  Step begin() override { return ask(HttpQuestion{autoconfig_url(subject_.domain)}); }

  Step on_answer(const Question& asked, const Answer& answer) override {
    Step step = read_autoconfig_answer(answer, subject_.domain, DomainCheck::lenient);
    const auto* question = std::get_if<HttpQuestion>(&asked);
    if (!question || !question->url.query.empty() || !wants_address(answer)) return step;
    if (!subject_.address || subject_.send_address == SendAddress::never) return step;
    HttpQuestion again = *question;
    again.url.query = "emailaddress=" + encode_query_value(subject_.address->text());
    again.holds_address = true;
    step.ask.emplace_back(std::move(again));
    step.verdict.reason += "; asked once more with the address";
    return step;
  }

 private:
  // Some servers make the file for each address and know none without one.
  static bool wants_address(const Answer& answer) {
    const auto* http = std::get_if<HttpAnswer>(&answer);
    return http && (http->status == 400 || http->status == 404);
  }

  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_autoconfig_source(const Subject& subject) {
  return std::make_unique<AutoconfigSource>(subject);
}

}  // namespace mailconf
