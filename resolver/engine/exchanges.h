// The questions of one resolution on their way: each distinct one goes out once, in order of urgency, and redirects are
// followed until there is an answer worth giving to those who asked.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "engine/resolution.h"

namespace mailconf {

struct Exchange {
  enum class State { waiting, out, answered, dropped };

  Question question;
  State state = State::waiting;
  std::size_t urgency = 0;   // 0 for proofs, then the rank of the source; smaller goes first
  std::size_t sent_as = 0;   // the urgency with which it went out
  std::uint32_t number = 0;  // of the hop that went out last
  Instant started{};
  Instant answered_at{};
  Instant deadline{};
  std::vector<Url> redirects;
  std::optional<Answer> answer;

  [[nodiscard]] bool was_sent() const { return number != 0; }
};

class Exchanges {
 public:
  using Id = std::size_t;
  // Of what nobody waits for: services beside the mail.
  static constexpr std::size_t beside = std::numeric_limits<std::size_t>::max();
  // Of what follows from settings that are there: it says nothing of the pace of the search.
  static constexpr std::size_t following = beside - 1;

  // The exchange for `question`, made when it is new and taken up again when it was dropped; a more urgent asker raises
  // its urgency. A port that had too little time for a guess is no server out of reach: for a proof it is tried again.
  Id ask(const Question& question, std::size_t urgency);
  [[nodiscard]] std::optional<Id> find(const Question& question) const;
  [[nodiscard]] const Exchange& operator[](Id id) const { return exchanges_[id]; }

  // Sends out what waits and `may_start`, as many connections at once as limits allow. `deadline` gives each its own.
  std::vector<Orders::Start> start(Instant now, const std::function<bool(Id)>& may_start,
                                   const std::function<Instant(Id)>& deadline);
  // An answer from the network. The exchange that is settled by it, or nothing: a redirect to follow, or a number that
  // is no longer awaited.
  std::optional<Id> on_answer(std::uint32_t number, const Answer& answer, Instant now);
  // Ends an open exchange without the network's word: with `answer`, or with none when nobody wants it any more. Its
  // number is returned when it was out and has to be cancelled.
  std::optional<std::uint32_t> end(Id id, const Answer& answer, Instant now);
  std::optional<std::uint32_t> drop(Id id);

  [[nodiscard]] Id size() const { return exchanges_.size(); }
  [[nodiscard]] std::vector<Id> open() const;  // waiting or out
  // How long the slowest answered connection took; zero when none was.
  [[nodiscard]] Duration slowest() const { return slowest_; }
  // Somebody answered something: the network is not wholly out of reach.
  [[nodiscard]] bool heard_anything() const { return heard_anything_; }

 private:
  std::optional<std::uint32_t> recall(Exchange& exchange);
  void settle(Exchange& exchange, const Answer& answer, Instant now);

  [[nodiscard]] std::size_t connections_out() const;

  std::vector<Exchange> exchanges_;
  std::map<Question, Id> by_question_;
  std::map<std::uint32_t, Id> by_number_;
  std::uint32_t next_number_ = 1;
  Duration slowest_{};
  bool heard_anything_ = false;
};

}  // namespace mailconf
