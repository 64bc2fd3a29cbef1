// From argv to what is to be done, or to what is to be said instead.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "options.h"

namespace mailconf::cli {

enum class CommandName { resolve, probe, verify, simulate, export_settings, guide };

// Read by mailconfd: see domain_command() in commands.h.
constexpr std::string_view kDomainCommand = "domain";

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
