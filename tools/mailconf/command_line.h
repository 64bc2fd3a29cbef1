// From argv to what is to be done, or to what is to be said instead.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "options.h"

namespace mailconf::cli {

enum class CommandName { resolve, probe, verify, check, simulate, export_settings, guide };

// Read by mailconfd: see server_command() in commands.h.
struct ServerCommand {
  std::string_view name;
  std::string_view operands;
  std::string_view summary;
};
constexpr ServerCommand kServerCommands[] = {
    {"dns", "DOMAIN...", "the DNS records of what mailconfd serves"},
    {"domain", "ACTION...", "the definitions that mailconfd serves"},
};
bool is_of_server(std::string_view word);

struct CommandLine {
  CommandName command = CommandName::resolve;
  std::vector<std::string> operands;  // never empty, unless something is to be listed or replayed
  Options options;
  bool list_sources = false;
};

// Help, the version, or one sentence about a mistake.
struct Reply {
  std::string text;
  int status = 0;  // standard output when 0, standard error otherwise
};

std::variant<CommandLine, Reply> read_command_line(const std::vector<std::string>& arguments,
                                                   const Environment& environment = {});

}  // namespace mailconf::cli
