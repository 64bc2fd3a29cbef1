// %EMAILADDRESS%, %EMAILLOCALPART%, %EMAILDOMAIN% (draft-ietf-mailmaint-autoconfig-06 §4.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/result.h"

namespace mailconf {

// What the placeholders stand for. Without a local part only %EMAILDOMAIN% is replaced.
struct PlaceholderValues {
  std::string local_part;
  std::string domain;
};

// Every known placeholder replaced, in any letter case and within longer texts; an unknown one is left alone.
std::string replace_placeholders(std::string_view text, const PlaceholderValues& values);

// A well-formed %NAME% is left in `text`.
bool has_placeholder(std::string_view text);
// One of those left is none of the known three.
bool has_unknown_placeholder(std::string_view text);

enum class Placeholder { address, local_part, domain };
struct PlaceholderSpan {
  std::size_t offset;
  std::size_t length;
  Placeholder placeholder;
};
// Where the known placeholders stand, in order.
std::vector<PlaceholderSpan> find_placeholders(std::string_view text);

// A known placeholder at the end of `text` without its closing "%" (seen in published files), completed; nothing
// when there is no such slip.
std::optional<std::string> close_placeholder(std::string_view text);

// A host, or a URL of one of `schemes`, that may hold known placeholders; normalised where it holds none. One with
// placeholders is checked with a trial address and must be checked again once they have been replaced.
std::optional<std::string> parse_host_template(std::string_view text);
Result<std::string> parse_url_template(std::string_view text, std::initializer_list<std::string_view> schemes);

}  // namespace mailconf
