#include "server/endpoints/oauth_metadata.h"

#include "server/document_answer.h"

namespace mailconf::server {

Answer oauth_metadata(const Request& request, const Domains& domains) {
  constexpr std::string_view well_known = "/.well-known/oauth-authorization-server";
  const bool has_path = request.target.path.size() > well_known.size();
  const auto issuer = request.host.text + (has_path ? "/" + request.target.last_segment : "");
  const auto* document = domains.issuer(issuer);
  if (document == nullptr) return explain(404, "No authorization server is described here.");
  return public_document(request, *document, "application/json");
}

}  // namespace mailconf::server
