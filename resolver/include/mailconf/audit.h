// Auditing what a domain publishes: everything that clients ask for is asked for, and every answer is judged.
//
//   auto resolver = mailconf::Resolver::create({});
//   const mailconf::Audit audit = resolver->audit(*mailconf::DomainName::parse("example.org"));
//   for (const auto& finding : audit.findings) std::cout << finding.code << ": " << finding.message << "\n";
//
// No address of anybody is sent and no login tried: Autodiscover is asked about postmaster.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/report.h"
#include "mailconf/resolver.h"

namespace mailconf {

enum class Severity {
  error,    // some client gets no settings, wrong ones, or loses its protection
  warning,  // some client has to do without, or will soon
  note,     // could be better
};
std::string_view to_string(Severity);  // "error", …

// What was asked, and what came back.
struct Evidence {
  std::string asked;     // "SRV _imaps._tcp.example.org", "https://autoconfig.example.org/mail/config-v1.1.xml"
  std::string answered;  // "200 text/xml, 812 octets", "does not exist"

  bool operator==(const Evidence&) const = default;
};

struct AuditFinding {
  std::string code;  // stable, kebab-case; audit_checks() has them all
  Severity severity = Severity::error;
  std::string subject;  // what it is about: a name, a URL, host:port
  std::string message;  // one clause for people
  std::vector<Evidence> evidence;
  std::vector<std::string> affects;       // the clients that it hurts
  std::string repair;                     // a record, a line of a file, a command, or what to do
  std::vector<std::string> also_at = {};  // where the same certificate is, beside the subject

  // All places, separated by commas.
  [[nodiscard]] std::string where() const;
  bool operator==(const AuditFinding&) const = default;
};

struct Audit {
  std::string domain;
  std::vector<AuditFinding> findings;  // errors first, then in the order of the checks
  std::vector<Evidence> asked;         // everything, in the order of asking
  bool complete = true;    // false: interrupted, or nothing could be asked; the findings are not all there is
  std::string incomplete;  // why
  Duration elapsed{};

  [[nodiscard]] std::size_t count(Severity severity) const;
  bool operator==(const Audit&) const = default;
};

// One thing that is looked for.
struct AuditCheck {
  std::string code;
  Severity severity = Severity::error;
  std::string summary;  // what is wrong when it is found
  std::vector<std::string> affects;
};
std::vector<AuditCheck> audit_checks();

// Called on the auditing thread.
struct AuditObserver {
  std::function<void(const Evidence&)> answered;
};

// See mailconf/recorded.h. The day is in the recording: certificates do not run out while it is kept.
struct RecordedAudit {
  Audit audit;
  std::string recording;
};

// As Batch of mailconf/resolver.h, for audits: memory does not grow with their number.
struct AuditBatch {
  std::function<std::variant<DomainName, Batch::Pause>()> next;
  std::function<void(const Audit&)> done;  // in the order of completion
  std::size_t concurrency = 16;
};

// The audit as data/schema/check.schema.json describes it.
std::string write_audit_json(const Audit& audit, bool indent);

enum class AuditFormat {
  sarif,     // 2.1.0, for programs that collect findings
  markdown,  // for a ticket or a letter
  html,      // one page that needs no other file
};
// A document about any number of domains, written piece by piece: head, then each audit, then the end. Not copyable:
// what is written belongs together.
class AuditDocument {
 public:
  explicit AuditDocument(AuditFormat format) : format_(format) {}
  AuditDocument(const AuditDocument&) = delete;
  AuditDocument& operator=(const AuditDocument&) = delete;

  [[nodiscard]] std::string begin() const;
  std::string add(const Audit& audit);
  [[nodiscard]] std::string end() const;

 private:
  AuditFormat format_;
  bool first_ = true;
};

}  // namespace mailconf
