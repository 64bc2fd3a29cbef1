// The question of an Autodiscover client, written and read.
#include <algorithm>

#include "formats/autodiscover_schemas.h"
#include "formats/xml.h"
#include "mailconf/formats.h"
#include "mailconf/publishing.h"
#include "model/text.h"

namespace mailconf {
namespace {

using xml::Element;

constexpr std::string_view old_outlook_response =
    "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006";

// Microsoft's own pages print the namespaces with "https://", and clients were built from them.
bool is_schema(std::string_view text, std::string_view schema) {
  const auto without_scheme = [](std::string_view uri) { return uri.substr(std::min(uri.find(':'), uri.size())); };
  return equal_ignoring_case(without_scheme(text), without_scheme(schema));
}

AutodiscoverSchema schema_of(const Element& root, const Element& request) {
  const auto wanted = request.child("AcceptableResponseSchema");
  const auto text = wanted ? wanted->text() : "";
  if (text.empty()) {
    const bool device = is_schema(root.attribute("xmlns").value_or(""), autodiscover::mobilesync_request);
    return device ? AutodiscoverSchema::mobilesync : AutodiscoverSchema::outlook;
  }
  if (is_schema(text, autodiscover::mobilesync_response)) return AutodiscoverSchema::mobilesync;
  const bool outlook = is_schema(text, autodiscover::outlook_response) || is_schema(text, old_outlook_response);
  return outlook ? AutodiscoverSchema::outlook : AutodiscoverSchema::other;
}

}  // namespace

std::string write_autodiscover_request(const EmailAddress& address) {
  xml::Builder builder("Autodiscover");
  auto root = builder.root();
  root.attribute("xmlns", autodiscover::outlook_request);
  auto request = root.child("Request");
  request.leaf("EMailAddress", address.text()).leaf("AcceptableResponseSchema", autodiscover::outlook_response);
  return builder.text();
}

Result<AutodiscoverRequest> read_autodiscover_request(std::string_view bytes) {
  const auto document = xml::Document::parse(bytes);
  if (!document) return tl::unexpected(document.error());
  const auto root = document->root();
  if (!root.is("Autodiscover")) return fail(ErrorCode::bad_document, "", "the root element is not Autodiscover");
  const auto request = root.child("Request");
  if (!request) return fail(ErrorCode::bad_document, "", "there is no Request element");
  const auto address = request->child("EMailAddress");
  return AutodiscoverRequest{address ? address->text() : "", schema_of(root, *request)};
}

}  // namespace mailconf
