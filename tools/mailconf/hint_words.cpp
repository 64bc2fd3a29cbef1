#include "hint_words.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

namespace mailconf::cli {
namespace {

struct Known {
  std::string_view kind;
  std::string_view label;
  std::string_view text;
};

constexpr std::array kHints{
    Known{"enable", "Do first", "allow mail programs to use the account"},
    Known{"enable-imap", "Do first", "switch IMAP or POP3 on in the settings of the account"},
    Known{"app-password", "Do first", "make a password for mail programs; the usual one is not taken"},
    Known{"paid-plan", "Note", "mail programs may need an account that is paid for"},
    Known{"oauth2", "Note", "passwords are not taken any more; the program must sign in by OAuth2"},
    Known{"bridge", "Note", "mail programs need the provider's bridge, a program on your own computer"},
    Known{"no-standard-protocol", "Note", "the provider has no IMAP, POP3 or SMTP; use its own program"},
};

}  // namespace

HintWords hint_words(const Hint& hint) {
  const auto known = std::ranges::find(kHints, hint.kind, &Known::kind);
  const bool is_known = known != kHints.end();
  const std::string when = hint.checked.empty() ? "" : fmt::format(" (as of {})", hint.checked);
  return {is_known ? known->label : "Note",
          fmt::format("{}: {}{}", is_known ? known->text : std::string_view(hint.kind), hint.url, when)};
}

}  // namespace mailconf::cli
