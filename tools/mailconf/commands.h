// The commands. Each prints its results and returns the exit status.
#pragma once

#include <string>
#include <vector>

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

// What mailconfd prints. Its complaints go where our own go.
struct ServerOutput {
  std::string text;
  int status = 0;  // its exit status; kCouldNotTell when it cannot be run, which has been said then
};
ServerOutput output_of_server(std::vector<std::string> words);

}  // namespace mailconf::cli
