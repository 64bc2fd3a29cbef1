#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "audit/checks.h"
#include "audit/document_forms.h"
#include "model/embedded.h"
#include "model/text.h"

extern "C" {
extern const char mailconf_report_templates[];
extern const char mailconf_report_templates_end[];
}

namespace mailconf::audit {
namespace {

using kainjow::mustache::data;

// What Markdown could take for markup, on one line.
std::string in_markdown(const std::string& text) {
  std::string result;
  for (const char each : printable(text, 1000)) {
    if (std::string_view("\\`*_[]<>#|").find(each) != std::string_view::npos) result += '\\';
    result += each;
  }
  return result;
}

std::string bounded_in_html(const std::string& text) { return in_html(printable(text, 1000)); }

std::string_view template_of(std::string_view name) {
  static const auto all = embedded_files(mailconf_report_templates, mailconf_report_templates_end);
  return embedded_text(all, name, ".mustache");
}

// Sections that are left out leave their empty lines behind: one at a time is enough, and none at either end.
std::string without_gaps(std::string_view text) {
  std::string result(trim(text));
  for (auto at = result.find("\n\n\n"); at != result.npos; at = result.find("\n\n\n", at)) result.erase(at, 1);
  return result.empty() ? result : result + "\n";
}

std::string render(std::string_view name, const data& values) {
  kainjow::mustache::mustache form{std::string(template_of(name))};
  form.set_custom_escape(name.ends_with(".html") ? bounded_in_html : in_markdown);
  return without_gaps(form.render(values));
}

data finding_values(const AuditFinding& finding) {
  data values;
  values.set("code", finding.code);
  values.set("severity", std::string(to_string(finding.severity)));
  values.set("subject", finding.where());
  values.set("summary", std::string(check_of(finding.code).summary));
  values.set("message", finding.message);
  values.set("affects", fmt::format("{}", fmt::join(finding.affects, ", ")));
  values.set("repair", finding.repair);
  data evidence{data::type::list};
  for (const auto& each : finding.evidence) {
    data row;
    row.set("asked", each.asked);
    row.set("answered", each.answered);
    evidence.push_back(row);
  }
  values.set("evidence", evidence);
  return values;
}

data domain_values(const Audit& audit) {
  data values;
  values.set("name", audit.domain);
  values.set("errors", std::to_string(audit.count(Severity::error)));
  values.set("warnings", std::to_string(audit.count(Severity::warning)));
  values.set("notes", std::to_string(audit.count(Severity::note)));
  if (!audit.complete) values.set("incomplete", audit.incomplete);
  data findings{data::type::list};
  for (const auto& finding : audit.findings) findings.push_back(finding_values(finding));
  values.set("findings", findings);
  values.set("clean", audit.complete && audit.findings.empty());
  return values;
}

}  // namespace

std::string page_head(std::string_view name) {
  data values;
  values.set("head", true);
  return render(name, values);
}

std::string page_domain(std::string_view name, const Audit& audit) {
  data values;
  values.set("domain", domain_values(audit));
  return "\n" + render(name, values);
}

std::string page_end(std::string_view name) {
  data values;
  values.set("end", true);
  return render(name, values);
}

}  // namespace mailconf::audit
