#include "server/import/local_host.h"

#include <algorithm>
#include <fmt/core.h>
#include <optional>
#include <tuple>

#include "server/import/dovecot.h"
#include "server/import/postfix.h"
#include "server/import/program.h"

namespace mailconf::server {
namespace {

constexpr auto this_host = "this host";

using Arguments = std::vector<std::string>;

Result<std::string> asked(const std::string& name, const Arguments& place, const Arguments& question) {
  const auto program = system_program(name);
  if (!program) return fail(ErrorCode::bad_option, name, "is not installed");
  auto arguments = place;
  arguments.insert(arguments.end(), question.begin(), question.end());
  return output_of(*program, arguments);
}

Arguments place_argument(const std::string& configuration) {
  return configuration.empty() ? Arguments{} : Arguments{"-c", configuration};
}

Result<MailPrograms> read_dovecot(const ImportWishes& wishes) {
  return asked("doveconf", place_argument(wishes.dovecot_configuration), {"-a"}).map(read_doveconf);
}

Result<MailPrograms> read_postfix(const ImportWishes& wishes) {
  const auto place = place_argument(wishes.postfix_configuration);
  auto question = postfix_parameters();
  question.insert(question.begin(), "-x");
  const auto main = asked("postconf", place, question);
  if (!main) return tl::unexpected(main.error());
  const auto services = asked("postconf", place, {"-M"});
  if (!services) return tl::unexpected(services.error());
  const auto overrides = asked("postconf", place, {"-x", "-P"});
  if (!overrides) return tl::unexpected(overrides.error());
  return read_postconf(*main, *services, *overrides);
}

// Nothing, and told, when the program cannot say what it does.
std::optional<MailPrograms> known(const Result<MailPrograms>& read, std::string_view whose, Imports& imports) {
  if (!read) {
    imports.lose(status_of(read.error()), this_host,
                 fmt::format("the configuration of {} cannot be read: {}", whose, read.error().text()));
    return std::nullopt;
  }
  for (const auto& remark : read->remarks) imports.warn(this_host, std::string(whose), remark);
  return *read;
}

// Submission may be Dovecot's business alone.
std::optional<MailPrograms> known_postfix(const ImportWishes& wishes, Imports& imports) {
  const bool is_wanted = !wishes.postfix_configuration.empty() || system_program("postconf");
  if (is_wanted) return known(read_postfix(wishes), "Postfix", imports);
  imports.warn(this_host, "Postfix", "is not installed: only Dovecot is looked at");
  return MailPrograms{};
}

std::string hostname_of(const MailPrograms& dovecot, const MailPrograms& postfix) {
  for (const auto& name : {postfix.hostname, dovecot.hostname}) {
    if (const auto host = DomainName::parse(name)) return host->ascii();
  }
  return "";
}

std::vector<DomainName> domains_of(const std::vector<std::string>& named, const MailPrograms& postfix,
                                   Imports& imports) {
  if (named.empty()) {
    for (const auto& table : postfix.tables) imports.warn(this_host, "Postfix", table);
    return postfix.domains;
  }
  std::vector<DomainName> domains;
  for (const auto& name : named) {
    const auto domain = *DomainName::parse(name);
    if (std::ranges::find(domains, domain) == domains.end()) domains.push_back(domain);
  }
  return domains;
}

struct Speech {
  MailListener::Speaks speaks;
  ServerType type;
  std::vector<Server> Settings::*list;
};
constexpr Speech speeches[] = {
    {MailListener::Speaks::imap, ServerType::imap, &Settings::incoming},
    {MailListener::Speaks::pop3, ServerType::pop3, &Settings::incoming},
    {MailListener::Speaks::submission, ServerType::smtp, &Settings::outgoing},
};

std::vector<Authentication> mechanisms_of(const MailPrograms& own, const MailPrograms& dovecot) {
  const auto& known = own.authentication.empty() ? dovecot.authentication : own.authentication;
  return known.empty() ? std::vector{Authentication::password_cleartext} : known;
}

void add_listeners(const MailPrograms& programs, const MailPrograms& dovecot, const std::string& hostname,
                   Settings& settings) {
  const auto authentication = mechanisms_of(programs, dovecot);
  for (const auto& listener : programs.listeners) {
    const auto* const speech = std::ranges::find(speeches, listener.speaks, &Speech::speaks);
    if (speech == std::end(speeches)) {
      settings.services.push_back({.type = ServiceType::managesieve,
                                   .url = {},
                                   .hostname = hostname,
                                   .port = listener.port,
                                   .socket_type = listener.socket_type,
                                   .authentication = authentication,
                                   .username = dovecot.username});
      continue;
    }
    auto& list = settings.*(speech->list);
    const auto same = [&](const Server& server) { return server.type == speech->type && server.port == listener.port; };
    if (std::ranges::none_of(list, same))
      list.push_back(
          {speech->type, hostname, listener.port, listener.socket_type, authentication, dovecot.username, ""});
  }
}

}  // namespace

Settings settings_of(const std::string& hostname, const MailPrograms& dovecot, const MailPrograms& postfix) {
  Settings settings;
  add_listeners(postfix, dovecot, hostname, settings);
  add_listeners(dovecot, dovecot, hostname, settings);
  const auto order = [](const Server& server) { return std::tuple(server.type, server.socket_type, server.port); };
  std::ranges::stable_sort(settings.incoming, {}, order);
  std::ranges::stable_sort(settings.outgoing, {}, order);
  return settings;
}

void import_local_host(const std::vector<std::string>& domains, const ImportWishes& wishes, Imports& imports) {
  const auto dovecot = known(read_dovecot(wishes), "Dovecot", imports);
  const auto postfix = known_postfix(wishes, imports);
  if (!dovecot || !postfix) return;
  const auto hostname = hostname_of(*dovecot, *postfix);
  if (hostname.empty())
    return imports.lose(domain_bad_input, this_host,
                        "has no name that clients could use: neither myhostname of Postfix nor hostname of Dovecot");
  auto settings = settings_of(hostname, *dovecot, *postfix);
  settings.provider.domains = domains_of(domains, *postfix, imports);
  if (settings.provider.domains.empty())
    return imports.lose(domain_bad_input, this_host, "takes mail for no domain that is known: name it");
  settings.provider.display_name = settings.provider.domains.front().ascii();
  imports.definitions.push_back({this_host, std::move(settings)});
}

}  // namespace mailconf::server
