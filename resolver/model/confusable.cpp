#include "model/confusable.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/text.h"

namespace mailconf {
namespace {

struct Script {
  char32_t first, last;
  char name;
};
// The scripts that share letter shapes with Latin.
constexpr Script scripts[] = {
    {U'a', U'z', 'L'},           {U'\u00c0', U'\u024f', 'L'}, {U'\u0250', U'\u02af', 'L'}, {U'\u1e00', U'\u1eff', 'L'},
    {U'\u0370', U'\u03ff', 'G'}, {U'\u1f00', U'\u1fff', 'G'}, {U'\u0400', U'\u052f', 'C'}, {U'\u0530', U'\u058f', 'A'},
    {U'\u13a0', U'\u13ff', 'K'}, {U'\uab70', U'\uabbf', 'K'},
};

// Small letters that can hardly be told from a Latin one, or from a digit.
constexpr std::u32string_view latin_look_alikes = U"асԁеһіјӏорԛѕԝхугьαικνορτυχω";

char32_t code_point(std::string_view character) {
  const auto lead = static_cast<std::uint8_t>(character.front());
  constexpr std::array<std::uint8_t, 5> masks{0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t value = lead & masks[character.size()];
  for (const char c : character.substr(1)) value = value << 6 | (static_cast<std::uint8_t>(c) & 0x3f);
  return value;
}

// 0 for digits, hyphens and the scripts that look like nothing else.
char script_of(char32_t letter) {
  const auto* const found =
      std::ranges::find_if(scripts, [&](const Script& s) { return letter >= s.first && letter <= s.last; });
  return found == std::end(scripts) ? '\0' : found->name;
}

}  // namespace

bool could_mislead(std::string_view u_label, bool latin_top_level) {
  char script = '\0';
  bool all_look_latin = true;
  while (!u_label.empty()) {
    const auto length = utf8_character(u_label);
    if (length == 0) return true;
    const auto letter = code_point(u_label.substr(0, length));
    u_label.remove_prefix(length);
    const char its_script = script_of(letter);
    if (its_script == '\0') continue;
    if (script != '\0' && its_script != script) return true;
    script = its_script;
    all_look_latin = all_look_latin && latin_look_alikes.find(letter) != latin_look_alikes.npos;
  }
  return latin_top_level && script != '\0' && script != 'L' && all_look_latin;
}

}  // namespace mailconf
