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

// What was recorded, where nothing is typed.
Result<std::vector<AddressOrDomain>> simulated_subjects(const Resolver& resolver, std::vector<AddressOrDomain> typed,
                                                        const Options& options) {
  if (options.replay.empty()) return typed;
  const auto one = typed.empty() ? std::nullopt : std::optional(typed.front());
  auto subject = searched_subject(resolver, one, options, RecordedRun::simulation);
  if (!subject) return tl::unexpected(subject.error());
  return std::vector{std::move(*subject)};
}

// Without --record, the recording is empty.
Result<RecordedPredictions> predictions_of(Resolver& resolver, const AddressOrDomain& subject, const Options& options,
                                           const std::stop_token& stop) {
  const auto chosen = simulation_options(options);
  if (!options.record.empty()) return resolver.record_simulation(subject, chosen, stop);
  return resolver.simulate(subject, chosen, stop).map([](std::vector<Prediction> predictions) {
    return RecordedPredictions{std::move(predictions), ""};
  });
}

int simulate_all(Resolver& resolver, const std::vector<AddressOrDomain>& subjects, const Options& options,
                 const std::stop_token& stop) {
  int status = kUsable;
  for (const auto& subject : subjects) {
    const bool first = &subject == &subjects.front();
    if (!first && !options.json && !options.quiet) write_all(STDOUT_FILENO, "\n");
    const auto run = predictions_of(resolver, subject, options, stop);
    if (!run) return bad_usage(run.error());
    if (!print_simulation(simulated_domain(subject), run->predictions, options, subjects.size() == 1))
      return cannot_write();
    for (const auto& prediction : run->predictions) status = worse(status, exit_status(prediction));
    // Of a run that was cut off nothing is kept.
    if (stop.stop_requested()) return worse(status, kCouldNotTell);
    if (const auto written = write_recording_file(options, run->recording); !written) return bad_usage(written.error());
  }
  return status;
}

}  // namespace

int simulate_command(const CommandLine& line) {
  const Options& options = line.options;
  const bool lists = options.clients == std::vector<std::string>{"list"};
  if (lists)
    return write_all(STDOUT_FILENO, list_of_clients(style_for(terminal(STDOUT_FILENO), options.color)))
               ? kUsable
               : cannot_write();
  auto typed = read_simulated(line.operands);
  if (!typed) return bad_usage(typed.error());
  if (const auto checked = check_recording_operands(line, "domain"); !checked) return bad_usage(checked.error());
  const Interrupt interrupt;
  auto resolver = make_resolver(options);
  if (!resolver) return bad_usage(resolver.error());
  const auto subjects = simulated_subjects(*resolver, std::move(*typed), options);
  if (!subjects) return bad_usage(subjects.error());
  return simulate_all(*resolver, *subjects, options, interrupt.token());
}

}  // namespace mailconf::cli
