// Finding the settings of an account: the public entry point.
//
//   auto resolver = mailconf::Resolver::create({});
//   auto address = mailconf::EmailAddress::parse("alice@example.org");
//   mailconf::Report report = resolver->resolve(*address);
//
// A Resolver owns one network (sockets, name cache, TLS context). Its calls run on the calling thread and return when
// the question is settled, cancelled or out of time; use one Resolver per thread. Cancelling by the stop token works
// from any thread and ends all work within 100 ms. Nothing is printed and no exception leaves the library other than
// std::bad_alloc.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/login.h"
#include "mailconf/recorded.h"
#include "mailconf/records.h"
#include "mailconf/report.h"
#include "mailconf/result.h"
#include "mailconf/simulate.h"

namespace mailconf {

enum class SendAddress {
  never,
  retry,  // to autoconfig.<domain> over valid TLS, after it answered 400 or 404 without
};

// Connections to host:port go to address:port instead; the name is not looked up and TLS still demands a
// certificate for `host`. For trying a server before DNS points at it.
struct ConnectTo {
  std::string host;
  std::uint16_t port = 0;
  std::string address;
  std::uint16_t to_port = 0;

  // "HOST:PORT:ADDRESS:PORT" as a person writes it, IPv6 addresses in brackets.
  static Result<ConnectTo> parse(std::string_view text);
};

struct ResolverOptions {
  std::chrono::milliseconds deadline{8000};  // for a whole resolution
  std::vector<std::string> dns;              // "address" or "address:port"; empty: the system's
  std::string ca_file;                       // PEM; empty: the system's trust store
  bool allow_plaintext = false;              // unencrypted servers may be the answer
  bool allow_http = false;                   // questions over plain HTTP; what comes of them is insecure
  bool allow_private = false;                // addresses that are not public may be contacted
  std::string isp_dir;                       // <domain>.xml files that win over every other source
  std::string ispdb = "https://autoconfig.thunderbird.net/v1.1/";  // "off": not asked
  std::vector<std::string> sources;  // names in Report spelling; empty: all. An unknown name is a bad option
  bool probe = true;                 // false: settings are not proved and nothing is guessed
  SendAddress send_address = SendAddress::retry;
  std::vector<ConnectTo> connect_to;
  // "http://[user:password@]host:port" (CONNECT) or "socks5h://…"; empty: none. All TCP connections go through it and
  // it looks up their hosts, so that where a name leads to is not checked. No environment variable is read.
  std::string proxy;
  // Hosts that are connected to without it: names with all below them, addresses, networks ("192.0.2.0/24"), each
  // perhaps with a port; "*" for all.
  std::vector<std::string> no_proxy;
  // No packet goes anywhere but to the proxy, which must be given by its address: DNS questions stay unanswered
  // (unknown, never absent) and no_proxy does not count.
  bool proxy_only = false;
};

// Called on the resolving thread, in the order of events. Any function may be empty.
struct Observer {
  std::function<void(const SourceRow&)> asked;     // a question went out
  std::function<void(const SourceRow&)> answered;  // and came back
  std::function<void(const Report&)> provisional;  // settings at once; better ones may follow
};

// The names of all sources, in order of preference, each with a line that says what it does.
struct SourceSummary {
  std::string name;
  std::string summary;
};
std::vector<SourceSummary> source_summaries();

// Where a domain's mail goes, as its MX records tell (RFC 5321 §5.1). A null MX (RFC 7505) and no MX record at all are
// absences: the domain itself is not taken for its own mail host.
struct MailHosts {
  Outcome outcome = Outcome::unknown;  // found, absent or unknown
  std::string reason;                  // empty when found
  std::vector<DomainName> hosts;       // the most preferred first, by name among equals; empty unless found

  bool operator==(const MailHosts&) const = default;
};

// See mailconf/audit.h.
struct Audit;
struct AuditBatch;
struct AuditObserver;
struct RecordedAudit;

using AddressOrDomain = std::variant<EmailAddress, DomainName>;

// The work of a search over many, handed over one by one and kept nowhere: memory does not grow with their number. Both
// functions are called on the resolving thread and must not block it: everything under way would stand still.
struct Batch {
  enum class Pause {
    not_yet,  // asked again after Resolver::wake()
    ended,
  };
  // What comes next. Called when there is room for it.
  std::function<std::variant<AddressOrDomain, Pause>()> next;
  // What came of it. In the order of completion.
  std::function<void(const AddressOrDomain&, const Report&)> done;
  std::size_t concurrency = 16;  // searches under way at once; at least 1
  // At once, and at least 1 each. Through a proxy, addresses are not known and do not count.
  std::size_t connections_per_host = 4;
  std::size_t connections_per_address = 4;
  std::size_t dns_questions = 64;
};

class Resolver {
 public:
  // Fails with bad_option or io: an unknown source, a server that is no address, a CA file that cannot be read.
  static Result<Resolver> create(ResolverOptions options);
  // A resolver that knows a recording and no network: resolve() gives the recorded answer for the recorded domain, with
  // any local part, in no time, verify() how the recorded logins ended, without a secret, probe() what the recorded
  // ports showed, simulate() what the recorded clients made of the domain, and audit() how it was judged on that day.
  // The options are the recorded ones. Fails for a text that is no recording, is damaged or not whole; the place is
  // the line.
  static Result<Resolver> replay(std::string_view recording);
  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;
  ~Resolver();

  Report resolve(const EmailAddress& address, const Observer& observer = {}, std::stop_token stop = {});
  // Without an address: user names stay templates.
  Report resolve(const DomainName& domain, const Observer& observer = {}, std::stop_token stop = {});
  // Resolves without sharing anything with other calls but the name cache, and writes it down.
  Recorded record(const AddressOrDomain& about, const Observer& observer = {}, std::stop_token stop = {});
  // What a recording is of; nothing for a resolver that has a network.
  [[nodiscard]] std::optional<RecordedRun> recorded_run() const;
  // What it is about, with "user" for the local part; nothing where ports were looked at.
  [[nodiscard]] std::optional<AddressOrDomain> recorded() const;
  [[nodiscard]] std::vector<Server> recorded_ports() const;
  // Resolves many at once, each with the deadline of the options from its own beginning. Equal questions, but for those
  // that hold an address, are asked once and their answers kept for some minutes; proofs too. No more than the batch
  // says is asked of a host, an address or the name server at a time; waiting is counted neither against them nor
  // against the deadline. After a stop request, what was under way has no report. Ends when `next` has ended and all is
  // done.
  void resolve_many(const Batch& batch, std::stop_token stop = {});
  // From any thread: Batch::next has something again.
  void wake();
  // Looks at servers without logging in. One entry each, in the order given. Ends by itself: each port has 4 s,
  // or the deadline of the options where that is shorter.
  std::vector<ProbedPort> probe(const std::vector<Server>& servers, std::stop_token stop = {});
  RecordedPorts record_probe(const std::vector<Server>& servers, std::stop_token stop = {});
  // Signs in at the proven servers of a configuration that the caller has shown to the user, and signs out again. At
  // most two attempts a server and three in all, each with the deadline of the options; a refused password ends it.
  // Servers that are not proven, or not encrypted, are named and not tried.
  std::vector<LoginAttempt> verify(const Configuration& shown, const EmailAddress& address, Credentials credentials,
                                   std::stop_token stop = {});
  // The same, written down behind `recording`, which record() gave: which server was tried and how it ended, without
  // names, secrets and the words of the servers. Fails for a text that is no recording.
  Result<RecordedLogins> record_verify(std::string_view recording, const Configuration& shown,
                                       const EmailAddress& address, Credentials credentials, std::stop_token stop = {});
  // Asks the DNS for the MX records alone, for 4 s, or the deadline of the options where that is shorter. What cannot
  // be asked, takes longer or is cut off by the stop token is unknown.
  MailHosts mail_hosts(const DomainName& domain, std::stop_token stop = {});
  // What the chosen mail clients would do, each in its own time; equal questions of several are asked once. Takes as
  // long as the slowest of them, or the deadline of the options. Of the address, only `options` says who learns it.
  // Fails with bad_option for a client that is not known, or not in the recording.
  Result<std::vector<Prediction>> simulate(const AddressOrDomain& about, const SimulationOptions& options = {},
                                           std::stop_token stop = {});
  Result<RecordedPredictions> record_simulation(const AddressOrDomain& about, const SimulationOptions& options = {},
                                                std::stop_token stop = {});
  // The same for any records: an answer for each question, in their order.
  std::vector<RecordAnswer> look_up(const std::vector<RecordQuestion>& questions, std::stop_token stop = {});
  // Asks for everything that a domain publishes and judges it, each within the deadline of the options, as politely as
  // resolve_many() asks. wake() asks for the next one again.
  void audit_many(const AuditBatch& batch, const AuditObserver& observer, std::stop_token stop = {});
  Audit audit(const DomainName& domain, std::stop_token stop = {});
  RecordedAudit record_audit(const DomainName& domain, const AuditObserver& observer, std::stop_token stop = {});

 private:
  class Implementation;
  explicit Resolver(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

// The ports to look at for "host" or "host:port" as a person writes it: the standard ports of the protocol that
// the first label names (imap., pop., pop3., smtp.), or of all three; for a port that is not standard every protocol
// and both ways of TLS.
Result<std::vector<Server>> servers_to_probe(std::string_view host_and_port);

}  // namespace mailconf
