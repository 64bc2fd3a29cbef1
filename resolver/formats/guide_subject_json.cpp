#include <array>

#include "formats/json.h"
#include "mailconf/formats.h"
#include "mailconf/guide.h"

namespace mailconf {
namespace {

struct OperatorText {
  std::string_view name;
  std::string Operator::*text;
};
constexpr std::array<OperatorText, 8> kOperatorTexts{{{"name", &Operator::name},
                                                      {"logo", &Operator::logo},
                                                      {"color", &Operator::color},
                                                      {"supportMail", &Operator::support_mail},
                                                      {"supportPhone", &Operator::support_phone},
                                                      {"supportPage", &Operator::support_page},
                                                      {"supportHours", &Operator::support_hours},
                                                      {"appPasswords", &Operator::app_passwords}}};

}  // namespace

std::string write_guide_subject_json(const GuideSubject& subject) {
  auto document = json::parse_object(write_settings_json(subject.settings)).value_or(json::object());
  document["domain"] = json::text(subject.domain.ascii());
  json::object run_by;
  for (const auto& [name, text] : kOperatorTexts) json::put_unless_empty(run_by, name, subject.run_by.*text);
  document["operator"] = std::move(run_by);
  return json::serialize(document, false);
}

Result<GuideSubject> read_guide_subject_json(std::string_view text) {
  const auto document = json::parse_object(text);
  if (!document) return tl::unexpected(document.error());
  auto domain = DomainName::parse(json::text_of(*document, "domain"));
  if (!domain) return tl::unexpected(domain.error());
  auto read = read_settings_json(text);
  if (!read) return tl::unexpected(read.error());
  GuideSubject subject{std::move(read->settings), *std::move(domain), {}, {}};
  if (const auto* const run_by = json::object_of(*document, "operator")) {
    for (const auto& [name, member] : kOperatorTexts) subject.run_by.*member = json::as_it_stands(*run_by, name);
  }
  return subject;
}

}  // namespace mailconf
