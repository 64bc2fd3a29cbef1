// Settings as the configuration of another program.
//
// Pure functions, safe from any thread. What is written never holds a password and never names a server without
// encryption: TLS from the start stays that, STARTTLS is demanded and not merely tried, and certificates are checked.
// Every value is escaped for its place; one that the program's format cannot carry is an error, not a broken file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/report.h"
#include "mailconf/result.h"

namespace mailconf {

struct ExportTarget {
  std::string name;     // "msmtp"
  std::string summary;  // what the text is and where it belongs
};
// In the order of the alphabet.
std::vector<ExportTarget> export_targets();

struct ExportOptions {
  // A shell command that prints the password, or an access token where the servers sign in by OAuth2 alone. Empty: the
  // program asks in its own way.
  std::string password_command;
  // Certificates to trust instead of the system's: an absolute path.
  std::string ca_file;
  // For whoever reads the text: a line each. Comments at its head; where its format has none they become remarks.
  std::vector<std::string> notes = {};
};

struct Export {
  std::string text;
  bool complete = true;              // false: the program could send or read mail, too, and no server for it is known
  std::vector<std::string> remarks;  // sentences for the user: what the text leaves out
};

// The first server each way that the program can use safely. Fails with bad_option for a target that is not listed and
// an option that the program has no key for, with not_expressible for settings that the program cannot be given.
Result<Export> export_settings(std::string_view target, const Configuration& configuration, const EmailAddress& address,
                               const ExportOptions& options = {});

}  // namespace mailconf
