// What a source may ask of the world, and what the world may answer: the vocabulary between the pure core and the
// network. Plain values: comparable, printable, hashable by their text.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mailconf/login.h"
#include "mailconf/report.h"
#include "mailconf/settings.h"
#include "model/url.h"

namespace mailconf {

enum class RecordType { addresses, mx, srv, txt, ns, cname, tlsa };  // addresses: A and AAAA together

struct DnsQuestion {
  RecordType type = RecordType::addresses;
  std::string name;  // absolute, lower-case, A-labels, no trailing dot; service labels allowed

  auto operator<=>(const DnsQuestion&) const = default;
};

// One GET, or a POST when there is something to send. The network follows no redirect: whether a hop is allowed is for
// the engine to judge.
struct HttpQuestion {
  Url url;                       // may hold the user's address in its query; target() leaves the query out
  std::string body = {};         // XML, for a POST; never holds the user's address
  bool follow_redirects = true;  // false: a redirect is itself the answer
  bool holds_address = false;    // the user's, in the URL: for the asked host alone

  auto operator<=>(const HttpQuestion&) const = default;
};

// Connect, encrypt, read greeting and capabilities, take leave. Never a login.
struct ProbeQuestion {
  ServerType type = ServerType::imap;  // imap, pop3 or smtp
  std::string host;                    // host name or address literal without brackets
  std::uint16_t port = 0;
  SocketType socket_type = SocketType::ssl;

  auto operator<=>(const ProbeQuestion&) const = default;
};

// The same, and then a login. Only for servers that were shown to the user, and never of a resolution.
struct LoginQuestion {
  ProbeQuestion server;
  std::string username;
  std::shared_ptr<const Credentials> credentials;

  auto operator<=>(const LoginQuestion&) const = default;
};

using Question = std::variant<DnsQuestion, HttpQuestion, ProbeQuestion, LoginQuestion>;

// For traces: "MX example.org", "_imaps._tcp.example.org" (SRV), "https://autoconfig.example.org/mail/config-v1.1.xml",
// "imap.example.org:993 (imap, SSL)". Never holds the query of a URL.
std::string target(const Question& question);

struct MxRecord {
  std::uint16_t preference = 0;
  std::string exchange;  // empty for the root, ".": null MX (RFC 7505)
  auto operator<=>(const MxRecord&) const = default;
};

struct SrvRecord {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  std::string target;  // empty for the root, ".": decidedly not offered (RFC 2782)
  auto operator<=>(const SrvRecord&) const = default;
};

// A definite answer of the DNS. No records and exists: NODATA; not exists: NXDOMAIN.
struct DnsAnswer {
  bool exists = true;
  bool authentic = false;  // AD bit (RFC 6840 §5.8)
  std::vector<std::string> addresses;
  std::vector<MxRecord> mx;    // as received
  std::vector<SrvRecord> srv;  // as received
  std::vector<std::string> txt;
  std::vector<std::string> ns = {};       // hosts
  std::vector<std::string> aliases = {};  // of the name itself: where its CNAME leads; for that question alone
  std::vector<std::string> tlsa = {};     // as in a zone file, hexadecimal digits in lower case

  bool operator==(const DnsAnswer&) const = default;
};

struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string location;     // as received
  std::string retry_after;  // as received
  std::string body;
  std::string body_sha256 = {};      // base64 with padding; of a success, by those who have a cryptographic library
  std::optional<TlsFacts> tls = {};  // of an https URL

  bool operator==(const HttpAnswer&) const = default;
};

enum class ProbeVerdict {
  speaks,               // greeting and capabilities of the protocol, over the asked-for TLS
  other_protocol,       // something else answers
  turned_away,          // BYE, 421, 554, -ERR: it speaks the protocol and does not want us now
  preauthenticated,     // IMAP PREAUTH: in clear TLS cannot be started, to be treated as an attack
  starttls_missing,     // not offered
  starttls_refused,     // offered, then refused
  plaintext_injection,  // octets in clear behind the reply to STARTTLS (CVE-2011-0411)
};

struct ProbeAnswer {
  ProbeVerdict verdict = ProbeVerdict::other_protocol;
  std::string address;                    // connected to; empty when a proxy looked it up
  std::string greeting;                   // first line, control characters removed, at most 200 octets
  std::optional<TlsFacts> tls;            // the certificate may be bad: the dialogue goes on to learn the rest
  std::vector<std::string> before_tls;    // capabilities in clear
  std::vector<std::string> capabilities;  // after TLS; in clear for SocketType::plain
  std::vector<std::string> mechanisms;    // SASL names, upper case; "LOGIN", "USER" and "APOP" for the commands; those
                                          // of `capabilities`, or of `before_tls` when STARTTLS is missing

  bool operator==(const ProbeAnswer&) const = default;
};

// How far a login has got, once TLS was established with a valid certificate.
struct LoginAnswer {
  LoginOutcome outcome = LoginOutcome::not_tried;
  std::string mechanism;
  std::string reason;

  bool operator==(const LoginAnswer&) const = default;
};

enum class FailureKind {
  no_such_name,        // NXDOMAIN or no address records for the host: nothing to connect to
  dns_failure,         // SERVFAIL, REFUSED, malformed: could not be asked
  dns_timeout,         // no name server answered
  refused,             // RST: the host answers that nothing listens
  unreachable,         // no route, administratively prohibited
  timed_out,           // the deadline passed; `detail` says in which phase
  closed,              // reset or closed too early
  tls_failed,          // handshake
  certificate_bad,     // `detail` says why
  nonsense,            // not the protocol, or malformed
  too_large,           // over a limit
  address_not_public,  // the name leads to a private or loopback address
  redirect_refused,    // to http, in a loop, too often, or to where the settings may not come from
  offline,             // no network interface or no name server configured
  proxy_failed,        // the proxy cannot be reached, or makes no connection: says nothing about the host
  not_asked,           // it would have gone past the proxy, or others must be asked first: says nothing about the host
};

struct Failure {
  FailureKind kind = FailureKind::timed_out;
  std::string detail;                // one clause for people, without names of people
  std::optional<TlsFacts> tls = {};  // of a bad certificate

  bool operator==(const Failure&) const = default;
};

using Answer = std::variant<DnsAnswer, HttpAnswer, ProbeAnswer, LoginAnswer, Failure>;

std::string_view to_string(FailureKind);  // "no-such-name", …

}  // namespace mailconf
