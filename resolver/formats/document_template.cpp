#include <array>

#include "mailconf/formats.h"
#include "model/placeholders.h"
#include "model/url.h"

namespace mailconf {
namespace {

struct Escape {
  char character;
  std::string_view text;
};
constexpr Escape xml_escapes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
// An address holds no control characters, so these are all (RFC 8259 §7).
constexpr Escape json_escapes[] = {{'"', "\\\""}, {'\\', "\\\\"}};

template <std::size_t count>
std::string escape(std::string_view text, const Escape (&escapes)[count]) {
  std::string result;
  for (const char c : text) {
    const Escape* found = nullptr;
    for (const auto& candidate : escapes) {
      if (candidate.character == c) found = &candidate;
    }
    found == nullptr ? result.push_back(c) : static_cast<void>(result.append(found->text));
  }
  return result;
}

// The placeholder stands in a URL when the run of characters around it begins as one does.
bool is_in_url(std::string_view document, std::size_t offset) {
  const auto before = document.substr(0, offset);
  const auto begin = before.find_last_of(">\"' \t\r\n");
  return before.substr(begin == before.npos ? 0 : begin + 1).find("://") != before.npos;
}

}  // namespace

DocumentTemplate::DocumentTemplate(std::string document, Escaping escaping)
    : document_(std::move(document)), escaping_(escaping) {
  for (const auto& span : find_placeholders(document_))
    cuts_.push_back({span.offset, span.length, span.placeholder, is_in_url(document_, span.offset)});
}

std::string DocumentTemplate::for_address(const EmailAddress& address) const {
  const auto escaped = [&](const std::string& text) {
    return escaping_ == Escaping::xml ? escape(text, xml_escapes) : escape(text, json_escapes);
  };
  const std::string& domain = address.domain().ascii();
  const std::string local_part = escaped(address.local_part());
  const std::string local_part_in_url = encode_query_value(address.local_part());
  std::string result;
  result.reserve(document_.size() + cuts_.size() * (local_part_in_url.size() + domain.size()));
  std::size_t copied = 0;
  for (const auto& cut : cuts_) {
    result.append(document_, copied, cut.offset - copied);
    if (cut.placeholder != Placeholder::domain) result += cut.in_url ? local_part_in_url : local_part;
    if (cut.placeholder == Placeholder::address) result += '@';
    if (cut.placeholder != Placeholder::local_part) result += domain;
    copied = cut.offset + cut.length;
  }
  result.append(document_, copied);
  return result;
}

}  // namespace mailconf
