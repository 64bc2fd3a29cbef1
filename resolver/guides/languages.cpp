#include <algorithm>

#include "guides/catalog.h"
#include "mailconf/guide.h"
#include "model/text.h"

namespace mailconf {
namespace {

bool is_known(std::string_view language) {
  const auto& all = guides::catalogs();
  return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.language == language; });
}

// The language that a range means to us: "pt-BR" itself, or "pt". Empty when there is neither.
std::string known_language(std::string_view range) {
  std::string text = to_lower(trim(range));
  for (const auto& catalog : guides::catalogs()) {
    if (to_lower(catalog.language) == text) return catalog.language;
  }
  text.resize(std::min(text.find('-'), text.size()));
  return is_known(text) ? text : "";
}

// In thousandths; RFC 9110 §12.4.2.
int quality_of(std::string_view parameter) {
  const std::string text = to_lower(trim(parameter));
  if (text == "q=1" || !text.starts_with("q=")) return 1000;
  if (!text.starts_with("q=0.")) return text.starts_with("q=1") ? 1000 : 0;
  std::string digits = text.substr(4, 3);
  digits.resize(3, '0');
  return parse_integer<int>(digits).value_or(0);
}

}  // namespace

std::vector<std::string> guide_languages() {
  std::vector<std::string> result;
  for (const auto& catalog : guides::catalogs()) result.push_back(catalog.language);
  return result;
}

std::string guide_language(std::string_view named, std::string_view accept_language) {
  if (auto language = known_language(named); !language.empty()) return language;
  std::string best = "en";
  int best_quality = 0;
  for (const std::string_view member : split(accept_language, ',')) {
    const std::size_t semicolon = std::min(member.find(';'), member.size());
    const int quality = semicolon == member.size() ? 1000 : quality_of(member.substr(semicolon + 1));
    auto language = known_language(member.substr(0, semicolon));
    if (language.empty() || quality <= best_quality) continue;
    best = std::move(language);
    best_quality = quality;
  }
  return best;
}

}  // namespace mailconf
