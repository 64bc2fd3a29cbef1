#include <unistd.h>

#include "commands.h"
#include "exit_status.h"
#include "interrupt.h"
#include "mailconf/formats.h"
#include "probe_text.h"
#include "recording_file.h"
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

// What was looked at when the recording was made, unless the operand means other ports.
Result<std::vector<Host>> replayed_hosts(const Resolver& resolver, std::vector<Host> typed, const Options& options) {
  const auto recorded = resolver.recorded_ports();
  if (recorded.empty()) return fail(ErrorCode::bad_address, options.replay, "is no recording of mailconf probe");
  if (typed.empty()) return std::vector<Host>{recorded};
  if (typed == std::vector<Host>{recorded}) return typed;
  return fail(ErrorCode::bad_address, options.replay, "is a recording of " + recorded.front().hostname);
}

// Of a look that was cut off nothing is kept.
Result<std::vector<ProbedPort>> look_at(const Host& host, Resolver& resolver, const Options& options,
                                        const std::stop_token& stop) {
  if (options.record.empty()) return resolver.probe(host, stop);
  auto recorded = resolver.record_probe(host, stop);
  if (stop.stop_requested()) return std::move(recorded.ports);
  const auto written = write_recording_file(options, recorded.recording);
  if (!written) return tl::unexpected(written.error());
  return std::move(recorded.ports);
}

int look_at_all(const std::vector<Host>& hosts, Resolver& resolver, const Options& options,
                const std::stop_token& stop) {
  int status = kUsable;
  for (const Host& host : hosts) {
    const bool first = &host == &hosts.front();
    if (!first && !options.json && !options.quiet) write_all(STDOUT_FILENO, "\n");
    const auto ports = look_at(host, resolver, options, stop);
    if (!ports) return bad_usage(ports.error());
    if (!print(*ports, options, hosts.size() == 1)) return cannot_write();
    status = worse(status, exit_status(*ports));
    if (stop.stop_requested()) return worse(status, kCouldNotTell);
  }
  return status;
}

}  // namespace

int probe_command(const CommandLine& line) {
  auto hosts = read_hosts(line.operands);
  if (!hosts) return bad_usage(hosts.error());
  if (const auto checked = check_recording_operands(line, "host"); !checked) return bad_usage(checked.error());
  const Interrupt interrupt;
  auto resolver = make_resolver(line.options);
  if (!resolver) return bad_usage(resolver.error());
  if (!line.options.replay.empty()) hosts = replayed_hosts(*resolver, std::move(*hosts), line.options);
  if (!hosts) return bad_usage(hosts.error());
  return look_at_all(*hosts, *resolver, line.options, interrupt.token());
}

}  // namespace mailconf::cli
