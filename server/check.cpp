#include "server/check.h"

#include <algorithm>
#include <iterator>

#include "server/publication.h"
#include "server/store/store.h"
#include "server/tls/certificate_set.h"

namespace mailconf::server {

Problems check(const Configuration& configuration) {
  Problems problems;
  auto store = open_store(configuration.store_url, configuration.base);
  if (store) {
    problems = Publication(*std::move(store)).reload();
  } else {
    problems.push_back({Severity::error, store.error().place, 0, "", store.error().message});
  }
  if (!configuration.https.empty()) CertificateSet::load(configuration.certificates, {}, problems);
  return problems;
}

}  // namespace mailconf::server
