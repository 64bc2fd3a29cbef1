#include <algorithm>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>
#include <unistd.h>

#include "commands.h"
#include "exit_status.h"
#include "mailconf/guide.h"
#include "private_file.h"
#include "recording_file.h"
#include "settings_search.h"
#include "subject.h"
#include "table.h"
#include "terminal.h"
#include "trust_words.h"

namespace mailconf::cli {
namespace {

int list_titles(const std::vector<GuideTitle>& titles) {
  Table table(0);
  for (const GuideTitle& title : titles) table.row({{title.id, Paint::bold}, {title.name}});
  const Style style = style_for(terminal(STDOUT_FILENO), ColorUse::automatic);
  return write_all(STDOUT_FILENO, table.text(style)) ? kUsable : cannot_write();
}

Result<void> check_name(std::string_view option, const std::string& name, const std::vector<GuideTitle>& titles) {
  const auto named = [&](const GuideTitle& title) { return title.id == name; };
  if (name.empty() || std::any_of(titles.begin(), titles.end(), named)) return {};
  return fail(ErrorCode::bad_option, std::string(option),
              fmt::format("\"{}\" is not there; {} list prints the names", name, option));
}

// Before the network is asked for anything.
Result<void> check(const GuideRequest& request) {
  if (auto client = check_name("--client", request.client, guide_titles(request.style.language)); !client)
    return client;
  return check_name("--topic", request.topic, article_titles(request.style.language));
}

std::vector<Server> servers_of(const std::vector<FoundServer>& found) {
  std::vector<Server> servers;
  for (const FoundServer& each : found) {
    // What was shown to be wrong is not passed on.
    if (each.proof.outcome != ProofOutcome::refused) servers.push_back(each.server);
  }
  return servers;
}

GuideSubject subject_of(const Report& report) {
  const Configuration& best = report.best;
  Settings settings;
  settings.provider = best.provider;
  settings.incoming = servers_of(best.incoming);
  settings.outgoing = servers_of(best.outgoing);
  settings.oauth2 = best.oauth2;
  settings.enable = best.enable;
  GuideSubject subject{std::move(settings), *DomainName::parse(report.domain), {}, {}};
  if (const auto address = EmailAddress::parse(report.address)) subject.address = *address;
  for (const Hint& hint : report.hints) {
    if (hint.kind == "app-password") subject.run_by.app_passwords = hint.url;
  }
  return subject;
}

Result<void> write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return file_failure(path.string());
  return {};
}

int write_site_to(const std::string& folder, const GuideSubject& subject) {
  const auto files = write_site(subject);
  if (!files) return complain(files.error().text(), kNotEnough);
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  for (const SiteFile& file : *files) {
    if (const auto written = write_file(std::filesystem::path(folder) / file.name, file.text); !written)
      return bad_usage(written.error());
  }
  return kUsable;
}

int write_page(const GuideRequest& request, const GuideSubject& subject) {
  const auto text = request.client.empty() ? write_article(request.topic, subject, request.style)
                                           : write_guide(request.client, subject, request.style);
  if (!text) return complain(text.error().text(), kNotEnough);
  return write_all(STDOUT_FILENO, *text) ? kUsable : cannot_write();
}

int write_pages(const GuideRequest& request, const GuideSubject& subject) {
  return request.folder.empty() ? write_page(request, subject) : write_site_to(request.folder, subject);
}

// mailconfd reads definitions, and says itself what is wrong with one.
int guide_by_definition(const GuideRequest& request, const AddressOrDomain& about) {
  const auto* const address = std::get_if<EmailAddress>(&about);
  const DomainName& domain = address != nullptr ? address->domain() : std::get<DomainName>(about);
  const auto told = output_of_server({"domain", "settings", "--", request.definition, domain.ascii()});
  if (told.status != 0) return told.status;
  auto subject = read_guide_subject_json(told.text);
  if (!subject) return complain(fmt::format("{}: {}", request.definition, subject.error().text()), kNotEnough);
  if (address != nullptr) {
    subject->settings = for_address(subject->settings, *address).settings;
    subject->address = *address;
  }
  return write_pages(request, *subject);
}

int guide_by_search(const std::optional<AddressOrDomain>& typed, const Options& options) {
  auto resolver = make_resolver(options);
  if (!resolver) return bad_usage(resolver.error());
  const auto about = searched_subject(*resolver, typed, options);
  if (!about) return bad_usage(about.error());
  const auto found = searched(*resolver, *about, options);
  if (!found) return bad_usage(found.error());
  if (!may_be_passed_on(*found, options)) return nothing_passed_on(*found, options, "no guide");
  say(options, trust_words(*found));
  return write_pages(options.guide, subject_of(*found));
}

}  // namespace

int guide_command(const CommandLine& line) {
  const GuideRequest& request = line.options.guide;
  if (request.client == "list") return list_titles(guide_titles(request.style.language));
  if (request.topic == "list") return list_titles(article_titles(request.style.language));
  if (auto checked = check(request); !checked) return bad_usage(checked.error());
  std::optional<AddressOrDomain> typed;
  if (!line.operands.empty()) {
    auto read = read_subject(line.operands.front());
    if (!read) return bad_usage(read.error());
    typed = *std::move(read);
  }
  return request.definition.empty() ? guide_by_search(typed, line.options) : guide_by_definition(request, *typed);
}

}  // namespace mailconf::cli
