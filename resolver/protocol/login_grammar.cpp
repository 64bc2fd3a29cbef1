#include "protocol/login_grammar.h"

#include <algorithm>
#include <array>

#include "model/text.h"

namespace mailconf {

LoginOutcome meaning_of(std::span<const RefusalCode> codes, std::string_view code, std::string_view text) {
  const auto found = std::ranges::find(codes, code, &RefusalCode::name);
  if (found != codes.end()) return found->outcome;
  return speaks_of_a_limit(text) ? LoginOutcome::rate_limited : LoginOutcome::refused;
}

bool speaks_of_a_limit(std::string_view text) {
  const std::string words = to_lower(text);
  return std::ranges::any_of(std::array{"too many", "rate limit", "too fast", "throttl"},
                             [&](const char* phrase) { return words.find(phrase) != words.npos; });
}

}  // namespace mailconf
