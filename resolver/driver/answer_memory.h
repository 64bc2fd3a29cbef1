// What was answered lately, for those who ask the same: many domains have the same provider.
#pragma once

#include <cstddef>
#include <list>
#include <map>

#include "network/network.h"

namespace mailconf {

// Bounded three ways; what was not wanted for longest goes first.
class AnswerMemory {
 public:
  struct Bounds {
    std::size_t answers;
    std::size_t octets;  // of documents
    Duration time;
  };
  struct Remembered {
    Answer answer;
    Duration took;  // whoever is given the answer waits as long: its pace is that of the world, not of the memory
  };

  explicit AnswerMemory(Bounds bounds) : bounds_(bounds) {}

  // Only answers that would come again are kept: no time-out, no trouble of one's own.
  void keep(const Question& question, Remembered remembered, Instant now);
  // Nothing when it was never kept, or too long ago. Valid until the next call.
  const Remembered* recall(const Question& question, Instant now);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Question question;
    Remembered remembered;
    Instant kept_at;
  };
  using Entries = std::list<Entry>;

  void erase(Entries::iterator entry);

  Bounds bounds_;
  Entries entries_;  // the one wanted last comes first
  std::map<Question, Entries::iterator> by_question_;
  std::size_t octets_ = 0;
};

}  // namespace mailconf
