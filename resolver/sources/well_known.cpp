// The domain's own file below its web site (draft-ietf-mailmaint-autoconfig-06 §3.1, number 1.2). The web site may be
// in other hands than the mail, so the address is never sent there.
#include "sources/sources.h"
#include "sources/steps.h"
#include "sources/well_known_services.h"

namespace mailconf {
namespace {

class WellKnownSource final : public Source {
 public:
  explicit WellKnownSource(const Subject& subject) : subject_(subject), services_(subject.domain) {}

  Step begin() override {
    Step step = ask(HttpQuestion{well_known_url(subject_.domain)});
    step.ask_beside = services_.questions();
    return step;
  }

  Step on_answer(const Question& asked, const Answer& answer) override {
    if (auto beside = services_.take(asked, answer)) return *std::move(beside);
    Step step = read_autoconfig_answer(answer, subject_.domain, DomainCheck::lenient);
    if (is_open_site(answer)) step.ask_beside = services_.open();
    return step;
  }

 private:
  // Where everything asks for credentials, that says nothing of any service.
  static bool is_open_site(const Answer& answer) {
    const auto* http = std::get_if<HttpAnswer>(&answer);
    return http && http->status != 401 && http->status != 403 && http->status < 500;
  }

  const Subject& subject_;
  WellKnownServices services_;
};

}  // namespace

std::unique_ptr<Source> make_well_known_source(const Subject& subject) {
  return std::make_unique<WellKnownSource>(subject);
}

}  // namespace mailconf
