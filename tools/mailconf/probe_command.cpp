#include <unistd.h>

#include "commands.h"
#include "exit_status.h"
#include "interrupt.h"
#include "mailconf/formats.h"
#include "probe_text.h"
#include "terminal.h"

namespace mailconf::cli {
namespace {

using Host = std::vector<Server>;

Result<std::vector<Host>> read_hosts(const std::vector<std::string>& operands) {
  std::vector<Host> hosts;
  for (const std::string& operand : operands) {
    if (operand.empty()) return fail(ErrorCode::bad_address, "\"\"", "is not a host name or address");
    auto servers = servers_to_probe(operand);
    if (!servers) return tl::unexpected(servers.error());
    hosts.push_back(std::move(*servers));
  }
  return hosts;
}

std::string result_text(const std::vector<ProbedPort>& ports, const Options& options, bool alone) {
  if (options.json) {
    std::string json = write_probe_json(ports, alone);
    return json.ends_with('\n') ? json : json + "\n";
  }
  return probe_text(ports, style_for(terminal(STDOUT_FILENO), options.color));
}

bool print(const std::vector<ProbedPort>& ports, const Options& options, bool alone) {
  const bool silent = options.quiet && !options.json;
  if (!silent && !write_all(STDOUT_FILENO, result_text(ports, options, alone))) return false;
  if (!options.trace || options.quiet) return true;
  const int descriptor = options.json ? STDERR_FILENO : STDOUT_FILENO;
  return write_all(descriptor, probe_explanation(ports, style_for(terminal(descriptor), options.color)));
}

}  // namespace

int probe_command(const CommandLine& line) {
  const auto hosts = read_hosts(line.operands);
  if (!hosts) return bad_usage(hosts.error());
  const Interrupt interrupt;
  auto resolver = Resolver::create(line.options.resolver);
  if (!resolver) return bad_usage(resolver.error());
  int status = kUsable;
  for (const Host& host : *hosts) {
    const bool first = &host == &hosts->front();
    if (!first && !line.options.json && !line.options.quiet) write_all(STDOUT_FILENO, "\n");
    const auto ports = resolver->probe(host, interrupt.token());
    if (!print(ports, line.options, hosts->size() == 1)) return cannot_write();
    status = worse(status, exit_status(ports));
    if (interrupt.token().stop_requested()) return worse(status, kCouldNotTell);
  }
  return status;
}

}  // namespace mailconf::cli
