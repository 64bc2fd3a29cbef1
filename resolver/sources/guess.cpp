// Usual host names and ports, tried out. Nothing is published: what counts is a server that speaks the protocol over
// TLS with a certificate for its name.
#include <algorithm>
#include <array>

#include "sources/guess_ladder.h"
#include "sources/guess_names.h"
#include "sources/guess_ports.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

class GuessSource final : public Source {
 public:
  explicit GuessSource(const Subject& subject)
      : domain_(subject.domain),
        names_(subject),
        ways_{{{Direction::incoming, GuessLadder(subject.allow_plaintext)},
               {Direction::outgoing, GuessLadder(subject.allow_plaintext)}}} {}

  Step begin() override {
    Step step;
    step.ask = names_.questions();
    return step;
  }

  Step on_answer(const Question& asked, const Answer& answer) override {
    Step step;
    if (const auto* name = std::get_if<DnsQuestion>(&asked)) step = on_name(*name, answer);
    if (const auto* port = std::get_if<ProbeQuestion>(&asked)) step = on_port(*port, answer);
    step.ask = names_.follow_up();
    bool news = false;
    std::array<std::vector<Question>, 2> asks;
    for (std::size_t index = 0; index < ways_.size(); ++index) {
      asks[index] = climb(ways_[index]);
      news = settle(ways_[index]) || news;
    }
    interleave(asks, step.ask);
    if (news) step.found = finding();
    return step;
  }

 private:
  static constexpr std::array stages{Stage::usual, Stage::by_certificate, Stage::last_resort};

  struct Way {
    Direction direction;
    GuessLadder ladder;
    std::size_t stages = 0;  // added so far
    std::optional<Server> server = {};
  };

  Step on_name(const DnsQuestion& asked, const Answer& answer) {
    names_.take(asked, answer);
    return ended(judge(answer));
  }

  Step on_port(const ProbeQuestion& asked, const Answer& answer) {
    const auto* shown = std::get_if<ProbeAnswer>(&answer);
    if (shown && shown->tls && shown->tls->certificate == CertificateVerdict::wrong_name) {
      names_.take_certificate(asked.host, shown->tls->names);
    }
    for (auto& way : ways_) {
      if (auto step = way.ladder.take(asked, answer)) return *step;
    }
    return {};
  }

  // The next questions of a direction, from the next stage when those so far gave nothing.
  std::vector<Question> climb(Way& way) {
    while (true) {
      auto questions = way.ladder.next();
      if (!questions.empty() || !way.ladder.is_exhausted() || way.stages == stages.size()) return questions;
      const Stage stage = stages[way.stages];
      if (stage == Stage::usual ? !names_.usual_names_known() : !names_.all_known()) return questions;
      way.ladder.add(guessed_ports(names_, way.direction, stage));
      ++way.stages;
    }
  }

  // True when the server of a direction has just become known.
  bool settle(Way& way) const {
    if (way.server) return false;
    way.server = way.ladder.best();
    const bool all_tried = way.stages == stages.size() && way.ladder.is_exhausted();
    if (!way.server && all_tried) way.server = way.ladder.best_in_clear();
    return way.server.has_value();
  }

  // The best of both directions first.
  static void interleave(std::array<std::vector<Question>, 2>& asks, std::vector<Question>& result) {
    for (std::size_t index = 0; index < std::max(asks[0].size(), asks[1].size()); ++index) {
      for (auto& questions : asks) {
        if (index < questions.size()) result.push_back(std::move(questions[index]));
      }
    }
  }

  [[nodiscard]] Settings finding() const {
    Settings settings;
    settings.provider.id = domain_.ascii();
    settings.provider.display_name = domain_.unicode();
    settings.provider.domains = {domain_};
    if (ways_[0].server) settings.incoming = {*ways_[0].server};
    if (ways_[1].server) settings.outgoing = {*ways_[1].server};
    return settings;
  }

  DomainName domain_;
  GuessNames names_;
  std::array<Way, 2> ways_;
};

}  // namespace

std::unique_ptr<Source> make_guess_source(const Subject& subject) { return std::make_unique<GuessSource>(subject); }

}  // namespace mailconf
