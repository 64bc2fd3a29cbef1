// Autodiscover as Exchange has it and some IMAP providers too (MS-OXDSCLI): a question by POST at two places of the
// domain, then wherever a service record says. No credentials are ever sent. Host names are made of the whole domain
// and never of what is above it: autodiscover.<public suffix> is anybody's (Guardicore 2021).
#include <algorithm>
#include <utility>

#include "sources/autodiscover_services.h"
#include "sources/autodiscover_ways.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class AutodiscoverSource final : public Source {
 public:
  explicit AutodiscoverSource(const Subject& subject) : subject_(subject), services_(subject.domain) {}

  Step begin() override {
    if (!registrable_domain(subject_.domain)) return ended(Outcome::skipped, "the domain is a public suffix");
    Step step;
    for (const auto& host : {"autodiscover." + subject_.domain.ascii(), subject_.domain.ascii()}) {
      open(autodiscover_question(host, subject_.domain), step);
    }
    return step;
  }

  Step on_answer(const Question& asked, const Answer& answer) override {
    if (auto beside = services_.take(asked, answer)) return *std::move(beside);
    const auto way = std::find_if(ways_.begin(), ways_.end(),
                                  [&](const Way& each) { return !each.ended && each.question == asked; });
    if (way == ways_.end()) return {};
    AutodiscoverTurn turn = take_autodiscover(asked, answer, subject_.domain);
    Step step = std::move(turn.step);
    way->ended = true;
    if (turn.next && go_on(*way, *turn.next, step)) step.ask.push_back(*turn.next);
    way->settings = std::move(step.found);
    step.found = chosen();
    step.ask_beside = services_.open(asked, answer);
    if (!given_ && !last_resorts_ && all_ended()) try_last_resorts(step);
    return step;
  }

 private:
  struct Way {
    Question question;
    bool ended = false;
    std::optional<Settings> settings = {};
  };

  void open(Question question, Step& step) {
    step.ask.push_back(question);
    ways_.push_back({std::move(question)});
  }

  // Follows a redirect, unless it leads round or on for too long.
  bool go_on(Way& way, const Question& next, Step& step) {
    constexpr int most_redirects = 10;  // of all ways (MS-OXDSCLI §3.1.5)
    const bool known =
        std::any_of(ways_.begin(), ways_.end(), [&](const Way& each) { return each.question == next; }) ||
        std::find(left_.begin(), left_.end(), next) != left_.end();
    if (known || ++redirects_ > most_redirects) {
      step.verdict = {Outcome::unknown, known ? "redirected in a circle" : "redirected too often"};
      return false;
    }
    left_.push_back(std::exchange(way.question, next));
    way.ended = false;
    return true;
  }

  [[nodiscard]] bool all_ended() const {
    return std::all_of(ways_.begin(), ways_.end(), [](const Way& way) { return way.ended; });
  }

  // The first way's settings, once no better ones can come, and once only.
  std::optional<Settings> chosen() {
    for (auto& way : ways_) {
      if (given_ || !way.ended) return std::nullopt;
      if (!way.settings) continue;
      given_ = true;
      return std::move(way.settings);
    }
    return std::nullopt;
  }

  // What others than the domain's own web hosts say comes last. The plain request carries nothing and is for its
  // redirect only.
  void try_last_resorts(Step& step) {
    last_resorts_ = true;
    if (subject_.allow_http) open(autodiscover_redirect_question(subject_.domain), step);
    open(autodiscover_record_question(subject_.domain), step);
  }

  const Subject& subject_;
  AutodiscoverServices services_;
  std::vector<Way> ways_;       // in order of preference
  std::vector<Question> left_;  // answered by a redirect
  int redirects_ = 0;
  bool last_resorts_ = false;
  bool given_ = false;
};

}  // namespace

std::unique_ptr<Source> make_autodiscover_source(const Subject& subject) {
  return std::make_unique<AutodiscoverSource>(subject);
}

}  // namespace mailconf
