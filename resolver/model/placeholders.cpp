#include "model/placeholders.h"

#include <algorithm>

#include "model/host.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {
namespace {

struct Name {
  std::string_view text;
  Placeholder placeholder;
};
constexpr Name names[] = {
    {"EMAILADDRESS", Placeholder::address},
    {"EMAILLOCALPART", Placeholder::local_part},
    {"EMAILDOMAIN", Placeholder::domain},
};

const Name* find_name(std::string_view text) {
  const auto* const found = std::ranges::find_if(names, [&](auto& n) { return equal_ignoring_case(n.text, text); });
  return found == std::end(names) ? nullptr : found;
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// The next %NAME% at or behind `from`: [begin, end) with both percent signs, or nothing.
std::optional<std::pair<std::size_t, std::size_t>> next_name(std::string_view text, std::size_t from) {
  for (auto begin = text.find('%', from); begin != text.npos; begin = text.find('%', begin + 1)) {
    auto end = begin + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end > begin + 1 && end < text.size() && text[end] == '%') return {{begin, end + 1}};
  }
  return std::nullopt;
}

std::string value_of(Placeholder placeholder, const PlaceholderValues& values) {
  switch (placeholder) {
    case Placeholder::address:
      return values.local_part + "@" + values.domain;
    case Placeholder::local_part:
      return values.local_part;
    case Placeholder::domain:
      break;
  }
  return values.domain;
}

// A user and a domain that no text of a template can be mistaken for.
const PlaceholderValues trial{.local_part = "trial", .domain = "trial.example"};

}  // namespace

std::vector<PlaceholderSpan> find_placeholders(std::string_view text) {
  std::vector<PlaceholderSpan> spans;
  std::size_t from = 0;
  while (const auto found = next_name(text, from)) {
    const auto [begin, end] = *found;
    const auto* const name = find_name(text.substr(begin + 1, end - begin - 2));
    if (name != nullptr) spans.push_back({begin, end - begin, name->placeholder});
    // The closing "%" of an unknown name may open a known one: "100%off%EMAILDOMAIN%".
    from = name != nullptr ? end : end - 1;
  }
  return spans;
}

std::string replace_placeholders(std::string_view text, const PlaceholderValues& values) {
  std::string result;
  std::size_t copied = 0;
  for (const auto& span : find_placeholders(text)) {
    if (values.local_part.empty() && span.placeholder != Placeholder::domain) continue;
    result += text.substr(copied, span.offset - copied);
    result += value_of(span.placeholder, values);
    copied = span.offset + span.length;
  }
  result += text.substr(copied);
  return result;
}

bool has_placeholder(std::string_view text) { return next_name(text, 0).has_value(); }

bool has_unknown_placeholder(std::string_view text) {
  std::size_t known_end = 0;
  for (const auto& span : find_placeholders(text)) {
    if (has_placeholder(text.substr(known_end, span.offset - known_end))) return true;
    known_end = span.offset + span.length;
  }
  return has_placeholder(text.substr(known_end));
}

std::optional<std::string> close_placeholder(std::string_view text) {
  const auto percent = text.rfind('%');
  if (percent == text.npos || find_name(text.substr(percent + 1)) == nullptr) return std::nullopt;
  return std::string(text) + "%";
}

std::optional<std::string> parse_host_template(std::string_view text) {
  text = trim(text);
  if (find_placeholders(text).empty()) return normalise_host(text);
  if (!normalise_host(replace_placeholders(text, trial))) return std::nullopt;
  return std::string(text);
}

Result<std::string> parse_url_template(std::string_view text, std::initializer_list<std::string_view> schemes) {
  text = trim(text);
  if (find_placeholders(text).empty()) return parse_document_url(text, schemes);
  auto parsed = parse_document_url(replace_placeholders(text, trial), schemes);
  if (!parsed) return parsed;
  return std::string(text);
}

}  // namespace mailconf
