#include "sources/steps.h"

#include <algorithm>
#include <fmt/format.h>

namespace mailconf {
namespace {

bool only_plaintext(const std::vector<Server>& servers) {
  return !servers.empty() && std::all_of(servers.begin(), servers.end(), [](const Server& server) {
    return is_tcp(server.type) && server.socket_type == SocketType::plain;
  });
}

// Protocols reached by URL send mail as well.
bool lacks_outgoing(const Settings& settings) {
  return settings.outgoing.empty() && !settings.incoming.empty() &&
         std::all_of(settings.incoming.begin(), settings.incoming.end(),
                     [](const Server& server) { return is_tcp(server.type); });
}

bool lists(const Provider& provider, const DomainName& domain) {
  const auto is_domain = [&](const DomainName& listed) { return listed == domain; };
  const auto holds_domain = [&](const DomainName& listed) { return domain.within(listed); };
  return std::any_of(provider.domains.begin(), provider.domains.end(), is_domain) ||
         std::any_of(provider.mx_domains.begin(), provider.mx_domains.end(), holds_domain);
}

void note(std::vector<Diagnostic>& diagnostics, std::string code, std::string place, std::string message) {
  const bool known = std::any_of(diagnostics.begin(), diagnostics.end(),
                                 [&](const Diagnostic& diagnostic) { return diagnostic.code == code; });
  if (!known) diagnostics.push_back({std::move(code), std::move(place), std::move(message)});
}

}  // namespace

Step ask(Question question) {
  Step step;
  step.ask.push_back(std::move(question));
  return step;
}

Step ended(Outcome outcome, std::string reason) {
  Step step;
  step.verdict = {outcome, std::move(reason)};
  return step;
}

Step accept_settings(Settings settings, std::vector<Diagnostic> diagnostics) {
  if (only_plaintext(settings.incoming)) {
    note(diagnostics, "plaintext-only", "incoming", "no server for reading mail is encrypted");
  }
  if (only_plaintext(settings.outgoing)) {
    note(diagnostics, "plaintext-only", "outgoing", "no server for sending mail is encrypted");
  }
  if (lacks_outgoing(settings)) {
    note(diagnostics, "no-outgoing-server", "outgoing", "no usable server for sending mail is named");
  }
  Step step = ended(Outcome::found, "");
  step.found = std::move(settings);
  step.diagnostics = std::move(diagnostics);
  return step;
}

Step accept_document(ReadSettings document, const DomainName& domain, DomainCheck check) {
  const auto& provider = document.settings.provider;
  const bool names_none = provider.domains.empty() && provider.mx_domains.empty();
  if (names_none && check == DomainCheck::must_list_a_domain) {
    Step step = ended(Outcome::unknown, "the document does not say which domains it is for");
    step.diagnostics = std::move(document.diagnostics);
    return step;
  }
  if (names_none) {
    note(document.diagnostics, "no-domain", "emailProvider", "the document does not say which domains it is for");
  } else if (!lists(provider, domain)) {
    note(document.diagnostics, "domain-not-listed", "emailProvider",
         fmt::format("the document does not list {}", domain.ascii()));
  }
  return accept_settings(std::move(document.settings), std::move(document.diagnostics));
}

Url autoconfig_url(const DomainName& domain) {
  Url url;
  url.host = "autoconfig." + domain.ascii();
  url.port = 443;
  url.path = "/mail/config-v1.1.xml";
  return url;
}

Url ispdb_url(const Url& base, const DomainName& domain) {
  Url url = base;
  if (!url.path.ends_with('/')) url.path += '/';
  url.path += domain.ascii();
  return url;
}

}  // namespace mailconf
