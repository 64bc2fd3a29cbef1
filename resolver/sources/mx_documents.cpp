#include "sources/mx_documents.h"

#include "sources/mx_domains.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class MxDocumentsSource final : public Source {
 public:
  MxDocumentsSource(const Subject& subject, std::function<Url(const DomainName&)> url_of, DomainCheck check)
      : subject_(subject), url_of_(std::move(url_of)), check_(check) {}

  Step begin() override { return ask(mx_question(subject_.domain)); }

  Step on_answer(const Question& asked, const Answer& answer) override {
    return std::holds_alternative<DnsQuestion>(asked) ? on_mx(answer) : on_document(asked, answer);
  }

 private:
  struct Candidate {
    DomainName domain;
    Question question;
    bool answered = false;
    std::optional<Settings> settings;
  };

  Step on_mx(const Answer& answer) {
    const auto mx = mx_domains(answer, subject_);
    Step step = ended(mx.verdict);
    for (const auto& domain : mx.domains) {
      candidates_.push_back({domain, HttpQuestion{url_of_(domain)}, false, {}});
      step.ask.push_back(candidates_.back().question);
    }
    return step;
  }

  Step on_document(const Question& asked, const Answer& answer) {
    for (auto& candidate : candidates_) {
      if (candidate.question != asked || candidate.answered) continue;
      Step step = read_autoconfig_answer(answer, candidate.domain, check_);
      candidate.answered = true;
      candidate.settings = std::move(step.found);
      step.found = chosen();
      return step;
    }
    return {};
  }

  // The best document, once no better one can come, and once only.
  std::optional<Settings> chosen() {
    for (auto& candidate : candidates_) {
      if (given_ || !candidate.answered) return std::nullopt;
      if (!candidate.settings) continue;
      given_ = true;
      return std::move(candidate.settings);
    }
    return std::nullopt;
  }

  const Subject& subject_;
  std::function<Url(const DomainName&)> url_of_;
  DomainCheck check_;
  std::vector<Candidate> candidates_;
  bool given_ = false;
};

}  // namespace

std::unique_ptr<Source> make_mx_documents_source(const Subject& subject, std::function<Url(const DomainName&)> url_of,
                                                 DomainCheck check) {
  return std::make_unique<MxDocumentsSource>(subject, std::move(url_of), check);
}

}  // namespace mailconf
