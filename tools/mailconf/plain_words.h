// The values of a report in words for people.
#pragma once

#include <string>
#include <string_view>

#include "mailconf/report.h"
#include "style.h"

namespace mailconf::cli {

struct Judgement {
  Mark mark;
  Paint paint;
  std::string_view word;
};
Judgement judgement(Outcome outcome);       // "found", "nothing there", …
Judgement judgement(ProofOutcome outcome);  // "proven", "no answer", …

std::string_view words(ServerType type);    // "IMAP", …
std::string_view words(ServiceType type);   // "CalDAV", …
std::string_view words(SocketType socket);  // "SSL/TLS", "STARTTLS", "not encrypted"
std::string_view words(CertificateVerdict verdict);
// "OAuth2 or password", best first.
std::string words(const std::vector<Authentication>& authentication);
std::string words(Duration duration);  // "<1 ms", "41 ms", "1.87 s"

// "münchen.example (xn--mnchen-3ya.example)": the two forms of a domain name, where they differ.
std::string both_forms(const std::string& domain);
// "imap.example.org:993", "[2001:db8::1]:993".
std::string host_and_port(const Server& server);
std::string joined(const std::vector<std::string>& texts, std::string_view separator);

}  // namespace mailconf::cli
