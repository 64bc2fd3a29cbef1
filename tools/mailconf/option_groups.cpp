#include "option_groups.h"

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mailconf::cli {
namespace {

CLI::Option* add_value(CLI::App& app, const char* name, std::optional<std::string>& value, const char* label,
                       const char* help) {
  return app.add_option(name, value, help)->option_text(label)->take_last();
}

CLI::Option* add_values(CLI::App& app, const char* name, std::vector<std::string>& values, const char* label,
                        const char* help) {
  // One value for each time the option is given: what follows is an operand.
  return app.add_option(name, values, help)->option_text(label)->allow_extra_args(false);
}

}  // namespace

void add_export_options(CLI::App& app, TypedOptions& typed) {
  const char* group = kFirstGroup;
  add_value(app, "--for", typed.program, "NAME", "the program; \"list\" prints their names")->group(group);
  add_value(app, "--output", typed.output, "FILE", "a new file with mode 600 instead of standard output")->group(group);
  app.add_flag("--force", typed.force, "the file may be there: it is replaced")->group(group);
  add_value(app, "--password-command", typed.password_command, "COMMAND",
            "shell command that prints the password, or an\n"
            "access token for OAuth2, for the program to run")
      ->group(group);
}

void add_guide_options(CLI::App& app, TypedOptions& typed) {
  const char* group = kFirstGroup;
  add_value(app, "--client", typed.client, "NAME", "the program; \"list\" prints their names")->group(group);
  add_value(app, "--topic", typed.topic, "NAME", "an article instead; \"list\" prints their names")->group(group);
  add_value(app, "--protocol", typed.protocol, "NAME", "imap or pop3 (imap, where there is any)")->group(group);
  add_value(app, "--lang", typed.language, "LANGUAGE", "of the text (en)")->group(group);
  add_value(app, "--format", typed.text_format, "NAME", "text, markdown or html (text)")->group(group);
  app.add_flag("--all", typed.all, "every page in every language, for a web server")->group(group);
  add_value(app, "--out", typed.out, "DIR", "the folder for --all; what is there is replaced")->group(group);
  add_value(app, "--definition", typed.definition, "FILE",
            "settings and operator are those of a definition of\n"
            "mailconfd (TOML); nothing goes over the network")
      ->group(group);
}

void add_bulk_options(CLI::App& app, TypedOptions& typed) {
  const char* group = "Standard input (-)";
  add_value(app, "--concurrency", typed.concurrency, "N", "so many searches at once, 1 to 1000 (16)")->group(group);
  add_value(app, "--format", typed.format, "NAME", "ndjson (an object a line) or csv (a few columns)")->group(group);
  add_value(app, "--resume", typed.resume, "FILE",
            "results are added to the file; what it has already\n"
            "is not asked again, as after a run that was cut off")
      ->group(group);
}

void add_check_options(CLI::App& app, TypedOptions& typed) {
  const char* group = "Check";
  add_value(app, "--format", typed.check_format, "NAME", "sarif, markdown or html: a report about all domains")
      ->group(group);
  add_value(app, "--fail-on", typed.fail_on, "SEVERITY", "error; or warning: exit status 1 for those, too")
      ->group(group);
  add_value(app, "--concurrency", typed.concurrency, "N", "so many domains at once, 1 to 1000 (16)")->group(group);
}

void add_recording_options(CLI::App& app, TypedOptions& typed) {
  const char* group = "Recording";
  add_value(app, "--record", typed.record, "FILE",
            "write down what is asked and answered, without the\n"
            "local part of the address, names to sign in with\n"
            "and passwords: for a report of a fault")
      ->group(group);
  add_value(app, "--replay", typed.replay, "FILE",
            "no network: the answers come from the file, and\n"
            "what it is about need not be given")
      ->group(group);
}

void add_simulation_options(CLI::App& app, TypedOptions& typed) {
  const char* group = "Clients";
  add_values(app, "--client", typed.clients, "NAME",
             "the client, with all its requests; repeatable; all\n"
             "when not given; \"list\" prints their names")
      ->group(group);
  add_value(app, "--send-address", typed.send_address, "WHEN",
            "never; or retry: an address in the place of DOMAIN\n"
            "goes where the client sends it, to hosts of its own\n"
            "domain over TLS only (never)")
      ->group(group);
}

void add_login_options(CLI::App& app, TypedOptions& typed) {
  const char* group = "Signing in";
  add_value(app, "--username", typed.username, "NAME", "sign in with this name before those that were found")
      ->group(group);
  add_value(app, "--password-file", typed.password_file, "FILE",
            "the password is the first line of the file, or of\n"
            "standard input (-), instead of asking for it")
      ->group(group);
  add_value(app, "--token-file", typed.token_file, "FILE", "the same for an access token of OAuth2")->group(group);
  app.add_flag("--yes", typed.yes,
               "sign in, though others could have chosen the\n"
               "servers: they have been looked at")
      ->group(group);
}

void add_json_option(CLI::App& app, TypedOptions& typed) {
  app.add_flag("--json", typed.json, "JSON; one object a line for several operands")->group(kFirstGroup);
}

void add_output_options(CLI::App& app, TypedOptions& typed) {
  const char* group = kFirstGroup;
  app.add_flag("--trace", typed.trace,
               "the explanation: what was asked, because of what,\n"
               "what came back (with --json on standard error)")
      ->group(group);
  app.add_flag("--quiet", typed.quiet, "errors and the exit status only (and JSON)")->group(group);
  add_value(app, "--color", typed.color, "WHEN", "auto, always or never (NO_COLOR is honoured)")->group(group);
}

void add_network_options(CLI::App& app, TypedOptions& typed) {
  const char* group = "Network";
  add_value(app, "--deadline", typed.deadline, "SECONDS", "for the whole run of one address (8; simulate: 60)")
      ->group(group);
  add_values(app, "--dns", typed.dns, "HOST[:PORT]", "name server instead of the system's; repeatable")->group(group);
  add_value(app, "--ca-file", typed.ca_file, "FILE", "certificates to trust, PEM, instead of the system's")
      ->group(group);
  add_values(app, "--connect-to", typed.connect_to, "HOST:PORT:ADDRESS:PORT",
             "connect there for HOST:PORT; for trying a server\n"
             "before DNS points at it; repeatable")
      ->group(group);
  add_value(app, "--proxy", typed.proxy, "URL|off",
            "http://[USER:PASSWORD@]HOST:PORT or socks5h://...:\n"
            "connections go through it, and it looks up their\n"
            "hosts (HTTPS_PROXY and NO_PROXY are honoured)")
      ->group(group);
  app.add_flag("--proxy-only", typed.proxy_only,
               "nothing goes anywhere else: no DNS questions and\n"
               "no exceptions")
      ->group(group);
  app.add_flag("--allow-plaintext", typed.allow_plaintext, "servers without encryption may be the answer")
      ->group(group);
  app.add_flag("--allow-http", typed.allow_http, "ask over plain HTTP too; its answers are insecure")->group(group);
  app.add_flag("--allow-private", typed.allow_private, "contact addresses that are not public")->group(group);
}

void add_list_of_sources(CLI::App& app, TypedOptions& typed) {
  app.add_flag("--list-sources", typed.list_sources, "print what --sources can name")->group("Sources");
}

void add_source_options(CLI::App& app, TypedOptions& typed) {
  const char* group = "Sources";
  add_values(app, "--sources", typed.sources, "LIST", "ask only these, separated by commas")->group(group);
  add_value(app, "--isp-dir", typed.isp_dir, "DIR", "DOMAIN.xml files that win over every source")->group(group);
  add_value(app, "--ispdb", typed.ispdb, "URL|off",
            "the database of providers; it is told the domain\n"
            "only (https://autoconfig.thunderbird.net/v1.1/)")
      ->group(group);
  add_value(app, "--send-address", typed.send_address, "WHEN",
            "never; or retry: tell it to autoconfig.DOMAIN over\n"
            "valid TLS after it refused to answer without (retry)")
      ->group(group);
  app.add_flag("--no-probe", typed.no_probe, "do not try the servers, and guess none")->group(group);
  add_value(app, "--require-trust", typed.require_trust, "LEVEL",
            "authenticated or confirm (confirm): exit status 3\n"
            "for settings with less trust")
      ->group(group);
}

}  // namespace mailconf::cli
