#include "driver/recording_json.h"
#include "model/text.h"

namespace mailconf::json {
namespace {

const object no_members;
const array no_elements;

// Each octet as the character of that number, and back.
std::string spread(std::string_view octets) {
  std::string text;
  for (const char each : octets) {
    const auto octet = static_cast<unsigned char>(each);
    if (octet < 0x80) {
      text += each;
    } else {
      text += static_cast<char>(0xC0 | (octet >> 6));
      text += static_cast<char>(0x80 | (octet & 0x3F));
    }
  }
  return text;
}

std::optional<std::string> gathered(std::string_view text) {
  std::string octets;
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = utf8_character(text);
    if (length == 0 || length > 2 || (length == 2 && first > 0xC3)) return std::nullopt;
    octets += length == 1 ? text.front() : static_cast<char>(((first & 0x03) << 6) | (text[1] & 0x3F));
    text.remove_prefix(length);
  }
  return octets;
}

std::optional<std::string> octets_in(const value& from) {
  if (from.is_string()) return std::string(from.get_string());
  const auto* spread_out = from.is_object() ? from.get_object().if_contains("octets") : nullptr;
  return spread_out && spread_out->is_string() ? gathered(std::string_view(spread_out->get_string())) : std::nullopt;
}

}  // namespace

value octets(std::string_view octets) {
  if (valid_utf8(octets) == octets) return text(octets);
  return object{{"octets", text(spread(octets))}};
}

std::string Members::octets(std::string_view name) {
  const auto* found = from_.if_contains(name);
  if (!found) return "";
  auto octets = octets_in(*found);
  good_ = good_ && octets;
  return octets.value_or("");
}

std::int64_t Members::number(std::string_view name, std::int64_t largest) {
  const auto* found = from_.if_contains(name);
  if (!found) return 0;
  const std::int64_t number = found->is_int64() ? found->get_int64() : -1;
  const bool fits = number >= 0 && number <= largest;
  good_ = good_ && fits;
  return fits ? number : 0;
}

bool Members::flag(std::string_view name) {
  const auto* found = from_.if_contains(name);
  if (!found) return false;
  good_ = good_ && found->is_bool();
  return found->is_bool() && found->get_bool();
}

std::vector<std::string> Members::texts(std::string_view name) {
  std::vector<std::string> texts;
  for (const auto& each : list(name)) {
    auto octets = octets_in(each);
    good_ = good_ && octets;
    texts.push_back(octets.value_or(""));
  }
  return texts;
}

const object& Members::member(std::string_view name) {
  const auto* found = from_.if_contains(name);
  good_ = good_ && found && found->is_object();
  return found && found->is_object() ? found->get_object() : no_members;
}

const array& Members::list(std::string_view name) {
  const auto* found = from_.if_contains(name);
  if (!found) return no_elements;
  good_ = good_ && found->is_array();
  return found->is_array() ? found->get_array() : no_elements;
}

}  // namespace mailconf::json
