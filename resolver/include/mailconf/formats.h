// Text to settings and back: the documents that clients fetch and programs exchange.
//
// Pure functions, safe from any thread. Readers take hostile bytes: they refuse DOCTYPE, bound size and depth,
// and never reach out to the network. They keep what they understand: a server section they cannot use is left out
// with a diagnostic, and only a document without any usable incoming server is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/login.h"
#include "mailconf/report.h"
#include "mailconf/settings.h"

namespace mailconf {

// Settings as read from a document, placeholders kept.
struct ReadSettings {
  Settings settings;
  std::vector<Diagnostic> diagnostics;
};

// autoconfig XML, versions 1.1 and 1.2 (draft-ietf-mailmaint-autoconfig-06 §4). `bytes` may be UTF-8, UTF-16 or
// ISO-8859-1, at most 256 KiB. When the document has several emailProvider elements, the one that lists `domain` is
// read, else the first. Errors name line and element.
Result<ReadSettings> read_autoconfig_xml(std::string_view bytes, const DomainName& domain);

// Each emailProvider element by itself, in their order: one that cannot be used is an error beside the others. `domain`
// stands in for what the document leaves to the client.
Result<std::vector<Result<ReadSettings>>> read_autoconfig_providers(std::string_view bytes, const DomainName& domain);

enum class AutoconfigVersion { v1_1, v1_2 };
// UTF-8 with a declaration; every value escaped by the XML library. Version 1.1 is what all clients read.
std::string write_autoconfig_xml(const Settings& settings, AutoconfigVersion version = AutoconfigVersion::v1_1);

enum class Placeholder;

// A document whose placeholders are replaced for each request: parsed once, spliced many times.
class DocumentTemplate {
 public:
  enum class Escaping { xml, json };
  DocumentTemplate(std::string document, Escaping escaping);
  // The document with the placeholders replaced, the values escaped for the format.
  [[nodiscard]] std::string for_address(const EmailAddress& address) const;
  // The document as it was given: placeholders for the client to replace.
  [[nodiscard]] const std::string& unspliced() const { return document_; }

 private:
  struct Cut {
    std::size_t offset;
    std::size_t length;
    Placeholder placeholder;
    bool in_url;  // the local part is percent-encoded there
  };
  std::string document_;
  std::vector<Cut> cuts_;
  Escaping escaping_;
};

// Settings as JSON with the names of a domain definition (displayName, incoming[].hostname, service[].url, …); one
// line. The reader is as lenient as that for XML; places are "incoming[1].port".
std::string write_settings_json(const Settings& settings);
Result<ReadSettings> read_settings_json(std::string_view text);

// The JSON that a domain publishes by PACC (draft-ietf-mailmaint-pacc-03; "smtp" of -02 is read for "submit"), without
// its proof: that its digest is the one in the DNS is for the caller to check. One of services alone is read too.
Result<ReadSettings> read_pacc_json(std::string_view bytes, const DomainName& domain);

// What an Autodiscover service answers (MS-OXDSCLI §2.2.4): settings, or where to ask next, or an error. User names are
// those of the user that was asked about.
struct AutodiscoverAnswer {
  std::optional<ReadSettings> document;
  std::string redirect_url;
  std::string redirect_address;
  int error = 0;  // 600, 601, …
};
// IMAP, POP3, SMTP, CalDAV and CardDAV, then the addresses of Exchange; names and values in any letter case, with or
// without namespaces. A value that means nothing never makes a server unencrypted. `domain` names the provider.
Result<AutodiscoverAnswer> read_autodiscover_xml(std::string_view bytes, const DomainName& domain);
// The question, UTF-8 with a declaration, the address escaped.
std::string write_autodiscover_request(const EmailAddress& address);

// The reports as JSON, as data/schema/result.schema.json describes them. `indent` for people.
std::string write_report_json(const Report& report, bool indent);
// Address, domain, status and trust of a report that was written as JSON; nothing else is read. For carrying on where
// an earlier run has ended.
Result<Report> read_report_outline(std::string_view json);
// The same from its four texts, however they were written.
Result<Report> report_outline(std::string address, std::string domain, std::string_view status, std::string_view trust);
// What came of signing in with settings that were found, as data/schema/verify.schema.json describes it.
std::string write_login_json(const Report& report, const std::vector<LoginAttempt>& attempts, bool indent);
// The ports of one host, as data/schema/probe.schema.json describes them.
std::string write_probe_json(const std::vector<ProbedPort>& ports, bool indent);

}  // namespace mailconf
