// %EMAILADDRESS%, %EMAILLOCALPART%, %EMAILDOMAIN% (draft-ietf-mailmaint-autoconfig-06 §4.3).
#pragma once

#include <string>
#include <string_view>

#include "mailconf/address.h"

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

}  // namespace mailconf
