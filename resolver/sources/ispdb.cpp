// A database of providers on the web (draft-ietf-mailmaint-autoconfig-06 §3.2). It learns the domain and nothing else.
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class IspdbSource final : public Source {
 public:
  explicit IspdbSource(const Subject& subject) : subject_(subject) {}

  Step begin() override {
    if (!subject_.ispdb) return ended(Outcome::skipped, "switched off");
    return ask(HttpQuestion{ispdb_url(*subject_.ispdb, subject_.domain)});
  }

  Step on_answer(const Question&, const Answer& answer) override {
    return read_autoconfig_answer(answer, subject_.domain, DomainCheck::must_list_a_domain);
  }

 private:
  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_ispdb_source(const Subject& subject) { return std::make_unique<IspdbSource>(subject); }

}  // namespace mailconf
