#include <algorithm>
#include <unistd.h>

#include "commands.h"
#include "exit_status.h"
#include "interrupt.h"
#include "recording_file.h"
#include "simulation_text.h"
#include "subject.h"
#include "terminal.h"

namespace mailconf::cli {
namespace {

Result<std::vector<AddressOrDomain>> read_simulated(const std::vector<std::string>& operands) {
  std::vector<AddressOrDomain> subjects;
  for (const auto& operand : operands) {
    auto subject = read_subject(operand);
    if (!subject) return tl::unexpected(subject.error());
    subjects.push_back(std::move(*subject));
  }
  return subjects;
}

std::string simulated_domain(const AddressOrDomain& subject) {
  const auto* address = std::get_if<EmailAddress>(&subject);
  return address ? address->domain().ascii() : std::get<DomainName>(subject).ascii();
}

// "all" is every one.
SimulationOptions simulation_options(const Options& options) {
  const bool all = std::ranges::find(options.clients, "all") != options.clients.end();
  return {all ? std::vector<std::string>() : options.clients, options.resolver.send_address == SendAddress::retry};
}

std::string as_text(const std::string& domain, const std::vector<Prediction>& predictions, const Options& options) {
  const auto style = style_for(terminal(STDOUT_FILENO), options.color);
  if (predictions.size() == 1) return simulation_text(domain, predictions.front(), style);
  std::string text = simulation_matrix(domain, predictions, style);
  for (const auto& prediction : predictions) {
    if (options.trace) text += "\n" + simulation_text(domain, prediction, style);
  }
  return text;
}

bool print_simulation(const std::string& domain, const std::vector<Prediction>& predictions, const Options& options,
                      bool alone) {
  if (options.json) {
    auto json = write_simulation_json(domain, predictions, alone);
    return write_all(STDOUT_FILENO, json.ends_with('\n') ? json : json + "\n");
  }
  return options.quiet || write_all(STDOUT_FILENO, as_text(domain, predictions, options));
}

}  // namespace

int simulate_command(const CommandLine& line) {
  const Options& options = line.options;
  const bool lists = options.clients == std::vector<std::string>{"list"};
  if (lists)
    return write_all(STDOUT_FILENO, list_of_clients(style_for(terminal(STDOUT_FILENO), options.color)))
               ? kUsable
               : cannot_write();
  const auto subjects = read_simulated(line.operands);
  if (!subjects) return bad_usage(subjects.error());
  const Interrupt interrupt;
  auto resolver = make_resolver(options);
  if (!resolver) return bad_usage(resolver.error());
  int status = kUsable;
  for (const auto& subject : *subjects) {
    const bool first = &subject == &subjects->front();
    if (!first && !options.json && !options.quiet) write_all(STDOUT_FILENO, "\n");
    const auto predictions = resolver->simulate(subject, simulation_options(options), interrupt.token());
    if (!predictions) return bad_usage(predictions.error());
    if (!print_simulation(simulated_domain(subject), *predictions, options, subjects->size() == 1))
      return cannot_write();
    for (const auto& prediction : *predictions) status = worse(status, exit_status(prediction));
    if (interrupt.token().stop_requested()) return worse(status, kCouldNotTell);
  }
  return status;
}

}  // namespace mailconf::cli
