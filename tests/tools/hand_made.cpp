#include "hand_made.h"

namespace mailconf::hand_made {
namespace {

using std::chrono::milliseconds;

Proof proven() {
  Proof proof;
  proof.outcome = ProofOutcome::proven;
  proof.tls = TlsFacts{"TLSv1.3",    "TLS_AES_256_GCM_SHA384", CertificateVerdict::valid, {"imap.example.org"},
                       "Example CA", "2027-03-01T12:00:00Z"};
  proof.mechanisms = {"PLAIN", "XOAUTH2"};
  proof.elapsed = milliseconds(41);
  return proof;
}

Proof failed(ProofOutcome outcome, std::string reason) {
  Proof proof;
  proof.outcome = outcome;
  proof.reason = std::move(reason);
  proof.elapsed = milliseconds(250);
  return proof;
}

FoundServer server(ServerType type, std::string host, std::uint16_t port, SocketType socket, Proof proof) {
  FoundServer found;
  found.server = {type, std::move(host), port, socket, {Authentication::oauth2, Authentication::password_cleartext}, "",
                  ""};
  found.server.username = "alice@example.org";
  found.username_template = "%EMAILADDRESS%";
  found.source = "autoconfig";
  found.proof = std::move(proof);
  return found;
}

SourceRow row(std::string source, std::string target, Outcome outcome, std::string reason, int started, int elapsed) {
  SourceRow made;
  made.source = std::move(source);
  made.target = std::move(target);
  made.outcome = outcome;
  made.reason = std::move(reason);
  made.started = milliseconds(started);
  made.elapsed = milliseconds(elapsed);
  return made;
}

Report report(Status status) {
  Report made;
  made.address = "alice@example.org";
  made.domain = "example.org";
  made.status = status;
  made.elapsed = milliseconds(187);
  return made;
}

std::vector<SourceRow> rows_of_nothing() {
  return {
      row("autoconfig", "https://autoconfig.example.org/mail/config-v1.1.xml", Outcome::absent, "no such name", 0, 12),
      row("ispdb", "https://autoconfig.thunderbird.net/v1.1/example.org", Outcome::absent, "404", 0, 80),
      row("srv", "SRV _imaps._tcp.example.org", Outcome::absent, "NXDOMAIN", 0, 11),
      row("srv", "SRV _submissions._tcp.example.org", Outcome::absent, "NXDOMAIN", 0, 11),
      row("guess", "imap.example.org:993 (imap, SSL)", Outcome::absent, "no such name", 12, 9)};
}

}  // namespace

Report found() {
  Report made = report(Status::found);
  Configuration& best = made.best;
  best.provider = {"example.org", "Example Mail", "Example", {}, {}};
  best.incoming = {server(ServerType::imap, "imap.example.org", 993, SocketType::ssl, proven()),
                   server(ServerType::imap, "imap.example.org", 143, SocketType::starttls, proven()),
                   server(ServerType::pop3, "pop.example.org", 995, SocketType::ssl,
                          failed(ProofOutcome::unreachable, "connection refused"))};
  best.outgoing = {server(ServerType::smtp, "smtp.example.org", 465, SocketType::ssl, proven())};
  best.services = {{{ServiceType::caldav,
                     "https://dav.example.org/",
                     "",
                     0,
                     SocketType::ssl,
                     {Authentication::http_basic},
                     "alice@example.org"},
                    "%EMAILADDRESS%",
                    "autoconfig"}};
  best.oauth2 = OAuth2{"login.example.org", "https://login.example.org/auth", "https://login.example.org/token",
                       "mail openid", ""};
  best.oauth2->registration_url = "https://login.example.org/register";
  best.oauth2->device_url = "https://login.example.org/device";
  best.oauth2->scopes_supported = {"mail", "openid"};
  best.documentation = {{"https://help.example.org/mail", {{"en", "Set up your mail program"}}}};
  best.sources = {"autoconfig", "srv"};
  best.trust = Trust::authenticated;
  made.hints = {{"app-password", "https://example.org/app-passwords"}};
  made.sources = {row("autoconfig", "https://autoconfig.example.org/mail/config-v1.1.xml", Outcome::found, "", 0, 41),
                  row("well-known", "https://example.org/.well-known/autoconfig/mail/config-v1.1.xml", Outcome::skipped,
                      "not needed any more", 0, 0),
                  row("srv", "SRV _imaps._tcp.example.org", Outcome::found, "", 0, 12),
                  row("srv", "SRV _pop3s._tcp.example.org", Outcome::absent, "NXDOMAIN", 0, 12)};
  made.sources[0].redirects = {"https://mail.example.net/config.xml"};
  made.sources[2].because = "MX example.org";
  made.decisions = {"autoconfig is preferred to srv: it ranks higher and both are complete"};
  made.conflicts = {{{"autoconfig", "srv"}, "incoming.hostname", {"imap.example.org", "mail.example.org"}}};
  made.warnings = {{"server-unreachable", "pop.example.org:995: connection refused"},
                   {"sign-in-differs", "smtp.example.org:465 offers none of the published ways to sign in, but LOGIN"}};
  made.provisional = milliseconds(64);
  made.proved = milliseconds(186);
  return made;
}

Report found_through_mx() {
  Report made = report(Status::found);
  made.address = "alice@xn--mnchen-3ya.example";
  made.domain = "xn--mnchen-3ya.example";
  Configuration& best = made.best;
  best.provider = {"provider.example", "プロバイダ", "プロバイダ", {}, {}};
  best.incoming = {server(ServerType::imap, "very-long-host-name.of-some-cluster.provider.example", 993,
                          SocketType::ssl,
                          failed(ProofOutcome::refused, "the certificate is for other.example, not for this name"))};
  best.outgoing = {server(ServerType::smtp, "2001:db8::25", 587, SocketType::starttls, proven())};
  best.incoming[0].server.username = "alice";
  best.incoming[0].server.authentication = {Authentication::password_cleartext};
  best.outgoing[0].server.username = "";
  best.outgoing[0].username_template = "";
  best.sources = {"mx-ispdb"};
  best.trust = Trust::confirm;
  Configuration other = best;
  other.sources = {"srv"};
  other.incoming[0].server.hostname = "mail.xn--mnchen-3ya.example";
  made.alternatives = {other};
  made.sources = {
      row("mx-ispdb", "https://autoconfig.thunderbird.net/v1.1/provider.example", Outcome::found, "", 20, 60)};
  made.sources[0].because = "MX xn--mnchen-3ya.example";
  made.consent = {{"provider.example", "2001:db8::25"}, {"the DNS record MX xn--mnchen-3ya.example is not signed"}};
  return made;
}

Report partial() {
  Report made = found();
  made.status = Status::partial;
  made.best.outgoing.clear();
  made.sources.push_back(row("guess", "smtp.example.org:465 (smtp, SSL)", Outcome::unknown, "timed out", 100, 2000));
  return made;
}

Report insecure_only() {
  Report made = report(Status::insecure_only);
  made.consent.reasons = {"imap.example.org is not encrypted"};
  made.best.incoming = {server(ServerType::imap, "mail.example.org", 143, SocketType::plain, proven())};
  made.best.incoming[0].proof.tls.reset();
  made.best.outgoing = {server(ServerType::smtp, "mail.example.org", 25, SocketType::plain, proven())};
  made.best.outgoing[0].proof.tls.reset();
  made.best.trust = Trust::insecure;
  made.best.sources = {"guess"};
  return made;
}

Report not_found() {
  Report made = report(Status::not_found);
  made.sources = rows_of_nothing();
  return made;
}

Report services_alone() {
  Report made = not_found();
  made.best.services = found().best.services;
  made.best.services[0].service.url = "https://dav.provider.example/";
  made.best.trust = Trust::confirm;
  made.consent = {{"provider.example"}, {"provider.example is not the mail domain"}};
  return made;
}

Report unknown() {
  Report made = report(Status::unknown);
  made.sources = rows_of_nothing();
  made.sources[2].outcome = Outcome::unknown;
  made.sources[2].reason = "SERVFAIL for _imaps._tcp.example.org";
  made.sources[3].outcome = Outcome::unknown;
  made.sources[3].reason = "SERVFAIL for _submissions._tcp.example.org";
  made.sources.push_back(row("mx-ispdb", "", Outcome::skipped, "the domain has no MX of another provider", 0, 0));
  return made;
}

Report offline() {
  Report made = report(Status::offline);
  made.sources = {row("autoconfig", "https://autoconfig.example.org/mail/config-v1.1.xml", Outcome::unknown,
                      "no name server is configured", 0, 0)};
  return made;
}

Report aborted() {
  Report made = report(Status::aborted);
  made.sources = {
      row("autoconfig", "https://autoconfig.example.org/mail/config-v1.1.xml", Outcome::unknown, "cancelled", 0, 180)};
  return made;
}

Report needs_credentials() {
  Report made = report(Status::needs_credentials);
  made.sources = {row("autoconfig", "https://autoconfig.example.org/mail/config-v1.1.xml", Outcome::unknown,
                      "401: asks for a login", 0, 60)};
  made.hints = {{"sign-in", "https://example.org/mail"}};
  return made;
}

Report needs_oauth2() {
  Report made = report(Status::needs_oauth2);
  made.sources = {row("autoconfig", "https://autoconfig.example.org/mail/config-v1.1.xml", Outcome::found, "", 0, 60)};
  made.warnings = {{"oauth2-unknown",
                    "autoconfig names imap.example.org:993 with OAuth2 alone, and where to sign in is not known; it is "
                    "not used"}};
  return made;
}

Report no_standard_protocol() {
  Report made = report(Status::no_standard_protocol);
  FoundServer jmap;
  jmap.server.type = ServerType::jmap;
  jmap.server.url = "https://jmap.example.org/session";
  jmap.server.authentication = {Authentication::http_basic};
  jmap.server.username = "alice@example.org";
  jmap.source = "autoconfig";
  made.best.incoming = {jmap};
  made.best.sources = {"autoconfig"};
  made.best.trust = Trust::authenticated;
  return made;
}

Report bad_input() {
  Report made;
  made.address = "alice@";
  made.status = Status::bad_input;
  made.warnings = {{"bad-input", "the address ends with \"@\""}};
  return made;
}

Report hostile() {
  Report made = found();
  const std::string evil = "\x1b[2J\x1b]0;owned\x07 \r\nSettings for you\xff \xe2\x80\xae txt";
  made.best.provider = {evil, evil, evil, {}, {}};
  made.best.incoming[0].server.username = evil;
  made.best.incoming[2].proof.reason = evil;
  made.best.services[0].service.url = evil;
  made.best.documentation[0].url = evil;
  made.sources[1].reason = evil;
  made.sources[0].redirects = {evil};
  made.decisions = {evil};
  made.warnings = {{"evil", evil}};
  made.hints = {{evil, evil}};
  made.conflicts[0].values = {evil, evil};
  return made;
}

Report not_probed() {
  Report made = found();
  for (auto* group : {&made.best.incoming, &made.best.outgoing}) {
    for (FoundServer& each : *group) each.proof = {};
  }
  made.best.sources = {"builtin"};
  made.sources = {row("builtin", "example.org", Outcome::found, "", 0, 0)};
  made.hints.clear();
  made.conflicts.clear();
  made.warnings.clear();
  made.provisional = milliseconds(0);
  made.proved.reset();
  made.elapsed = std::chrono::microseconds(340);
  return made;
}

std::vector<std::pair<std::string, Report>> all() {
  return {{"found", found()},
          {"found-through-mx", found_through_mx()},
          {"partial", partial()},
          {"insecure-only", insecure_only()},
          {"not-found", not_found()},
          {"services-alone", services_alone()},
          {"unknown", unknown()},
          {"offline", offline()},
          {"aborted", aborted()},
          {"needs-credentials", needs_credentials()},
          {"needs-oauth2", needs_oauth2()},
          {"no-standard-protocol", no_standard_protocol()},
          {"bad-input", bad_input()},
          {"hostile", hostile()},
          {"not-probed", not_probed()}};
}

std::vector<ProbedPort> probed() {
  ProbedPort imaps;
  imaps.server = {ServerType::imap, "imap.example.org", 993, SocketType::ssl, {}, "", ""};
  imaps.address = "192.0.2.7";
  imaps.proof = proven();
  imaps.greeting = "* OK Example IMAP ready";
  imaps.capabilities = {"IMAP4rev1", "AUTH=PLAIN", "AUTH=XOAUTH2"};
  imaps.authentication = {Authentication::oauth2, Authentication::password_cleartext};
  ProbedPort imap = imaps;
  imap.server.port = 143;
  imap.server.socket_type = SocketType::starttls;
  imap.before_tls = {"IMAP4rev1", "STARTTLS", "LOGINDISABLED"};
  imap.proof.outcome = ProofOutcome::refused;
  imap.proof.reason = "the certificate has expired";
  imap.proof.tls->certificate = CertificateVerdict::expired;
  imap.proof.tls->not_after = "2025-03-01T12:00:00Z";
  ProbedPort pops;
  pops.server = {ServerType::pop3, "imap.example.org", 995, SocketType::ssl, {}, "", ""};
  pops.proof = failed(ProofOutcome::unreachable, "connection refused");
  return {imaps, imap, pops};
}

std::vector<LoginAttempt> logins() {
  const auto attempt = [](ServerType type, const char* host, LoginOutcome outcome, const char* reason) {
    const bool tried = outcome != LoginOutcome::not_tried && outcome != LoginOutcome::not_needed;
    Server server;
    server.type = type;
    server.hostname = host;
    server.port = 993;
    return LoginAttempt{server, tried ? "alice+news@example.org" : "", tried ? "SCRAM-SHA-256" : "", outcome, reason,
                        {}};
  };
  return {
      attempt(ServerType::imap, "imap.example.org", LoginOutcome::accepted, ""),
      attempt(ServerType::imap, "a.example.org", LoginOutcome::cannot_connect, "connection refused"),
      attempt(ServerType::imap, "b.example.org", LoginOutcome::tls_failed, "the server does not offer TLS"),
      attempt(ServerType::imap, "c.example.org", LoginOutcome::bad_certificate, "the certificate has expired"),
      attempt(ServerType::imap, "d.example.org", LoginOutcome::no_mechanism, "the server offers XOAUTH2"),
      attempt(ServerType::smtp, "smtp.example.org", LoginOutcome::refused,
              "the server answers \"535 5.7.8 Error: authentication failed\""),
      attempt(ServerType::pop3, "pop.example.org", LoginOutcome::unavailable, "the server answers \"[IN-USE] busy\""),
      attempt(ServerType::pop3, "e.example.org", LoginOutcome::rate_limited, "the server answers \"Too many\""),
      attempt(ServerType::pop3, "f.example.org", LoginOutcome::not_understood, "another protocol answers"),
      attempt(ServerType::smtp, "g.example.org", LoginOutcome::not_needed, "the server wants no login"),
      attempt(ServerType::pop3, "h.example.org", LoginOutcome::not_tried, "three attempts are enough")};
}

std::vector<LoginAttempt> hostile_logins() {
  auto made = logins();
  for (auto& attempt : made) attempt.reason = attempt.username = attempt.mechanism = "\x1b[2J\x07 \r\nowned\xff";
  return made;
}

}  // namespace mailconf::hand_made
