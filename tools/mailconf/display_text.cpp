#include "display_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mailconf::cli {
namespace {

constexpr char32_t kBroken = 0xFFFFFFFF;

struct Character {
  char32_t code = kBroken;
  std::size_t length = 1;
};

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// RFC 3629 §3: over-long forms, surrogates and codes beyond U+10FFFF are broken.
Character first_character(std::string_view text) {
  constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = sequence_length(lead);
  if (length == 0 || text.size() < length) return {};
  if (length == 1) return {lead, 1};
  char32_t code = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0u) != 0x80u) return {};
    code = (code << 6) | (next & 0x3Fu);
  }
  if (code < kLeast[length] || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return {};
  return {code, length};
}

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [code](const Range& range) { return code >= range.first && code <= range.last; });
}

// C0, DEL, C1, invisible marks, direction marks and overrides, line and paragraph separators, tags, non-characters.
constexpr std::array<Range, 12> kUnsafe{{{0x00, 0x1F},
                                         {0x7F, 0x9F},
                                         {0xAD, 0xAD},
                                         {0x61C, 0x61C},
                                         {0x200B, 0x200F},
                                         {0x2028, 0x202E},
                                         {0x2060, 0x206F},
                                         {0xFEFF, 0xFEFF},
                                         {0xFFF9, 0xFFFB},
                                         {0xFFFE, 0xFFFF},
                                         {0xE0000, 0xE007F},
                                         {kBroken, kBroken}}};

// Combining marks of the scripts that are usual in names; variation selectors.
constexpr std::array<Range, 14> kNoCell{{{0x300, 0x36F},
                                         {0x483, 0x489},
                                         {0x591, 0x5BD},
                                         {0x610, 0x61A},
                                         {0x64B, 0x65F},
                                         {0x93C, 0x93C},
                                         {0x941, 0x948},
                                         {0xE31, 0xE31},
                                         {0xE34, 0xE3A},
                                         {0xE47, 0xE4E},
                                         {0x1AB0, 0x1AFF},
                                         {0x1DC0, 0x1DFF},
                                         {0x20D0, 0x20FF},
                                         {0xFE00, 0xFE0F}}};

// Unicode Standard Annex 11: East Asian Wide and Fullwidth, and the pictographs shown in colour.
constexpr std::array<Range, 12> kTwoCells{{{0x1100, 0x115F},
                                           {0x2E80, 0x303E},
                                           {0x3041, 0x33FF},
                                           {0x3400, 0x4DBF},
                                           {0x4E00, 0xA4CF},
                                           {0xA960, 0xA97C},
                                           {0xAC00, 0xD7A3},
                                           {0xF900, 0xFAFF},
                                           {0xFE30, 0xFE6F},
                                           {0xFF01, 0xFF60},
                                           {0x1F300, 0x1FAFF},
                                           {0x20000, 0x3FFFD}}};

std::size_t cells_of(char32_t code) {
  if (code < 0x300) return 1;
  if (within(kNoCell, code)) return 0;
  return within(kTwoCells, code) || (code >= 0xFFE0 && code <= 0xFFE6) ? 2 : 1;
}

std::string cleaned(std::string_view text, char32_t highest) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    if (character.code > highest || within(kUnsafe, character.code)) {
      clean += '?';
    } else {
      clean += text.substr(0, character.length);
    }
    text.remove_prefix(character.length);
  }
  return clean;
}

}  // namespace

std::string displayable(std::string_view text) { return cleaned(text, 0x10FFFF); }

std::string displayable_ascii(std::string_view text) { return cleaned(text, 0x7E); }

std::size_t cells(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    count += cells_of(character.code);
    text.remove_prefix(character.length);
  }
  return count;
}

std::string shortened(std::string_view text, std::size_t width, std::string_view ending) {
  if (cells(text) <= width) return std::string(text);
  const std::size_t room = width - std::min(width, cells(ending));
  std::size_t used = 0;
  std::size_t kept = 0;
  while (kept < text.size()) {
    const Character character = first_character(text.substr(kept));
    if (used + cells_of(character.code) > room) break;
    used += cells_of(character.code);
    kept += character.length;
  }
  return std::string(text.substr(0, kept)).append(ending);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (cells(line) + 1 + cells(word) <= width) {
      line.append(" ").append(word);
    } else {
      lines.emplace_back(word);
    }
  }
  return lines;
}

}  // namespace mailconf::cli
