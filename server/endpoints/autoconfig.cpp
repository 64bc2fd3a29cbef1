#include "server/endpoints/autoconfig.h"

#include "server/document_answer.h"
#include "server/personal.h"

namespace mailconf::server {

Answer autoconfig(const Request& request, const Subject& subject) {
  // Thunderbird reads text/xml, application/xml and text/rdf only.
  constexpr auto content_type = "text/xml; charset=utf-8";
  const auto& documents = subject.domain->autoconfig;
  if (!subject.address) return public_document(request, documents.for_anybody, content_type);
  return personal_document(request, autoconfig_for(*subject.domain, *subject.address, subject.login), content_type);
}

}  // namespace mailconf::server
