#include "server/endpoints/mta_sts.h"

#include "server/document_answer.h"

namespace mailconf::server {

Answer mta_sts(const Request& request, const Subject& subject) {
  const auto& document = subject.domain->mta_sts;
  if (!document) return explain(404, "This domain has no policy for the delivery of its mail.");
  return public_document(request, *document, "text/plain; charset=utf-8");
}

}  // namespace mailconf::server
