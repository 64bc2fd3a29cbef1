// How a value stands in the file of another program. Every function returns the text to put between the quotes that the
// template has, or nothing for a value that cannot stand there. Control characters never get this far.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailconf::exports {

using Escaped = std::optional<std::string>;
using Escape = Escaped (*)(std::string_view value);

// Fit for any of the formats: UTF-8 without control characters and without those that turn the writing direction.
bool is_plain_text(std::string_view value);
// A user name in a URL (RFC 3986 §2.1).
std::string percent_encoded(std::string_view value);

// "…" with backslashes: TOML, JSON, mbsync.
Escaped in_double_quotes(std::string_view value);
// "…" that a last quote on the line ends, whatever is between: msmtp.
Escaped as_it_is(std::string_view value);
// An address that msmtp takes for itself: not a pattern, without its substitutions.
Escaped without_patterns(std::string_view value);
// The rest of a line, white space around it dropped by the reader: getmail, Claws Mail.
Escaped to_the_end_of_the_line(std::string_view value);
// The same, and the reader replaces $NAME: a path of getmail.
Escaped path_without_variables(std::string_view value);
// The rest of a line, "%" is special: ConfigParser of Python.
Escaped interpolated(std::string_view value);
Escaped interpolated_path(std::string_view value);
// A string of Python, with its quotes; the second in an interpolated line.
Escaped python_string(std::string_view value);
Escaped interpolated_python_string(std::string_view value);
// "…" of mutt and neomutt, where $ and backticks act.
Escaped in_muttrc_quotes(std::string_view value);
// `…` of mutt and neomutt: goes to the shell as it is.
Escaped in_muttrc_backticks(std::string_view value);
// "…" of fetchmail, whose escapes are not those of C.
Escaped in_fetchmail_quotes(std::string_view value);
// '…' of a shell.
Escaped in_shell_quotes(std::string_view value);
// A value of an ini file of aerc, in backticks where it needs quotes.
Escaped in_aerc_backticks(std::string_view value);
// A value of a GKeyFile.
Escaped in_key_file(std::string_view value);
// Characters that mean nothing in a mailbox name and a list of c-client.
Escaped in_mailbox_name(std::string_view value);
Escaped plain_path(std::string_view value);

}  // namespace mailconf::exports
