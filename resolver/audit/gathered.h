// Everything that has been asked about a domain, and what came back. A value: what follows from it is computed anew
// whenever it grows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/audit.h"
#include "mailconf/formats.h"
#include "protocol/question.h"

namespace mailconf::audit {

// The day on which certificates are judged: days since 1970-01-01.
using Day = std::chrono::sys_days;

class Gathered {
 public:
  Gathered(DomainName domain, Day today) : domain_(std::move(domain)), today_(today) {}

  void add(const Question& question, Answer answer);

  [[nodiscard]] const DomainName& domain() const { return domain_; }
  [[nodiscard]] Day today() const { return today_; }
  [[nodiscard]] const std::map<Question, Answer>& answers() const { return answers_; }
  [[nodiscard]] const std::vector<Question>& in_order() const { return order_; }
  // Null when it has not been answered, or otherwise.
  [[nodiscard]] const Answer* answer(const Question& question) const;
  [[nodiscard]] const DnsAnswer* dns(const Question& question) const { return as<DnsAnswer>(question); }
  [[nodiscard]] const HttpAnswer* http(const Question& question) const { return as<HttpAnswer>(question); }
  [[nodiscard]] const Failure* failure(const Question& question) const { return as<Failure>(question); }

 private:
  template <class Kind>
  [[nodiscard]] const Kind* as(const Question& question) const {
    const auto* given = answer(question);
    return given ? std::get_if<Kind>(given) : nullptr;
  }

  DomainName domain_;
  Day today_;
  std::map<Question, Answer> answers_;
  std::vector<Question> order_;
};

// A question in a line, and its answer.
Evidence evidence_of(const Question& question, const Answer& answer);
Evidence evidence(const Gathered& gathered, const Question& question);

}  // namespace mailconf::audit
