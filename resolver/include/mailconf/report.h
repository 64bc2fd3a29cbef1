// What came of a resolution, and why.
//
// A Report is complete however the resolution ended: every source has a row that says what was asked, what came
// back and how long it took. Nothing in a report is a secret except the address itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/settings.h"

namespace mailconf {

using Duration = std::chrono::microseconds;

enum class Status {
  found,                 // usable settings for reading and for sending mail
  partial,               // one of the two
  insecure_only,         // nothing but unencrypted servers
  needs_credentials,     // the provider tells its settings only to a user who signs in
  needs_oauth2,          // encrypted servers take OAuth2 alone, and where to sign in is not known
  no_standard_protocol,  // the provider offers no IMAP, POP3 or SMTP
  not_found,             // every source was asked; nothing is published and nothing answers
  unknown,               // nothing found, and some sources could not be asked
  offline,               // nothing could be asked at all
  aborted,
  bad_input,
};

// May the settings be used without asking the user? The weakest link of the evidence.
enum class Trust {
  insecure,       // an unencrypted hop, or an unencrypted server
  confirm,        // a hop that another party could have chosen: show it to the user first
  authenticated,  // HTTPS at the domain's own name, DNSSEC, or knowledge shipped with the program
};

// Three outcomes, never two: what could not be asked is not absent.
enum class Outcome { found, absent, unknown, skipped };

enum class ProofOutcome {
  proven,       // TLS, certificate, greeting and capabilities are as published
  refused,      // it answers, but not as published: the reason says what differs
  unreachable,  // no answer
  not_tried,
};

enum class CertificateVerdict {
  valid,
  expired,
  not_yet_valid,
  self_signed,
  unknown_issuer,
  wrong_name,
  invalid,  // any other failure of the chain
};

std::string_view to_string(Status);  // "insecure-only", …
std::string_view to_string(Trust);
std::string_view to_string(Outcome);
std::string_view to_string(ProofOutcome);        // "not-tried", …
std::string_view to_string(CertificateVerdict);  // "wrong-name", …

struct TlsFacts {
  std::string version;  // "TLSv1.3"
  std::string cipher;
  CertificateVerdict certificate = CertificateVerdict::invalid;
  std::vector<std::string> names;  // DNS names and addresses of the certificate
  std::string issuer;              // organisation or common name
  std::string not_after;           // ISO 8601, UTC

  bool operator==(const TlsFacts&) const = default;
};

// What a live handshake showed about one server.
struct Proof {
  ProofOutcome outcome = ProofOutcome::not_tried;
  std::string reason;  // empty when proven
  std::optional<TlsFacts> tls;
  std::vector<std::string> mechanisms;  // SASL names after TLS; "LOGIN" and "USER" commands too
  Duration elapsed{};

  bool operator==(const Proof&) const = default;
};

// A server with its placeholders replaced (`server.username` is the login name, or empty when it must be asked for).
struct FoundServer {
  Server server;
  std::string username_template;
  std::string source;
  Proof proof;

  bool operator==(const FoundServer&) const = default;
};

struct FoundService {
  Service service;
  std::string username_template;
  std::string source;

  bool operator==(const FoundService&) const = default;
};

// One whole configuration: the best one, or an alternative of lower rank.
struct Configuration {
  Provider provider;
  std::vector<FoundServer> incoming;  // in order of preference
  std::vector<FoundServer> outgoing;
  std::vector<FoundService> services;
  std::optional<OAuth2> oauth2;
  std::vector<Documentation> documentation;
  std::vector<Enable> enable;
  std::vector<std::string> sources;  // all that say the same, best rank first
  Trust trust = Trust::confirm;

  bool operator==(const Configuration&) const = default;
};

// What was asked, of whom, because of what, what came back, and how long it took.
struct SourceRow {
  std::string source;   // "autoconfig", "srv", …
  std::string target;   // a URL, a DNS name with type, or host:port; never with a local part
  std::string because;  // the target that led here; empty for a first question
  Outcome outcome = Outcome::unknown;
  std::string reason;  // empty when found without remark
  Duration started{};  // since the resolution began
  Duration elapsed{};
  std::vector<std::string> redirects;  // URLs gone through, in order

  bool operator==(const SourceRow&) const = default;
};

struct Conflict {
  std::vector<std::string> between;  // two sources
  std::string field;                 // "incoming.hostname"
  std::vector<std::string> values;   // one for each source

  bool operator==(const Conflict&) const = default;
};

struct Warning {
  std::string code;  // stable, kebab-case
  std::string message;

  bool operator==(const Warning&) const = default;
};

// What the user has to do or to know first: {"enable-imap", "https://…", "2024-11"}. Kinds: "enable" (a page to visit),
// "enable-imap", "app-password", "oauth2" (passwords are not taken any more), "paid-plan", "bridge" (a program of the
// provider stands between), "no-standard-protocol".
struct Hint {
  std::string kind;
  std::string url;
  std::string checked = {};  // when somebody last looked, "2024-11"; empty when the provider itself says so

  bool operator==(const Hint&) const = default;
};

// What a user who is asked for consent must see in full before the settings are used.
struct Consent {
  std::vector<std::string> domains;  // registrable domains of the servers, as A-labels, but for the mail domain's own
  std::vector<std::string> reasons;  // why the trust is not `authenticated`; a clause each

  bool operator==(const Consent&) const = default;
};

// How signing in will go.
struct LoginForms {
  std::vector<std::string> usernames;  // in the order to try them; more than one where nobody says which it is
  bool needs_password = false;         // false: tokens, tickets, certificates, or no login at all

  bool operator==(const LoginForms&) const = default;
};

struct Report {
  std::string address;  // empty when only a domain was given
  std::string domain;
  Status status = Status::unknown;
  Configuration best;  // without servers when none can be recommended, and without sources when nothing names any
  std::vector<Configuration> alternatives;
  Consent consent;  // of `best`
  LoginForms login;
  std::vector<Hint> hints;
  std::vector<SourceRow> sources;      // in order of rank, then of asking
  std::vector<std::string> decisions;  // why one finding beat another, in the order decided
  std::vector<Conflict> conflicts;
  std::vector<Warning> warnings;
  Duration elapsed{};
  std::optional<Duration> provisional;  // when settings were first available
  std::optional<Duration> proved;       // when a server for reading and one for sending were proven

  bool operator==(const Report&) const = default;
};

// What one port of a host offers (mailconf probe).
struct ProbedPort {
  Server server;        // type, hostname, port and socket type that were tried
  std::string address;  // of the host; empty when no connection was made, or a proxy looked it up
  Proof proof;
  std::string greeting;                        // control characters removed
  std::vector<std::string> before_tls;         // capabilities in clear; empty for implicit TLS
  std::vector<std::string> capabilities;       // after TLS
  std::vector<Authentication> authentication;  // what the mechanisms mean for a client

  bool operator==(const ProbedPort&) const = default;
};

}  // namespace mailconf
