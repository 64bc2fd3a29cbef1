#include <unistd.h>

#include "command_line.h"
#include "commands.h"
#include "terminal.h"

int main(int count, char** words) {
  using namespace mailconf::cli;
  const auto read = read_command_line({words + (count > 0 ? 1 : 0), words + count});
  if (const auto* reply = std::get_if<Reply>(&read)) {
    write_all(reply->status == 0 ? STDOUT_FILENO : STDERR_FILENO, reply->text);
    return reply->status;
  }
  const auto& line = std::get<CommandLine>(read);
  return line.command == CommandName::probe ? probe_command(line) : resolve_command(line);
}
