// A source: one published way to find settings. No network, no clock, no files, no rank and no trust: those belong to
// the engine, so that no source can forget them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/resolver.h"
#include "protocol/question.h"

namespace mailconf {

class ProviderData;

// What a resolution is about. Lives as long as the sources that are made for it.
struct Subject {
  DomainName domain;
  std::optional<EmailAddress> address;  // empty when only a domain was given
  SendAddress send_address = SendAddress::retry;
  std::optional<Url> ispdb;                 // base URL that the domain is appended to
  std::optional<std::string> policy_file;   // contents of the administrator's <domain>.xml, when there is one
  std::string policy_path;                  // where it was read from
  const ProviderData* providers = nullptr;  // built-in data; may be absent
  bool allow_plaintext = false;
  bool allow_http = false;  // questions over plain HTTP
};

// How one answer is to be understood.
struct Verdict {
  Outcome outcome = Outcome::unknown;
  std::string reason;              // one clause; empty when found without remark
  bool wants_credentials = false;  // a user who signs in would be told

  bool operator==(const Verdict&) const = default;
};

// What a source does next. A source is at its end when nothing that it asked is outstanding.
struct Step {
  std::vector<Question> ask;
  std::vector<Question> ask_beside;     // about services beside the mail: nobody waits for the answers
  std::optional<Settings> found;        // replaces what this source found before
  std::vector<Service> services;        // beside the mail, in addition to those found before
  Verdict verdict;                      // on the answer just given; for begin(): when nothing is asked
  std::vector<Diagnostic> diagnostics;  // oddities of the document, for the report's warnings
};

class Source {
 public:
  virtual ~Source() = default;
  virtual Step begin() = 0;
  virtual Step on_answer(const Question& asked, const Answer& answer) = 0;
};

// What an answer means when the source has nothing better to say: 404, NXDOMAIN and a refused connection are absences;
// a timeout, SERVFAIL, 5xx or a bad certificate is unknown.
Verdict judge(const Answer& answer);

// By content first: servers label XML as text/html, and web pages as anything.
bool is_web_page(const HttpAnswer& answer);

// An answer to a request for an autoconfig document, read and judged: what every XML source shares.
// `listed_only`: the document must name the domain or have a valid <domain> (third-party databases).
enum class DomainCheck { lenient, must_list_a_domain };
Step read_autoconfig_answer(const Answer& answer, const DomainName& domain, DomainCheck check);

}  // namespace mailconf
