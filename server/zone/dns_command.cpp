#include "server/zone/dns_command.h"

#include <fmt/core.h>
#include <ostream>

#include "mailconf/resolver.h"
#include "server/configuration.h"
#include "server/domain_command.h"
#include "server/publication.h"
#include "server/zone/zone_text.h"

namespace mailconf::server {
namespace {

int refuse(const Error& error, std::ostream& errors) {
  errors << "mailconf dns: " << error.text() << '\n';
  return error.code == ErrorCode::io ? domain_could_not_tell : domain_bad_input;
}

Result<std::unique_ptr<Store>> store_of(const DnsCommand& command, std::ostream& errors) {
  if (!command.store.empty()) return open_store(command.store, std::filesystem::current_path(), Reading::whole);
  if (command.configuration.empty()) return fail(ErrorCode::bad_option, "dns", "needs --store URL or --config FILE");
  const auto read = read_configuration(command.configuration);
  for (const auto& problem : read.problems) errors << problem.text() << '\n';
  if (has_errors(read.problems)) return fail(ErrorCode::bad_option, command.configuration, "cannot be used");
  return open_store(read.configuration.store_url, read.configuration.base, Reading::whole);
}

Result<ZoneWishes> wishes_of(const DnsCommand& command) {
  ZoneWishes wishes;
  if (!command.host.empty()) {
    const auto host = DomainName::parse(command.host);
    if (!host) return fail(ErrorCode::bad_option, "--host", host.error().message);
    wishes.host = host->ascii();
  }
  for (const auto& file : command.pins) {
    auto pin = CertificatePin::read(file);
    if (!pin) return tl::unexpected(pin.error());
    wishes.pins.push_back(*std::move(pin));
  }
  return wishes;
}

struct Printing {
  const DnsCommand& command;
  const ZoneWishes& wishes;
  const RecordLookUp& look_up;
  std::ostream& output;
};

// Of deviations, the definite ones count more.
int check_domain(const PublishedDomain& domain, const Printing& printing) {
  int status = domain_done;
  for (const auto& deviation : compare_zone(zone_of(domain, printing.wishes), printing.look_up)) {
    printing.output << deviation.text() << '\n';
    if (deviation.kind == Deviation::same_addresses) continue;
    if (deviation.kind != Deviation::unknown) status = domain_not_there;
    if (status == domain_done) status = domain_could_not_tell;
  }
  return status;
}

int print_domain(const PublishedDomain& domain, const Printing& printing) {
  const auto& command = printing.command;
  if (command.check) return check_domain(domain, printing);
  const auto* form = zone_form(command.json ? "json" : command.nsupdate ? "nsupdate" : "bind");
  printing.output << form->write(domain.domain, zone_of(domain, printing.wishes));
  if (!printing.wishes.host.empty() || command.json || command.nsupdate) return domain_done;
  for (const auto& name : names_of_server(domain))
    printing.output << fmt::format("; {}. must lead to this server: --host NAME prints that record, too\n", name);
  return domain_done;
}

// What is definitely wrong with one domain counts more than what could not be told of another.
int worse_of(int a, int b) {
  for (const int status : {domain_bad_input, domain_not_there, domain_could_not_tell}) {
    if (a == status || b == status) return status;
  }
  return domain_done;
}

int print_domains(const Snapshot& snapshot, const Printing& printing, std::ostream& errors) {
  int status = domain_done;
  if (printing.command.domains.empty()) {
    for (const auto& [name, domain] : snapshot.domains()) status = worse_of(status, print_domain(domain, printing));
    return status;
  }
  for (const auto& operand : printing.command.domains) {
    const auto name = DomainName::parse(operand);
    if (!name) return refuse(name.error(), errors);
    const auto found = snapshot.domains().find(*name);
    if (found == snapshot.domains().end()) {
      errors << "mailconf dns: " << operand << ": is in no definition\n";
      return domain_not_there;
    }
    status = worse_of(status, print_domain(found->second, printing));
  }
  return status;
}

}  // namespace

int run(const DnsCommand& command, const RecordLookUp& look_up, std::ostream& output, std::ostream& errors) {
  auto store = store_of(command, errors);
  if (!store) return refuse(store.error(), errors);
  const auto wishes = wishes_of(command);
  if (!wishes) return refuse(wishes.error(), errors);
  Publication publication(*std::move(store));
  const auto problems = publication.reload();
  for (const auto& problem : problems) errors << problem.text() << '\n';
  const int status = print_domains(*publication.current(), {command, *wishes, look_up, output}, errors);
  return has_errors(problems) ? domain_bad_input : status;
}

RecordLookUp live_look_up(const std::vector<std::string>& name_servers) {
  return [name_servers](const std::vector<RecordQuestion>& questions) {
    ResolverOptions options;
    options.dns = name_servers;
    auto resolver = Resolver::create(std::move(options));
    if (resolver) return resolver->look_up(questions);
    return std::vector<RecordAnswer>(questions.size(), {Outcome::unknown, resolver.error().text(), {}});
  };
}

}  // namespace mailconf::server
