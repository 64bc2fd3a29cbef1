#include "command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <span>

#include "display_text.h"
#include "exit_status.h"
#include "option_groups.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kHelpColumn = 28;
constexpr std::chrono::seconds kClientsDeadline{60};

using OptionGroup = void (*)(CLI::App&, TypedOptions&);

// In the order of the help.
constexpr OptionGroup kResolveOptions[] = {add_json_option,       add_output_options,  add_bulk_options,
                                           add_recording_options, add_network_options, add_source_options,
                                           add_list_of_sources};
constexpr OptionGroup kProbeOptions[] = {add_json_option, add_output_options, add_recording_options,
                                         add_network_options};
constexpr OptionGroup kVerifyOptions[] = {add_json_option,       add_output_options,  add_login_options,
                                          add_recording_options, add_network_options, add_source_options};
constexpr OptionGroup kSimulateOptions[] = {add_json_option, add_output_options, add_simulation_options,
                                            add_recording_options, add_network_options};
constexpr OptionGroup kCheckOptions[] = {add_json_option, add_output_options, add_check_options, add_recording_options,
                                         add_network_options};
constexpr OptionGroup kExportOptions[] = {add_export_options, add_output_options, add_recording_options,
                                          add_network_options, add_source_options};
constexpr OptionGroup kGuideOptions[] = {add_guide_options, add_output_options, add_recording_options,
                                         add_network_options, add_source_options};

struct Command {
  CommandName id;
  std::span<const OptionGroup> options;
  std::string_view name;
  std::string_view operands;
  std::string_view operand;  // in a sentence
  std::string_view summary;
  std::string_view details;
};

constexpr std::array<Command, 7> kCommands{
    {{CommandName::resolve, kResolveOptions, "resolve", "ADDRESS...", "an address or a domain",
      "settings of an account",
      "Finds the settings of the accounts of e-mail addresses, or of domains: servers,\n"
      "encryption, user name and how to sign in, each server tried without logging in.\n"
      "\"-\" reads addresses or domains from standard input, one a line, and prints\n"
      "one JSON object a line, in the order of completion."},
     {CommandName::probe, kProbeOptions, "probe", "HOST[:PORT]...", "a host", "what a mail server offers",
      "Looks at the usual ports of a mail server, or at one port, without logging in:\n"
      "protocols, encryption, certificate, ways to sign in. An IPv6 address with a port\n"
      "is written in brackets."},
     {CommandName::verify, kVerifyOptions, "verify", "ADDRESS", "an address", "try to sign in with a password",
      "Finds the settings of an account as resolve does, shows them, asks for the\n"
      "password and signs in: for reading, for sending, and out again. It goes\n"
      "over TLS with a valid certificate only, and only to the servers that were shown;\n"
      "at most two attempts a server and three in all."},
     {CommandName::simulate, kSimulateOptions, "simulate", "DOMAIN...", "a domain",
      "what other mail clients would make of a domain",
      "Asks what other mail clients ask when their user types an address of the domain,\n"
      "in their order and with their patience, and shows what each ends up with. It is\n"
      "more careful than they are: it never signs in, and \"postmaster\" stands in for\n"
      "the user. Requests over plain HTTP are made with --allow-http only."},
     {CommandName::check, kCheckOptions, "check", "DOMAIN...", "a domain", "audit what a domain publishes",
      "Asks for everything that mail clients ask a domain for, judges every answer, and\n"
      "says what is wrong, whom it hurts and how to repair it. \"-\" reads domains from\n"
      "standard input, one a line. No address is sent and nobody is signed in."},
     {CommandName::export_settings, kExportOptions, "export", "ADDRESS", "an address",
      "settings as another program's configuration",
      "Finds the settings of an account as resolve does and prints them as another\n"
      "program wants them. There is no password in them and no server without\n"
      "encryption. Where they come from and what they lack goes to standard error."},
     {CommandName::guide, kGuideOptions, "guide", "DOMAIN", "a domain", "how people set up their mail programs",
      "Finds the settings of a domain, or of an address, as resolve does and prints how\n"
      "they get into a mail program, step by step, or an article that explains. --all\n"
      "writes every page as a file of HTML."}}};

constexpr std::string_view kExitStatuses =
    "Exit status: 0 usable settings for reading and sending mail (probe: a port that\n"
    "works with encryption; verify: signed in for both; check: no errors; simulate:\n"
    "every client has servers with encryption); 1 definitely nothing usable (verify:\n"
    "refused; check: errors; simulate: for one of the clients); 2 bad usage or input;\n"
    "3 partial, unencrypted only, needs credentials, or less trust than required\n"
    "(export: or the program cannot be given these settings); 4 could not tell. Of\n"
    "several addresses or hosts, the highest.";

std::string overview() {
  std::string text = "Usage: mailconf COMMAND [OPTION]...\n\nFinds the settings of e-mail accounts.\n\nCommands:\n";
  for (const Command& command : kCommands) {
    text += fmt::format("  {:<26}{}\n", fmt::format("{} {}", command.name, command.operands), command.summary);
  }
  for (const ServerCommand& command : kServerCommands) {
    text += fmt::format("  {:<26}{}\n", fmt::format("{} {}", command.name, command.operands), command.summary);
  }
  return text +
         "\nOptions:\n"
         "  -h,--help                 this help; after a command, its options\n"
         "  --version                 the version\n\n"
         "Examples:\n"
         "  mailconf resolve alice@example.org\n"
         "  mailconf probe imap.example.org\n";
}

Reply mistake(std::string_view sentence) { return {fmt::format("mailconf: {}\n", sentence), kBadUsage}; }

class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(const Command& command) : command_(command) { column_width(kHelpColumn); }
  // CLI11 puts the description above the usage, which hides it, and two empty lines between groups.
  std::string make_description(const CLI::App*) const override {
    return fmt::format("Usage: mailconf {} [OPTION]... {}\n\n", command_.name, command_.operands);
  }
  std::string make_usage(const CLI::App* app, std::string) const override { return app->get_description() + "\n"; }
  std::string make_group(std::string group, bool positional, std::vector<const CLI::Option*> options) const override {
    std::string text = CLI::Formatter::make_group(group, positional, options);
    return group == kFirstGroup ? text : text.substr(1);
  }

 private:
  const Command& command_;
};

// What CLI11 would say about these in words of its own.
std::optional<std::string> misused_option(const CLI::App& app, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const CLI::Option* option = word.starts_with("--") ? app.get_option_no_throw(word.substr(0, equals)) : nullptr;
    if (option == nullptr) continue;
    const bool flag = option->get_expected_max() == 0;
    if (flag && equals != std::string::npos) return fmt::format("{} takes no value", option->get_name());
    if (!flag && equals == std::string::npos && &word == &words.back()) {
      return fmt::format("{} needs a value", option->get_name());
    }
  }
  return std::nullopt;
}

// An unknown option is the only thing that CLI11 leaves behind and that begins with a hyphen.
std::optional<std::string> unknown_option(const std::vector<std::string>& left) {
  const auto found =
      std::find_if(left.begin(), left.end(), [](const auto& word) { return word.size() > 1 && word.front() == '-'; });
  return found == left.end() ? std::nullopt : std::optional(*found);
}

// Other clients wait longer than we would, and tell more than we would without being told to.
void be_patient_and_discreet(const TypedOptions& typed, Options& options) {
  if (!typed.deadline) options.resolver.deadline = kClientsDeadline;
  if (!typed.send_address) options.resolver.send_address = SendAddress::never;
}

// "list" in the place of a name prints the names; a recording tells what it is about.
bool needs_no_operand(const TypedOptions& typed) {
  return typed.list_sources || typed.program == "list" || typed.client == "list" || typed.topic == "list" ||
         typed.clients == std::vector<std::string>{"list"} || typed.replay;
}

// What goes against the command: options that it needs or has no use for, and the number of its operands.
std::optional<std::string> misuse(const Command& command, const CommandLine& line, const TypedOptions& typed) {
  if (command.id == CommandName::export_settings && !typed.program)
    return fmt::format("{} needs --for NAME; --for list prints the names", command.name);
  if (command.id == CommandName::guide && !typed.client && !typed.topic && !typed.all)
    return "guide needs --client NAME, --topic NAME or --all; \"list\" prints the names";
  if (line.operands.empty() && !needs_no_operand(typed))
    return fmt::format("{} needs {}", command.name, command.operand);
  if (!command.operands.ends_with("...") && line.operands.size() > 1) {
    const auto what = command.operand.substr(command.operand.find(' ') + 1);
    return fmt::format("{} takes one {}", command.name, what);
  }
  if (command.id == CommandName::verify && typed.no_probe)
    return "verify signs in at proven servers only, so --no-probe makes no sense";
  return std::nullopt;
}

// `typed` is what CLI11 fills in as it parses.
std::variant<CommandLine, Reply> parsed(CLI::App& app, const Command& command, std::vector<std::string> words,
                                        const TypedOptions& typed, const Environment& environment) {
  const auto end_of_options = std::find(words.begin(), words.end(), "--");
  CommandLine line;
  line.command = command.id;
  line.operands.assign(end_of_options == words.end() ? end_of_options : end_of_options + 1, words.end());
  words.erase(end_of_options, words.end());
  const std::string see = fmt::format("; see mailconf {} --help", command.name);
  if (const auto misused = misused_option(app, words)) return mistake(*misused + see);
  std::reverse(words.begin(), words.end());
  app.parse(words);  // takes them in reverse order
  const auto left = app.remaining();
  if (const auto unknown = unknown_option(left)) {
    return mistake(fmt::format("there is no option {}{}", displayable(*unknown), see));
  }
  line.operands.insert(line.operands.begin(), left.begin(), left.end());
  line.list_sources = typed.list_sources;
  if (const auto misused = misuse(command, line, typed)) return mistake(*misused + see);
  auto options = understood(typed, environment);
  if (!options) return mistake(options.error().text());
  line.options = std::move(*options);
  if (command.id == CommandName::simulate) be_patient_and_discreet(typed, line.options);
  return line;
}

std::variant<CommandLine, Reply> read_command(const Command& command, const std::vector<std::string>& words,
                                              const Environment& environment) {
  TypedOptions typed;
  CLI::App app(std::string(command.details));
  app.formatter(std::make_shared<HelpFormatter>(command));
  app.set_help_flag("-h,--help", "this help")->group(kFirstGroup);
  app.allow_extras();
  app.footer(std::string(kExitStatuses));
  for (const OptionGroup add : command.options) add(app, typed);
  try {
    return parsed(app, command, words, typed, environment);
  } catch (const CLI::CallForHelp&) {
    return Reply{app.help(), 0};
  } catch (const CLI::ParseError& error) {
    return mistake(fmt::format("{}; see mailconf {} --help", displayable(error.what()), command.name));
  }
}

}  // namespace

bool is_of_server(std::string_view word) {
  return std::ranges::find(kServerCommands, word, &ServerCommand::name) != std::end(kServerCommands);
}

std::variant<CommandLine, Reply> read_command_line(const std::vector<std::string>& arguments,
                                                   const Environment& environment) {
  if (arguments.empty()) return Reply{overview(), kBadUsage};
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h" || first == "help") return Reply{overview(), 0};
  if (first == "--version") return Reply{"mailconf " MAILCONF_VERSION "\n", 0};
  for (const Command& command : kCommands) {
    if (command.name == first) return read_command(command, {arguments.begin() + 1, arguments.end()}, environment);
  }
  const std::string_view kind = first.starts_with('-') ? "option before the command" : "command";
  const std::string_view advice = first.find('@') != std::string::npos ? "mailconf resolve ADDRESS" : "mailconf --help";
  return mistake(fmt::format("there is no {} \"{}\"; try {}", kind, displayable(first), advice));
}

}  // namespace mailconf::cli
