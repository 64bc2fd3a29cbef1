#include "sources/steps.h"

#include <algorithm>
namespace mailconf {
namespace {

bool only_plaintext(const std::vector<Server>& servers) {
  return !servers.empty() && std::all_of(servers.begin(), servers.end(), [](const Server& server) {
    return is_tcp(server.type) && server.socket_type == SocketType::plain;
  });
}

}  // namespace

Step ask(Question question) {
  Step step;
  step.ask.push_back(std::move(question));
  return step;
}

Step ended(Verdict verdict) {
  Step step;
  step.verdict = std::move(verdict);
  return step;
}

Step ended(Outcome outcome, std::string reason) { return ended(Verdict{outcome, std::move(reason)}); }

Step accept_settings(Settings settings, std::vector<Diagnostic> diagnostics) {
  if (only_plaintext(settings.incoming)) {
    diagnostics.push_back({"plaintext-only", "incoming", "no server for reading mail is encrypted"});
  }
  if (only_plaintext(settings.outgoing)) {
    diagnostics.push_back({"plaintext-only", "outgoing", "no server for sending mail is encrypted"});
  }
  Step step = ended(Outcome::found, "");
  step.found = std::move(settings);
  step.diagnostics = std::move(diagnostics);
  return step;
}

Step accept_document(ReadSettings document, DomainCheck check) {
  const auto& provider = document.settings.provider;
  const bool lists_a_domain = !provider.domains.empty() || !provider.mx_domains.empty();
  if (lists_a_domain || check == DomainCheck::lenient) {
    return accept_settings(std::move(document.settings), std::move(document.diagnostics));
  }
  Step step = ended(Outcome::unknown, "the document does not say which domains it is for");
  step.diagnostics = std::move(document.diagnostics);
  return step;
}

Url autoconfig_url(const DomainName& domain) {
  Url url;
  url.host = "autoconfig." + domain.ascii();
  url.port = 443;
  url.path = "/mail/config-v1.1.xml";
  return url;
}

Url well_known_url(const DomainName& domain) {
  Url url;
  url.host = domain.ascii();
  url.port = 443;
  url.path = "/.well-known/autoconfig/mail/config-v1.1.xml";
  return url;
}

Url ispdb_url(const Url& base, const DomainName& domain) {
  Url url = base;
  if (!url.path.ends_with('/')) url.path += '/';
  url.path += domain.ascii();
  return url;
}

}  // namespace mailconf
