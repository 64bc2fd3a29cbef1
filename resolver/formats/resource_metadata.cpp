#include "formats/resource_metadata.h"

#include "formats/json.h"
#include "model/url.h"

namespace mailconf {

Result<ResourceMetadata> read_resource_metadata(std::string_view octets) {
  const auto document = json::parse_object(octets);
  if (!document) return tl::unexpected(document.error());
  ResourceMetadata told;
  told.resource = json::as_it_stands(*document, "resource");
  if (told.resource.empty()) return fail(ErrorCode::bad_document, "resource", "is missing");
  const auto* const member = document->if_contains("authorization_servers");
  const auto* const servers = member == nullptr ? nullptr : member->if_array();
  if (servers == nullptr) return fail(ErrorCode::bad_document, "authorization_servers", "is missing");
  for (const auto& each : *servers) {
    const auto* const text = each.if_string();
    const bool usable = text != nullptr && parse_document_url(std::string_view(*text), {"https"});
    if (usable && told.issuer.empty()) told.issuer = *text;
  }
  if (told.issuer.empty()) return fail(ErrorCode::bad_document, "authorization_servers", "names no https address");
  return told;
}

}  // namespace mailconf
