// The provider's entry in the database on the web (draft-ietf-mailmaint-autoconfig-06 §3.3, numbers 3.3 and 3.4).
#include "sources/mx_documents.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class SwitchedOff final : public Source {
 public:
  Step begin() override { return ended(Outcome::skipped, "switched off"); }
  Step on_answer(const Question&, const Answer&) override { return {}; }
};

}  // namespace

std::unique_ptr<Source> make_mx_ispdb_source(const Subject& subject) {
  if (!subject.ispdb) return std::make_unique<SwitchedOff>();
  const auto url_of = [base = *subject.ispdb](const DomainName& domain) { return ispdb_url(base, domain); };
  return make_mx_documents_source(subject, url_of, DomainCheck::must_list_a_domain);
}

}  // namespace mailconf
