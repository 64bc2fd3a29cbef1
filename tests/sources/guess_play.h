// A guess for example.org, played question by question.
#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "sources/questions.h"
#include "sources/sources.h"

namespace mailconf::test {

using Texts = std::vector<std::string>;
using Zone = std::map<std::string, Answer>;  // by host, by "MX" or by service label; all else does not exist

inline constexpr const char* made_up = "mailconf-4t9x2k7w.example.org";

inline std::string zone_key(const DnsQuestion& question) {
  if (question.type == RecordType::mx) return "MX";
  if (question.type == RecordType::srv) return question.name.substr(0, question.name.find('.'));
  return question.name;
}

// A guess for example.org whose names are answered by `zone`, and whose ports one by one.
class Guess {
 public:
  explicit Guess(const Zone& zone, bool allow_plaintext = false) : subject_(about("example.org")), zone_(zone) {
    subject_.allow_plaintext = allow_plaintext;
    source_ = make_guess_source(subject_);
    take(source_->begin());
  }

  // "imap.example.org:993", in the order asked.
  [[nodiscard]] Texts open() const {
    Texts texts;
    for (const auto& probe : open_) texts.push_back(probe.host + ":" + std::to_string(probe.port));
    return texts;
  }

  Step answer(const std::string& host_and_port, const Answer& given) {
    const ProbeQuestion question = port(host_and_port);
    const auto place = std::find(open_.begin(), open_.end(), question);
    BOOST_REQUIRE_MESSAGE(place != open_.end(), host_and_port + " was not asked");
    open_.erase(place);
    Step step = source_->on_answer(question, given);
    take(step);
    return step;
  }

  // Answers everything, `ports` as they stand and all others with `otherwise`; returns what was asked, in order.
  Texts run(const std::map<std::string, Answer>& ports, const Answer& otherwise = failed(FailureKind::refused)) {
    Texts all;
    while (!open_.empty()) {
      const std::string next = open().front();
      all.push_back(next);
      const auto place = ports.find(next);
      answer(next, place == ports.end() ? otherwise : place->second);
    }
    return all;
  }

  [[nodiscard]] Texts incoming() const { return found ? servers(found->incoming) : Texts{}; }
  [[nodiscard]] Texts outgoing() const { return found ? servers(found->outgoing) : Texts{}; }

  std::optional<Settings> found;
  Texts diagnostics;

 private:
  void take(const Step& step) {
    for (const auto& code : codes(step)) diagnostics.push_back(code);
    if (step.found) found = step.found;
    for (const auto& question : step.ask) {
      if (const auto* probe = std::get_if<ProbeQuestion>(&question)) open_.push_back(*probe);
    }
    for (const auto& question : step.ask) {
      const auto* dns = std::get_if<DnsQuestion>(&question);
      if (!dns) continue;
      const auto place = zone_.find(zone_key(*dns));
      take(source_->on_answer(question, place == zone_.end() ? Answer(no_such_name()) : place->second));
    }
  }

  Subject subject_;
  Zone zone_;
  std::unique_ptr<Source> source_;
  std::vector<ProbeQuestion> open_;
};

// Every usual name with an address of its own.
inline const Zone usual{{"imap.example.org", at({"192.0.2.1"})},
                        {"smtp.example.org", at({"192.0.2.2"})},
                        {"mail.example.org", at({"192.0.2.3"})},
                        {"example.org", at({"192.0.2.4"})}};

inline bool contains(const Texts& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

inline Zone with(Zone zone, const std::string& key, const Answer& answer) {
  zone[key] = answer;
  return zone;
}

}  // namespace mailconf::test
