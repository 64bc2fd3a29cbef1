// The provider's entry among the facts shipped with the library.
#include <fmt/core.h>

#include "sources/mx_domains.h"
#include "sources/provider_data.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class MxBuiltinSource final : public Source {
 public:
  explicit MxBuiltinSource(const Subject& subject) : subject_(subject) {}

  Step begin() override {
    if (!subject_.providers) return ended(Outcome::skipped, "no built-in data");
    return ask(mx_question(subject_.domain));
  }

  Step on_answer(const Question&, const Answer& answer) override {
    const auto mx = mx_domains(answer, subject_);
    for (const auto& domain : mx.domains) {
      auto settings = subject_.providers->find(domain);
      if (!settings) continue;
      Step step = accept_settings(std::move(*settings));
      if (step.found)
        step.verdict.reason = fmt::format("{}; facts of {}", mx.verdict.reason, subject_.providers->dated());
      return step;
    }
    if (mx.domains.empty()) return ended(mx.verdict);
    return ended(Outcome::absent, mx.verdict.reason + ", which is not listed");
  }

 private:
  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_mx_builtin_source(const Subject& subject) {
  return std::make_unique<MxBuiltinSource>(subject);
}

}  // namespace mailconf
