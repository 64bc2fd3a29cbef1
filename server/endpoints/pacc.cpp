#include "server/endpoints/pacc.h"

#include "server/document_answer.h"

namespace mailconf::server {

Answer pacc(const Request& request, const Subject& subject) {
  const auto& document = subject.domain->pacc;
  if (!document) return explain(404, "PACC cannot say how mail is read at this domain.");
  return public_document(request, *document, "application/json");
}

}  // namespace mailconf::server
