#include "exports/targets.h"

#include <algorithm>

#include "exports/documents.h"

namespace mailconf::exports {
namespace {

using enum Need;
using Stls = Starttls;
using Token = TokenSource;

constexpr Quoting kQuotes{in_double_quotes, in_double_quotes, in_double_quotes};
constexpr Quoting kMuttrc{in_muttrc_quotes, in_muttrc_backticks, in_muttrc_quotes};
// Of JSON and XML: the writers themselves escape.
constexpr Quoting kWriter{as_it_is};

// name, summary, reading, sending, POP3 too, STARTTLS, OAuth2, quoting, writer
constexpr std::array<Target, 17> kTargets{{
    {"aerc",
     "accounts.conf of aerc, mode 600",
     needed,
     wanted,
     false,
     Stls::demanded,
     Token::command,
     {in_aerc_backticks, in_aerc_backticks}},
    {"alpine",
     "lines for .pinerc of Alpine",
     wanted,
     wanted,
     true,
     Stls::demanded,
     Token::program,
     {in_mailbox_name, nullptr, plain_path}},
    {"apple", "profile (.mobileconfig) for iOS and macOS, not signed", needed, needed, true, Stls::by_port, Token::none,
     kWriter, write_mobileconfig},
    {"claws-mail",
     "section for accountrc of Claws Mail",
     needed,
     wanted,
     true,
     Stls::demanded,
     Token::none,
     {to_the_end_of_the_line}},
    {"environment",
     "variables for a shell script",
     wanted,
     wanted,
     true,
     Stls::demanded,
     Token::program,
     {in_shell_quotes, in_shell_quotes, in_shell_quotes}},
    {"evolution",
     "shell script that writes the three .source files of an account",
     needed,
     needed,
     true,
     Stls::demanded,
     Token::none,
     {in_key_file}},
    {"fetchmail",
     ".fetchmailrc, mode 600",
     needed,
     none,
     true,
     Stls::demanded,
     Token::none,
     {in_fetchmail_quotes, nullptr, in_fetchmail_quotes}},
    {"getmail6",
     "getmailrc of getmail 6",
     needed,
     none,
     true,
     Stls::unsafe,
     Token::command,
     {to_the_end_of_the_line, python_string, path_without_variables}},
    {"himalaya",
     "config.toml of himalaya 1",
     needed,
     wanted,
     false,
     Stls::demanded,
     Token::none,
     {in_double_quotes, in_double_quotes}},
    {"isync", ".mbsyncrc", needed, none, false, Stls::demanded, Token::command, kQuotes},
    {"json", "JSON with the names of a domain definition of mailconfd", wanted, wanted, true, Stls::demanded,
     Token::program, kWriter, write_settings},
    {"msmtp",
     ".msmtprc, mode 600",
     none,
     needed,
     false,
     Stls::demanded,
     Token::command,
     {as_it_is, as_it_is, as_it_is, without_patterns}},
    {"mutt", "lines for .muttrc", wanted, wanted, true, Stls::demanded, Token::command, kMuttrc},
    {"neomutt", "lines for .neomuttrc", wanted, wanted, true, Stls::demanded, Token::command, kMuttrc},
    {"nodemailer",
     "JSON for createTransport() of Nodemailer; the program adds the password",
     none,
     needed,
     false,
     Stls::demanded,
     Token::program,
     {in_double_quotes}},
    {"offlineimap",
     ".offlineimaprc",
     needed,
     none,
     false,
     Stls::unsafe,
     Token::none,
     {interpolated, interpolated_python_string, interpolated_path}},
    {"thunderbird", "autoconfig XML: DOMAIN.xml in the folder isp of Thunderbird", needed, needed, true, Stls::demanded,
     Token::program, kWriter, write_autoconfig},
}};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  const auto found =
      std::find_if(kTargets.begin(), kTargets.end(), [&](const Target& each) { return each.name == name; });
  return found == kTargets.end() ? nullptr : &*found;
}

}  // namespace mailconf::exports
