// One table of names an enumeration: what is written, then what is also read.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "model/text.h"

namespace mailconf {

template <class Enum>
struct Named {
  Enum value;
  std::string_view text;
};

// The first name of `value`. Every value has one.
template <class Enum>
std::string_view name_of(std::span<const Named<Enum>> table, Enum value) {
  return std::ranges::find(table, value, &Named<Enum>::value)->text;
}

template <class Enum>
std::optional<Enum> value_of(std::span<const Named<Enum>> table, std::string_view text) {
  const auto found =
      std::ranges::find_if(table, [&](const auto& entry) { return equal_ignoring_case(entry.text, text); });
  if (found == table.end()) return std::nullopt;
  return found->value;
}

}  // namespace mailconf
