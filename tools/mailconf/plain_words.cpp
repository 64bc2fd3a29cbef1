#include "plain_words.h"

#include <array>
#include <fmt/format.h>

#include "mailconf/address.h"

namespace mailconf::cli {
namespace {

// Every table is in the order of its enumeration.
template <class Enum, class T, std::size_t N>
const T& at(const std::array<T, N>& table, Enum value) {
  return table.at(static_cast<std::size_t>(value));
}

constexpr std::array<Judgement, 4> kOutcomes{{{Mark::good, Paint::good, "found"},
                                              {Mark::none, Paint::plain, "nothing there"},
                                              {Mark::doubtful, Paint::doubtful, "could not tell"},
                                              {Mark::none, Paint::dim, "not asked"}}};
constexpr std::array<Judgement, 4> kProofs{{{Mark::good, Paint::good, "proven"},
                                            {Mark::bad, Paint::bad, "not as published"},
                                            {Mark::doubtful, Paint::doubtful, "no answer"},
                                            {Mark::none, Paint::dim, "not tried"}}};
constexpr std::array<std::string_view, 9> kServerTypes{"IMAP",       "POP3",  "SMTP",     "JMAP", "EWS",
                                                       "ActiveSync", "Graph", "Exchange", "OWA"};
constexpr std::array<std::string_view, 9> kServiceTypes{"CalDAV", "CardDAV", "WebDAV", "ManageSieve", "XMPP",
                                                        "Matrix", "JMAP",    "EWS",    "ActiveSync"};
constexpr std::array<std::string_view, 3> kSocketTypes{"SSL/TLS", "STARTTLS", "not encrypted"};
constexpr std::array<std::string_view, 11> kAuthentications{"password",
                                                            "encrypted password",
                                                            "OAuth2",
                                                            "Kerberos (GSSAPI)",
                                                            "NTLM",
                                                            "a client certificate",
                                                            "your network address, without logging in",
                                                            "fetching mail first (SMTP after POP)",
                                                            "no login",
                                                            "password",
                                                            "encrypted password"};
constexpr std::array<std::string_view, 7> kCertificates{"certificate valid",
                                                        "certificate has expired",
                                                        "certificate is not valid yet",
                                                        "certificate is self-signed",
                                                        "certificate is from an unknown issuer",
                                                        "certificate is for another name",
                                                        "certificate is invalid"};

}  // namespace

Judgement judgement(Outcome outcome) { return at(kOutcomes, outcome); }
Judgement judgement(ProofOutcome outcome) { return at(kProofs, outcome); }
std::string_view words(ServerType type) { return at(kServerTypes, type); }
std::string_view words(ServiceType type) { return at(kServiceTypes, type); }
std::string_view words(SocketType socket) { return at(kSocketTypes, socket); }
std::string_view words(CertificateVerdict verdict) { return at(kCertificates, verdict); }

std::string words(const std::vector<Authentication>& authentication) {
  std::vector<std::string> ways;
  ways.reserve(authentication.size());
  for (const Authentication way : authentication) ways.emplace_back(at(kAuthentications, way));
  return joined(ways, " or ");
}

std::string words(Duration duration) {
  using std::chrono::milliseconds;
  const auto whole = std::chrono::duration_cast<milliseconds>(duration);
  if (whole < milliseconds(1)) return "<1 ms";
  if (whole < milliseconds(1000)) return fmt::format("{} ms", whole.count());
  return fmt::format("{:.2f} s", std::chrono::duration<double>(duration).count());
}

std::string both_forms(const std::string& domain) {
  const auto name = DomainName::parse(domain);
  if (!name || name->unicode() == name->ascii()) return domain;
  return fmt::format("{} ({})", name->unicode(), name->ascii());
}

std::string host_and_port(const Server& server) {
  const bool literal = server.hostname.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(literal ? "[{}]:{}" : "{}:{}"), server.hostname, server.port);
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  return fmt::format("{}", fmt::join(texts, separator));
}

}  // namespace mailconf::cli
