#include "server/domain_options.h"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace mailconf::server {
namespace {

enum class Operands { none, perhaps, some };

struct DomainAction {
  const char* name;
  Operands operands;
  const char* label;  // of the operands
  bool store;         // is worked on
  const char* summary;
  void (*add_more)(CLI::App& app, DomainCommand& command);
};

void add_nothing(CLI::App&, DomainCommand&) {}

void add_network_options(CLI::App& app, ResolverOptions& network) {
  const char* group = "Domains that are looked at where they are";
  app.add_option("--dns", network.dns, "Name server instead of the system's; repeatable")
      ->type_name("HOST[:PORT]")
      ->allow_extra_args(false)
      ->group(group);
  app.add_option("--ca-file", network.ca_file, "Certificates to trust, PEM, instead of the system's")
      ->type_name("FILE")
      ->check(CLI::ExistingFile)
      ->group(group);
  const auto connect_to = [&network](const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
      auto to = ConnectTo::parse(text);
      if (!to) throw CLI::ValidationError("--connect-to", to.error().message);
      network.connect_to.push_back(*std::move(to));
    }
  };
  app.add_option_function<std::vector<std::string>>("--connect-to", connect_to,
                                                    "Connect there for HOST:PORT; repeatable")
      ->type_name("HOST:PORT:ADDRESS:PORT")
      ->allow_extra_args(false)
      ->group(group);
  app.add_flag("--allow-private", network.allow_private, "Contact addresses that are not public")->group(group);
}

void add_import_options(CLI::App& app, DomainCommand& command) {
  auto& wishes = command.wishes;
  app.add_flag("--dry-run", wishes.dry_run, "Print the definitions and change nothing; needs no store");
  app.add_flag("--replace", wishes.replace, "Also domains that are defined already, which are kept otherwise");
  const char* group = "This host";
  auto* local =
      app.add_flag("--local", wishes.local, "From the Dovecot and Postfix of this host, for the domains named");
  local->group(group);
  app.add_option("--dovecot-config", wishes.dovecot_configuration, "Dovecot's configuration, elsewhere than usual")
      ->type_name("FILE")
      ->needs(local)
      ->group(group);
  app.add_option("--postfix-config", wishes.postfix_configuration, "Postfix's configuration, elsewhere than usual")
      ->type_name("FOLDER")
      ->needs(local)
      ->group(group);
  add_network_options(app, wishes.network);
}

constexpr DomainAction domain_actions[] = {
    {"add", Operands::some, "FILE", true,
     "Add definitions, or replace those with the same first domain: all of the files, or none", add_nothing},
    {"import", Operands::perhaps, "FILE|DOMAIN", true,
     "Add definitions from autoconfig (FILE.xml), automx2 (FILE.sqlite, FILE.db), a domain as it can be found, or "
     "--local",
     add_import_options},
    {"list", Operands::none, "", true, "Print every domain and the definition that it belongs to", add_nothing},
    {"show", Operands::some, "DOMAIN", true, "Print the definition of a domain as it was written", add_nothing},
    {"lint", Operands::some, "FILE", false, "Print what is wrong with definitions, as --check does", add_nothing},
    {"settings", Operands::some, "FILE", false,
     "Print as JSON what the definition FILE says of the domain that is named behind it, as pages are made of it",
     add_nothing},
    {"remove", Operands::some, "DOMAIN", true, "Remove the definition that has this first domain, with all its domains",
     add_nothing},
};

void add_store_options(CLI::App& app, DomainCommand& command) {
  auto* store = app.add_option("--store", command.store, "Store, such as directory:FOLDER or sqlite:FILE");
  store->type_name("URL");
  app.add_option("--config", command.configuration, "Configuration file of mailconfd that names the store")
      ->type_name("FILE")
      ->excludes(store);
}

}  // namespace

void add_domain_command(CLI::App& app, DomainCommand& command) {
  auto* domain = app.add_subcommand("domain", "Look after the definitions of a store (see \"mailconf domain\")");
  domain->require_subcommand(1);
  for (const auto& action : domain_actions) {
    auto* added = domain->add_subcommand(action.name, action.summary);
    added->callback([&command, &action] { command.action = action.name; });
    if (action.operands != Operands::none)
      added->add_option(action.label, command.operands)->required(action.operands == Operands::some)->type_name("...");
    if (action.store) add_store_options(*added, command);
    action.add_more(*added, command);
  }
  domain->footer(
      "Exit status: 0 done; 1 the domain is not there; 2 bad usage or input; 4 the store or the network cannot be "
      "used.");
}

}  // namespace mailconf::server
