// The domain's own file below its web site (draft-ietf-mailmaint-autoconfig-06 §3.1, number 1.2). The web site may be
// in other hands than the mail, so the address is never sent there.
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class WellKnownSource final : public Source {
 public:
  explicit WellKnownSource(const Subject& subject) : subject_(subject) {}

  Step begin() override { return ask(HttpQuestion{well_known_url(subject_.domain)}); }

  Step on_answer(const Question&, const Answer& answer) override {
    return read_autoconfig_answer(answer, subject_.domain, DomainCheck::lenient);
  }

 private:
  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_well_known_source(const Subject& subject) {
  return std::make_unique<WellKnownSource>(subject);
}

}  // namespace mailconf
