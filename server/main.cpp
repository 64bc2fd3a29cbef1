// mailconfd: publishes the settings of mail accounts.
//
// Exit status: 0 after a clean end, or when --check finds no error; 1 when the server cannot start; 2 for bad usage or
// a configuration that cannot be used.
#include <CLI/CLI.hpp>
#include <Poco/Net/NetSSL.h>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>

#include "server/check.h"
#include "server/dns_records.h"
#include "server/domain_command.h"
#include "server/domain_options.h"
#include "server/publication.h"
#include "server/publishing_server.h"
#include "server/zone/dns_options.h"

namespace {

using namespace mailconf::server;

constexpr int clean = 0;
constexpr int cannot_start = 1;
constexpr int bad_input = 2;

struct Options {
  std::string configuration;
  bool check = false;
  bool dns = false;
  DomainCommand domain;
  DnsCommand records;
};

sigset_t handled_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&signals, signal);
  return signals;
}

// A connection costs two descriptors, and login shells allow 1024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// 0 when none came in time.
int next_signal(const sigset_t& signals) {
  const auto period = watchdog_period();
  if (!period) {
    int signal = 0;
    sigwait(&signals, &signal);
    return signal;
  }
  const timespec wait{period->count() / 1000, (period->count() % 1000) * 1'000'000};
  return std::max(0, sigtimedwait(&signals, nullptr, &wait));
}

// Of the configuration, that alone follows SIGHUP; a file that has become bad changes nothing.
void take_other_audits(PublishingServer& server, const std::string& file, Log& log) {
  const auto read = read_configuration(file);
  log.tell(read.problems);
  if (!has_errors(read.problems)) server.use(read.configuration.audit);
}

bool serve(PublishingServer& server, const std::string& file, Log& log, const sigset_t& signals) {
  tell_service_manager(ServiceState::ready);
  for (;;) {
    tell_service_manager(ServiceState::alive);
    const int signal = next_signal(signals);
    if (signal == 0) continue;
    if (signal != SIGHUP) break;
    tell_service_manager(ServiceState::reloading);
    log.reopen();
    server.reload();
    take_other_audits(server, file, log);
    tell_service_manager(ServiceState::ready);
  }
  tell_service_manager(ServiceState::stopping);
  log.information("ending");
  return server.stop();
}

int run_server(const Configuration& configuration, const std::string& file) {
  // Threads inherit the mask: signals come to this one alone.
  const auto signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  raise_descriptor_limit();
  auto channel = open_log(configuration.log_file, configuration.log_format);
  if (!channel) {
    std::cerr << "mailconfd: " << channel.error().text() << '\n';
    return cannot_start;
  }
  Log log(*std::move(channel));
  auto sockets = inherited_sockets();
  if (!sockets) {
    log.error(sockets.error().text());
    return cannot_start;
  }
  auto server = PublishingServer::start(configuration, log, {}, {.mx = nullptr, .sockets = *std::move(sockets)});
  if (!server) {
    log.error(server.error().text());
    return cannot_start;
  }
  // A thread that hangs in a library still uses what the library takes down at exit().
  if (!serve(**server, file, log, signals)) std::_Exit(clean);
  return clean;
}

int run_check(const Configuration& configuration) {
  const auto problems = check(configuration);
  for (const auto& problem : problems) std::cout << problem.text() << '\n';
  return has_errors(problems) ? bad_input : clean;
}

int print_dns(const Configuration& configuration) {
  auto store = open_store(configuration.store_url, configuration.base, Reading::whole);
  if (!store) {
    std::cerr << store.error().text() << '\n';
    return bad_input;
  }
  Publication publication(*std::move(store));
  const auto problems = publication.reload();
  for (const auto& problem : problems) std::cerr << problem.text() << '\n';
  for (const auto& [name, domain] : publication.current()->domains()) {
    for (const auto& record : dns_records(domain)) std::cout << record << '\n';
  }
  return has_errors(problems) ? bad_input : clean;
}

int run(const Options& options) {
  const auto read = read_configuration(options.configuration);
  for (const auto& problem : read.problems) (options.check ? std::cout : std::cerr) << problem.text() << '\n';
  if (has_errors(read.problems)) return bad_input;
  if (options.check) return run_check(read.configuration);
  return options.dns ? print_dns(read.configuration) : run_server(read.configuration, options.configuration);
}

int run_any(const Options& options) {
  if (!options.domain.action.empty()) return run(options.domain, std::cout, std::cerr);
  if (options.records.given)
    return run(options.records, live_look_up(options.records.name_servers), std::cout, std::cerr);
  return run(options);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Publishes the settings of mail accounts to the clients that ask for them.", "mailconfd");
  Options options;
  app.add_option("--config", options.configuration, "Configuration file (TOML)")->type_name("FILE");
  app.add_flag("--check", options.check, "Read everything, print every problem, and end with 0 or 2");
  app.add_flag("--dns", options.dns, "Print the DNS records that the published documents need, and end with 0 or 2");
  add_domain_command(app, options.domain);
  add_dns_command(app, options.records);
  app.set_version_flag("--version", "mailconfd " MAILCONFD_VERSION);
  app.footer("SIGHUP reloads definitions and certificates; SIGTERM answers what has arrived and ends.");
  try {
    app.parse(argc, argv);
    const bool serves = options.domain.action.empty() && !options.records.given;
    if (serves && options.configuration.empty()) throw CLI::RequiredError("--config");
  } catch (const CLI::ParseError& outcome) {
    return app.exit(outcome) == 0 ? clean : bad_input;
  }
  try {
    Poco::Net::initializeSSL();
    const int status = run_any(options);
    Poco::Net::uninitializeSSL();
    return status;
  } catch (const std::exception& fault) {
    std::cerr << "mailconfd: " << fault.what() << '\n';
    return cannot_start;
  }
}
