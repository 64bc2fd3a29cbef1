// Questions and answers as JSON, and back, without a loss but for what a login must keep to itself: names, secrets and
// what the server said to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formats/json.h"
#include "protocol/question.h"

namespace mailconf::json {

// A text as it is; octets that are no UTF-8 as an object whose text has a character for each.
value octets(std::string_view octets);

// Members of an object that may be anything. What is missing is empty; what is of another kind or out of range, too,
// and then good() is false.
class Members {
 public:
  explicit Members(const object& from) : from_(from) {}

  [[nodiscard]] bool has(std::string_view name) const { return from_.contains(name); }
  std::string octets(std::string_view name);
  std::int64_t number(std::string_view name, std::int64_t largest);
  bool flag(std::string_view name);
  std::vector<std::string> texts(std::string_view name);
  const object& member(std::string_view name);
  const array& list(std::string_view name);
  // What a reader of one of its members says about that.
  void refuse() { good_ = false; }
  [[nodiscard]] bool good() const { return good_; }

 private:
  const object& from_;
  bool good_ = true;
};

object to_json(const Question& question);
object to_json(const Answer& answer);
// Nothing for what cannot be understood.
std::optional<Question> read_question(const object& from);
std::optional<Answer> read_answer(const object& from);

}  // namespace mailconf::json
