// Passwords and tokens, from a file or from the person at the terminal; never from the arguments or the environment,
// which others can read.
#pragma once

#include <stop_token>
#include <string>

#include "mailconf/result.h"
#include "mailconf/secret.h"

namespace mailconf::cli {

// The first line of the file; "-" stands for standard input. An error when there is none, or when it is longer than
// any password.
Result<Secret> read_secret_file(const std::string& path, const std::stop_token& stop);

// Both speak to the controlling terminal, whatever standard input and output are. Errors: there is none, or the person
// would not answer.
Result<Secret> ask_for_secret(const std::string& prompt, const std::stop_token& stop);
Result<bool> ask_yes_or_no(const std::string& question, const std::stop_token& stop);

}  // namespace mailconf::cli
