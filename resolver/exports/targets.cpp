#include "exports/targets.h"

#include <algorithm>

#include "exports/documents.h"

namespace mailconf::exports {
namespace {

using enum Need;
using Stls = Starttls;
using Token = TokenSource;
using Note = Comments;

// value, command, path, address
constexpr Quoting kAerc{in_aerc_backticks, in_aerc_backticks};
constexpr Quoting kAlpine{in_mailbox_name, nullptr, plain_path};
constexpr Quoting kClaws{to_the_end_of_the_line};
constexpr Quoting kShell{in_shell_quotes, in_shell_quotes, in_shell_quotes};
constexpr Quoting kKeyFile{in_key_file};
constexpr Quoting kFetchmail{in_fetchmail_quotes, nullptr, in_fetchmail_quotes};
constexpr Quoting kGetmail{to_the_end_of_the_line, python_string, path_without_variables};
constexpr Quoting kToml{in_double_quotes, in_double_quotes};
constexpr Quoting kMbsync{in_double_quotes, in_double_quotes, in_double_quotes};
constexpr Quoting kMsmtp{as_it_is, as_it_is, as_it_is, without_patterns};
constexpr Quoting kMuttrc{in_muttrc_quotes, in_muttrc_backticks, in_muttrc_quotes};
constexpr Quoting kJson{in_double_quotes};
constexpr Quoting kConfigParser{interpolated, interpolated_python_string, interpolated_path};
// The writers of JSON and XML escape by themselves.
constexpr Quoting kWriter{as_it_is};

constexpr bool kPop3 = true;
constexpr bool kNoPop3 = false;

// name, summary, reading, sending, POP3 too, STARTTLS, OAuth2, quoting, comments, writer
constexpr std::array<Target, 17> kTargets{{
    {"aerc", "accounts.conf of aerc, mode 600", needed, wanted, kNoPop3, Stls::demanded, Token::command, kAerc,
     Note::hash},
    {"alpine", "lines for .pinerc of Alpine", wanted, wanted, kPop3, Stls::demanded, Token::program, kAlpine,
     Note::hash},
    {"apple", "profile (.mobileconfig) for iOS and macOS, not signed", needed, needed, kPop3, Stls::by_port,
     Token::none, kWriter, Note::xml, write_mobileconfig},
    {"claws-mail", "section for accountrc of Claws Mail", needed, wanted, kPop3, Stls::demanded, Token::none, kClaws,
     Note::hash},
    {"environment", "variables for a shell script", wanted, wanted, kPop3, Stls::demanded, Token::program, kShell,
     Note::hash},
    {"evolution", "shell script that writes the three .source files of an account", needed, needed, kPop3,
     Stls::demanded, Token::none, kKeyFile, Note::hash},
    {"fetchmail", ".fetchmailrc, mode 600", needed, none, kPop3, Stls::demanded, Token::none, kFetchmail, Note::hash},
    {"getmail6", "getmailrc of getmail 6", needed, none, kPop3, Stls::unsafe, Token::command, kGetmail, Note::hash},
    {"himalaya", "config.toml of himalaya 1", needed, wanted, kNoPop3, Stls::unsafe, Token::none, kToml, Note::hash},
    {"isync", ".mbsyncrc", needed, none, kNoPop3, Stls::demanded, Token::command, kMbsync, Note::hash},
    {"json", "JSON with the names of a domain definition of mailconfd", wanted, wanted, kPop3, Stls::demanded,
     Token::program, kWriter, Note::none, write_settings},
    {"msmtp", ".msmtprc, mode 600", none, needed, kNoPop3, Stls::demanded, Token::command, kMsmtp, Note::hash},
    {"mutt", "lines for .muttrc", wanted, wanted, kPop3, Stls::demanded, Token::command, kMuttrc, Note::hash},
    {"neomutt", "lines for .neomuttrc", wanted, wanted, kPop3, Stls::demanded, Token::command, kMuttrc, Note::hash},
    {"nodemailer", "JSON for createTransport() of Nodemailer; the program adds the password", none, needed, kNoPop3,
     Stls::demanded, Token::program, kJson, Note::none},
    {"offlineimap", ".offlineimaprc", needed, none, kNoPop3, Stls::unsafe, Token::none, kConfigParser, Note::hash},
    {"thunderbird", "autoconfig XML: DOMAIN.xml in the folder isp of Thunderbird", needed, needed, kPop3,
     Stls::demanded, Token::program, kWriter, Note::xml, write_autoconfig},
}};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  const auto found =
      std::find_if(kTargets.begin(), kTargets.end(), [&](const Target& each) { return each.name == name; });
  return found == kTargets.end() ? nullptr : &*found;
}

}  // namespace mailconf::exports
