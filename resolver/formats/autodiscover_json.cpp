// Autodiscover in JSON ("v2"), of which there is no specification: names as Exchange Online writes them.
#include "formats/autodiscover_json.h"

#include "formats/json.h"
#include "mailconf/publishing.h"
#include "model/text.h"
#include "model/url.h"

namespace mailconf {

Result<std::string> read_autodiscover_json(std::string_view octets, std::string_view protocol) {
  const auto document = json::parse_object(octets);
  if (!document) return tl::unexpected(document.error());
  if (const auto error = json::name_of(*document, "ErrorCode"); !error.empty())
    return fail(ErrorCode::bad_document, "", "answered with error " + error);
  if (!equal_ignoring_case(json::text_of(*document, "Protocol"), protocol))
    return fail(ErrorCode::bad_document, "Protocol", "is not the one that was asked for");
  auto url = parse_document_url(json::text_of(*document, "Url"), {"https"});
  if (!url) return fail(ErrorCode::bad_document, "Url", url.error().message);
  return *std::move(url);
}

std::string write_autodiscover_json(std::string_view protocol, std::string_view url) {
  return json::serialize(json::object{{"Protocol", json::text(protocol)}, {"Url", json::text(url)}}, false);
}

std::string write_autodiscover_json_error(std::string_view code, std::string_view message) {
  return json::serialize(json::object{{"ErrorCode", json::text(code)}, {"ErrorMessage", json::text(message)}}, false);
}

}  // namespace mailconf
