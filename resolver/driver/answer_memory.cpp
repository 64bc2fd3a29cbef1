#include "driver/answer_memory.h"

namespace mailconf {
namespace {

std::size_t octets_of(const Answer& answer) {
  const auto* document = std::get_if<HttpAnswer>(&answer);
  return document ? document->body.size() : 0;
}

bool would_come_again(const Answer& answer) {
  const auto* failure = std::get_if<Failure>(&answer);
  if (!failure) return true;
  switch (failure->kind) {
    case FailureKind::dns_failure:
    case FailureKind::dns_timeout:
    case FailureKind::unreachable:
    case FailureKind::timed_out:
    case FailureKind::offline:
    case FailureKind::proxy_failed:
    case FailureKind::not_asked:
      return false;
    default:
      return true;
  }
}

}  // namespace

void AnswerMemory::keep(const Question& question, Remembered remembered, Instant now) {
  if (!would_come_again(remembered.answer)) return;
  if (const auto known = by_question_.find(question); known != by_question_.end()) erase(known->second);
  octets_ += octets_of(remembered.answer);
  entries_.push_front({question, std::move(remembered), now});
  by_question_[question] = entries_.begin();
  while (entries_.size() > bounds_.answers || octets_ > bounds_.octets) erase(std::prev(entries_.end()));
}

const AnswerMemory::Remembered* AnswerMemory::recall(const Question& question, Instant now) {
  const auto known = by_question_.find(question);
  if (known == by_question_.end()) return nullptr;
  if (now - known->second->kept_at > bounds_.time) {
    erase(known->second);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, known->second);
  return &entries_.front().remembered;
}

void AnswerMemory::erase(Entries::iterator entry) {
  octets_ -= octets_of(entry->remembered.answer);
  by_question_.erase(entry->question);
  entries_.erase(entry);
}

}  // namespace mailconf
