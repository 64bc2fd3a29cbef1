// The file of the domain that a sub-domain belongs to: a department's address, a university's settings. Only when the
// sub-domain itself definitely publishes none, since an error is no absence, and never above the registrable domain:
// autoconfig.<public suffix> is anybody's. Without the address: the parent is another party.
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class ParentSource final : public Source {
 public:
  explicit ParentSource(const Subject& subject)
      : domain_(subject.domain), parent_(registrable_domain(subject.domain)) {}

  // The same questions as of the sources for the domain itself, and so not put twice.
  Step begin() override {
    if (!parent_) return ended(Outcome::skipped, "the domain is a public suffix");
    if (*parent_ == domain_) return ended(Outcome::skipped, "the domain is not below another one");
    Step step;
    step.ask = {HttpQuestion{autoconfig_url(domain_)}, HttpQuestion{well_known_url(domain_)}};
    return step;
  }

  Step on_answer(const Question& asked, const Answer& answer) override {
    const bool is_own = asked == Question{HttpQuestion{autoconfig_url(domain_)}} ||
                        asked == Question{HttpQuestion{well_known_url(domain_)}};
    return is_own ? on_own(answer) : on_parent(asked, answer);
  }

 private:
  Step on_own(const Answer& answer) {
    Step step = ended(read_autoconfig_answer(answer, domain_, DomainCheck::lenient).verdict);
    if (step.verdict.outcome == Outcome::found) step.verdict = {Outcome::skipped, "the domain has a file of its own"};
    if (step.verdict.outcome == Outcome::absent) ++absences_;
    if (absences_ == 2) step.ask.emplace_back(HttpQuestion{autoconfig_url(*parent_)});
    return step;
  }

  Step on_parent(const Question& asked, const Answer& answer) const {
    Step step = read_autoconfig_answer(answer, *parent_, DomainCheck::lenient);
    const bool is_first = asked == Question{HttpQuestion{autoconfig_url(*parent_)}};
    if (!step.found && is_first) step.ask.emplace_back(HttpQuestion{well_known_url(*parent_)});
    return step;
  }

  DomainName domain_;
  std::optional<DomainName> parent_;
  int absences_ = 0;
};

}  // namespace

std::unique_ptr<Source> make_parent_source(const Subject& subject) { return std::make_unique<ParentSource>(subject); }

}  // namespace mailconf
