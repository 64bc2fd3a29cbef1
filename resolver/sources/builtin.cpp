// The provider facts shipped with the library.
#include <fmt/core.h>

#include "sources/provider_data.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class BuiltinSource final : public Source {
 public:
  explicit BuiltinSource(const Subject& subject) : subject_(subject) {}

  Step begin() override {
    if (!subject_.providers) return ended(Outcome::skipped, "no built-in data");
    auto settings = subject_.providers->find(subject_.domain);
    if (!settings) return ended(Outcome::absent, "not listed");
    Step step = accept_settings(std::move(*settings));
    if (step.found) step.verdict.reason = fmt::format("facts of {}", subject_.providers->dated());
    return step;
  }

  Step on_answer(const Question&, const Answer&) override { return {}; }

 private:
  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_builtin_source(const Subject& subject) { return std::make_unique<BuiltinSource>(subject); }

}  // namespace mailconf
