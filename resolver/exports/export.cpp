#include "mailconf/export.h"

#include <fmt/core.h>

#include "exports/account.h"
#include "exports/comments.h"
#include "exports/render.h"

namespace mailconf {
namespace {

using namespace exports;

Result<void> check_options(const Target& target, const ExportOptions& options) {
  if (options.password_command.empty() || target.quoting.command != nullptr) return {};
  return fail(ErrorCode::bad_option, "password_command",
              fmt::format("{} takes no command for the password", target.name));
}

bool depends_on_port(const std::optional<Endpoint>& endpoint) {
  return endpoint && endpoint->found.server.socket_type == SocketType::starttls;
}

void add_remarks(Account& account) {
  const Target& target = account.target;
  const auto& notes = account.options.notes;
  if (target.comments == Comments::none) account.remarks.insert(account.remarks.end(), notes.begin(), notes.end());
  if (!account.options.ca_file.empty() && target.quoting.path == nullptr) {
    account.remarks.push_back(
        fmt::format("the text does not name the certificates to trust: {} has to know them by itself", target.name));
  }
  if (target.starttls == Starttls::by_port &&
      (depends_on_port(account.incoming) || depends_on_port(account.outgoing))) {
    account.remarks.emplace_back("TLS is demanded, but that STARTTLS is meant follows from the port alone");
  }
}

}  // namespace

std::vector<ExportTarget> export_targets() {
  std::vector<ExportTarget> result;
  for (const Target& target : targets()) result.push_back({std::string(target.name), std::string(target.summary)});
  return result;
}

Result<Export> export_settings(std::string_view name, const Configuration& configuration, const EmailAddress& address,
                               const ExportOptions& options) {
  const Target* target = find_target(name);
  if (target == nullptr) return fail(ErrorCode::bad_option, "target", fmt::format("there is no \"{}\"", name));
  if (auto checked = check_options(*target, options); !checked) return tl::unexpected(checked.error());
  auto account = choose_account(*target, configuration, address, options);
  if (!account) return tl::unexpected(account.error());
  auto text = target->write != nullptr ? target->write(*account) : render(*account);
  if (!text) return tl::unexpected(text.error());
  add_remarks(*account);
  if (target->comments != Comments::none) *text = with_comments(std::move(*text), target->comments, options.notes);
  return Export{std::move(*text), account->complete, std::move(account->remarks)};
}

}  // namespace mailconf
