// The provider's own file (draft-ietf-mailmaint-autoconfig-06 §3.3, numbers 3.1 and 3.2), without the address: the MX
// records could name anybody.
#include "sources/mx_documents.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {

std::unique_ptr<Source> make_mx_autoconfig_source(const Subject& subject) {
  return make_mx_documents_source(subject, autoconfig_url, DomainCheck::lenient);
}

}  // namespace mailconf
