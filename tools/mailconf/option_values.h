// What readers of options share.
#pragma once

#include <array>
#include <fmt/core.h>
#include <optional>
#include <string>
#include <string_view>

#include "display_text.h"
#include "mailconf/result.h"

namespace mailconf::cli {

using Reading = Result<void>;
using Typed = std::optional<std::string>;

inline tl::unexpected<Error> bad(std::string option, const std::string& value, std::string_view clause) {
  return fail(ErrorCode::bad_option, std::move(option), fmt::format("\"{}\" {}", displayable(value), clause));
}

template <class Value>
struct Choice {
  std::string_view word;
  Value value;
};

template <class Value, std::size_t N>
Reading read_choice(std::string option, const Typed& typed, const std::array<Choice<Value>, N>& choices, Value& value) {
  if (!typed) return {};
  std::string words;
  for (const auto& choice : choices) {
    if (choice.word == *typed) {
      value = choice.value;
      return {};
    }
    words += fmt::format("{}{}", words.empty() ? "" : &choice == &choices.back() ? " nor " : ", ", choice.word);
  }
  return bad(std::move(option), *typed, fmt::format("is neither {}", words));
}

inline Reading refuse_empty(std::string option, const Typed& typed) {
  if (typed && typed->empty()) return bad(std::move(option), *typed, "is empty");
  return {};
}

}  // namespace mailconf::cli
