// What other clients would make of a domain, and what an audit makes of it.
#include "hand_made.h"

namespace mailconf::hand_made {
namespace {

using std::chrono::milliseconds;

Server server(ServerType type, std::string host, std::uint16_t port, SocketType socket) {
  Server made{type, std::move(host), port, socket, {Authentication::oauth2, Authentication::password_cleartext}, "",
              ""};
  made.username = "alice@example.org";
  return made;
}

}  // namespace

std::vector<Prediction> simulated() {
  const auto ended_up_with = [](std::string name, std::string title) {
    Prediction made;
    made.client = {std::move(name), std::move(title), "1.2", "a study", "2026-11-22", {"It has a list of its own."}};
    made.elapsed = milliseconds(441);
    made.requests = {{"autoconfig", "GET https://autoconfig.example.org/mail/config-v1.1.xml", Outcome::absent,
                      "HTTP 404", milliseconds(0), milliseconds(200)},
                     {"mx", "MX example.org", Outcome::found, "found", milliseconds(0), milliseconds(12)},
                     {"mx", "GET http://autoconfig.example.net/x", Outcome::skipped, "not asked: plain HTTP",
                      milliseconds(12), milliseconds(0)}};
    return made;
  };
  Prediction found = ended_up_with("finder", "Finder");
  found.found = true;
  found.found_by = "well-known";
  found.told_by = "GET https://example.org/x";
  found.incoming = {server(ServerType::imap, "imap.example.org", 993, SocketType::ssl),
                    server(ServerType::pop3, "pop.example.org", 995, SocketType::ssl)};
  found.outgoing = {server(ServerType::smtp, "smtp.example.org", 587, SocketType::starttls)};
  Prediction in_clear = found;
  in_clear.client.name = "trusting";
  in_clear.client.title = "Trusting";
  in_clear.told_by = "GET http://example.org/x";
  in_clear.asks = {"that settings which came over plain HTTP may be used"};
  Prediction nothing = ended_up_with("seeker", "Seeker");
  nothing.reason = "nothing that it takes came of 3 requests";
  Prediction stopped = ended_up_with("waiter", "Waiter");
  stopped.ended = false;
  stopped.reason = "stopped before it had ended";
  return {found, in_clear, nothing, stopped};
}

Audit audited() {
  Audit audit;
  audit.domain = "example.org";
  const Evidence seen{"imap.example.org:993 (imap, SSL)", "speaks the protocol; TLSv1.3, certificate wrong-name"};
  audit.findings = {
      {"certificate-name",
       Severity::error,
       "imap.example.org:993",
       "it is for mail.hoster.example",
       {seen},
       {"all clients"},
       "obtain a certificate that names imap.example.org:993, smtp.example.org:465",
       {"smtp.example.org:465"}},
      {"autoconfig-html",
       Severity::warning,
       "https://example.org/.well-known/autoconfig/mail/config-v1.1.xml",
       "its status is 200, as if the file were there",
       {seen},
       {"Nextcloud Mail", "and others"},
       "answer 404 there, or serve the file"},
      {"srv-undeclared",
       Severity::note,
       "_pop3._tcp.example.org",
       "clients have to find out for themselves",
       {seen},
       {"FairEmail"},
       "_pop3._tcp.example.org. IN SRV 0 0 0 ."},
  };
  audit.asked = {seen};
  audit.elapsed = std::chrono::milliseconds(420);
  return audit;
}

Audit audited_clean() {
  Audit audit;
  audit.domain = "example.net";
  return audit;
}

}  // namespace mailconf::hand_made
