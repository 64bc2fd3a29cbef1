#include <algorithm>
#include <array>

#include "formats/json.h"
#include "mailconf/formats.h"

namespace mailconf {
namespace {

// Far beyond any report: a file with a longer line is something else.
constexpr std::size_t largest_report = 8 * 1024 * 1024;

constexpr std::array statuses{
    Status::found,        Status::partial,   Status::insecure_only, Status::needs_credentials,
    Status::needs_oauth2, Status::not_found, Status::unknown,       Status::no_standard_protocol,
    Status::offline,      Status::aborted,   Status::bad_input};
constexpr std::array trusts{Trust::insecure, Trust::confirm, Trust::authenticated};

// The value that is written as `text`.
template <class Values>
const typename Values::value_type* find(const Values& values, std::string_view text) {
  const auto found = std::ranges::find_if(values, [&](auto value) { return to_string(value) == text; });
  return found == values.end() ? nullptr : &*found;
}

}  // namespace

Result<Report> report_outline(std::string address, std::string domain, std::string_view status,
                              std::string_view trust) {
  const auto* known_status = find(statuses, status);
  const auto* known_trust = find(trusts, trust);
  if (!known_status || !known_trust) return fail(ErrorCode::bad_document, "", "it is no result of a search");
  Report report;
  report.address = std::move(address);
  report.domain = std::move(domain);
  report.status = *known_status;
  report.best.trust = *known_trust;
  return report;
}

Result<Report> read_report_outline(std::string_view text) {
  if (text.size() > largest_report) return fail(ErrorCode::too_large, "", "it is larger than 8 MiB");
  boost::system::error_code error;
  const auto document = boost::json::parse(boost::json::string_view(text.data(), text.size()), error);
  if (error) return fail(ErrorCode::bad_document, "", "the JSON is not well-formed: " + error.message());
  if (!document.is_object()) return fail(ErrorCode::bad_document, "", "the JSON is no object");
  const auto& report = document.get_object();
  return report_outline(json::text_of(report, "address"), json::text_of(report, "domain"),
                        json::text_of(report, "status"), json::text_of(report, "trust"));
}

}  // namespace mailconf
