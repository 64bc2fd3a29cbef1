#include "server/zone/dns_options.h"

#include <CLI/CLI.hpp>

namespace mailconf::server {

void add_dns_command(CLI::App& app, DnsCommand& command) {
  auto* dns = app.add_subcommand("dns", "Print the DNS records that domains should have (see \"mailconf dns\")");
  dns->callback([&command] { command.given = true; });
  dns->add_option("DOMAIN", command.domains, "All domains of the store when none is given")->type_name("...");
  auto* store = dns->add_option("--store", command.store, "Store, such as directory:FOLDER or sqlite:FILE");
  store->type_name("URL");
  dns->add_option("--config", command.configuration, "Configuration file of mailconfd that names the store")
      ->type_name("FILE")
      ->excludes(store);
  dns->add_option("--host", command.host, "The name of the server, for the aliases that lead to it")->type_name("NAME");
  dns->add_option("--tlsa", command.pins, "Certificate of a mail server (PEM), for TLSA records; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  auto* json = dns->add_flag("--json", command.json, "An object a record, one a line, instead of a zone fragment");
  auto* script = dns->add_flag("--nsupdate", command.nsupdate, "A script for nsupdate")->excludes(json);
  dns->add_flag("--check", command.check, "Compare with the DNS: what is missing, differs or is too much")
      ->excludes(json)
      ->excludes(script);
  dns->add_option("--dns", command.name_servers, "Name server for the check instead of the system's; repeatable")
      ->type_name("HOST[:PORT]")
      ->allow_extra_args(false);
  dns->footer(
      "Exit status: 0 done, or all is as it should be; 1 it is not, or the domain is in no definition; 2 bad usage or\n"
      "input; 4 could not tell.");
}

}  // namespace mailconf::server
