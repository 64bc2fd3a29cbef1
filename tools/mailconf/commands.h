// The commands. Each prints its results and returns the exit status.
#pragma once

#include "command_line.h"

namespace mailconf::cli {

int resolve_command(const CommandLine& line);
int probe_command(const CommandLine& line);
int export_command(const CommandLine& line);
int guide_command(const CommandLine& line);
int simulate_command(const CommandLine& line);
int verify_command(const CommandLine& line);
int check_command(const CommandLine& line);

// Becomes "mailconfd domain" or "mailconfd dns", which read the words that follow the program's name; returns only when
// it cannot.
int server_command(char** words);

}  // namespace mailconf::cli
