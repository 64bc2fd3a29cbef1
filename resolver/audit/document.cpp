#include "audit/document_forms.h"

namespace mailconf {
namespace {

constexpr std::string_view page_of(AuditFormat format) {
  return format == AuditFormat::html ? "check.html" : "check.md";
}

}  // namespace

std::string AuditDocument::begin() const {
  return format_ == AuditFormat::sarif ? audit::sarif_head() : audit::page_head(page_of(format_));
}

std::string AuditDocument::add(const Audit& audit) {
  if (format_ != AuditFormat::sarif) return audit::page_domain(page_of(format_), audit);
  auto text = audit::sarif_domain(audit, first_);
  first_ = first_ && text.empty();
  return text;
}

std::string AuditDocument::end() const {
  return format_ == AuditFormat::sarif ? audit::sarif_end() : audit::page_end(page_of(format_));
}

}  // namespace mailconf
