// The administrator's <domain>.xml: it wins over everything and asks nobody.
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class PolicySource final : public Source {
 public:
  explicit PolicySource(const Subject& subject) : subject_(subject) {}

  Step begin() override {
    if (!subject_.policy_file) {
      if (subject_.policy_path.empty()) return ended(Outcome::skipped, "no directory of policy files is set");
      return ended(Outcome::absent, "no file " + subject_.policy_path);
    }
    auto document = read_autoconfig_xml(*subject_.policy_file, subject_.domain);
    if (document) return accept_document(std::move(*document), DomainCheck::lenient);
    Step step = ended(Outcome::unknown, document.error().text());
    step.diagnostics.push_back({"bad-policy-file", subject_.policy_path, document.error().text()});
    return step;
  }

  Step on_answer(const Question&, const Answer&) override { return {}; }

 private:
  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_policy_source(const Subject& subject) { return std::make_unique<PolicySource>(subject); }

}  // namespace mailconf
