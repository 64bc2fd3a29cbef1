#include <string_view>
#include <unistd.h>

#include "command_line.h"
#include "commands.h"
#include "terminal.h"

int main(int count, char** words) {
  using namespace mailconf::cli;
  if (count > 1 && is_of_server(words[1])) return server_command(words);
  const auto read = read_command_line({words + (count > 0 ? 1 : 0), words + count}, read_environment());
  if (const auto* reply = std::get_if<Reply>(&read)) {
    write_all(reply->status == 0 ? STDOUT_FILENO : STDERR_FILENO, reply->text);
    return reply->status;
  }
  const auto& line = std::get<CommandLine>(read);
  switch (line.command) {
    case CommandName::resolve:
      return resolve_command(line);
    case CommandName::probe:
      return probe_command(line);
    case CommandName::verify:
      return verify_command(line);
    case CommandName::simulate:
      return simulate_command(line);
    case CommandName::check:
      return check_command(line);
    case CommandName::export_settings:
      return export_command(line);
    case CommandName::guide:
      return guide_command(line);
  }
}
