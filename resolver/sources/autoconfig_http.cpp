// The domain's own file over plain HTTP, only where the user allows it: anybody on the way could have written it. The
// address is never sent.
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

Question in_clear(Url url) {
  url.https = false;
  url.port = 80;
  return HttpQuestion{std::move(url)};
}

class AutoconfigHttpSource final : public Source {
 public:
  explicit AutoconfigHttpSource(const Subject& subject) : subject_(subject) {}

  Step begin() override {
    if (!subject_.allow_http) return ended(Outcome::skipped, "plain HTTP is not allowed");
    return ask(in_clear(autoconfig_url(subject_.domain)));
  }

  // The web site when the autoconfig. host has nothing, in the order of the encrypted two.
  Step on_answer(const Question& asked, const Answer& answer) override {
    Step step = read_autoconfig_answer(answer, subject_.domain, DomainCheck::lenient);
    const bool is_first = asked == in_clear(autoconfig_url(subject_.domain));
    if (!step.found && is_first) step.ask.push_back(in_clear(well_known_url(subject_.domain)));
    return step;
  }

 private:
  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_autoconfig_http_source(const Subject& subject) {
  return std::make_unique<AutoconfigHttpSource>(subject);
}

}  // namespace mailconf
