#include "driver/pseudonym.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "clients/questions.h"
#include "model/text.h"

namespace mailconf {
namespace {

// Stand for the local part as it is, percent-encoded, and for the digest of the address; of characters that a URL may
// have anywhere.
constexpr std::string_view plain = "__local-part__";
constexpr std::string_view in_url = "__local-part-in-url__";
constexpr std::string_view in_digits = "__address-digest__";

bool starts_with(std::string_view text, std::string_view beginning) {
  return equal_ignoring_case(text.substr(0, beginning.size()), beginning);
}

bool is_of_a_word(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '-' || character == '_' ||
         static_cast<unsigned char>(character) >= 0x80;
}

bool is_followed_by_domain(std::string_view rest, std::string_view domain) {
  for (const std::string_view at : {"@", "%40", "&#64;"}) {
    if (starts_with(rest, at) && starts_with(rest.substr(at.size()), domain)) return true;
  }
  return false;
}

template <class Change>
struct Texts {
  const Change& change;

  void operator()(HttpQuestion& asked) const {
    change(asked.url.path, true);
    change(asked.url.query, true);
    change(asked.body, false);
  }
  void operator()(HttpAnswer& given) const {
    change(given.location, true);
    change(given.body, false);
  }
  void operator()(ProbeAnswer& given) const { change(given.greeting, false); }
  void operator()(Failure& failure) const { change(failure.detail, false); }
  void operator()(const DnsQuestion&) const {}
  void operator()(const ProbeQuestion&) const {}
  void operator()(const LoginQuestion&) const {}
  void operator()(const DnsAnswer&) const {}
  void operator()(const LoginAnswer&) const {}
};

// The same with every text changed that a stranger or an address can have got into.
template <class Value, class Change>
Value changed(Value value, const Change& change) {
  std::visit(Texts<Change>{change}, value);
  return value;
}

}  // namespace

Pseudonym::Pseudonym(const std::optional<EmailAddress>& address) {
  if (!address) return;
  local_part_ = address->local_part();
  encoded_ = encode_query_value(local_part_);
  digest_ = clients::md5_of(address->text());
  domain_ = address->domain().ascii();
}

Question Pseudonym::hidden(const Question& question) const {
  return changed(question, [this](std::string& text, bool is_url) { text = hide(text, true, is_url); });
}

Answer Pseudonym::hidden(const Answer& answer, bool personal) const {
  return changed(answer, [this, personal](std::string& text, bool is_url) { text = hide(text, personal, is_url); });
}

Answer Pseudonym::shown(const Answer& answer) const {
  return changed(answer, [this](std::string& text, bool) { text = show(text); });
}

std::string Pseudonym::hide(std::string_view text, bool words, bool is_url) const {
  if (local_part_.empty()) return std::string(text);
  const std::array forms{std::pair(std::string_view(local_part_), is_url ? in_url : plain),
                         std::pair(std::string_view(encoded_), in_url),
                         std::pair(std::string_view(digest_), in_digits)};
  std::string result;
  while (!text.empty()) {
    const bool begins = result.empty() || !is_of_a_word(result.back());
    const auto form = std::ranges::find_if(forms, [&](const auto& each) {
      if (!starts_with(text, each.first)) return false;
      if (each.second == in_digits) return true;
      const std::string_view rest = text.substr(each.first.size());
      return is_followed_by_domain(rest, domain_) || (words && begins && (rest.empty() || !is_of_a_word(rest.front())));
    });
    const bool found = form != forms.end();
    result += found ? form->second : text.substr(0, 1);
    text.remove_prefix(found ? form->first.size() : 1);
  }
  return result;
}

std::string Pseudonym::show(std::string_view text) const {
  const std::array forms{std::pair(plain, std::string_view(local_part_)), std::pair(in_url, std::string_view(encoded_)),
                         std::pair(in_digits, std::string_view(digest_))};
  std::string result;
  while (!text.empty()) {
    const auto form = std::ranges::find_if(forms, [&](const auto& each) { return text.starts_with(each.first); });
    const bool found = form != forms.end();
    result += found ? form->second : text.substr(0, 1);
    text.remove_prefix(found ? form->first.size() : 1);
  }
  return result;
}

}  // namespace mailconf
