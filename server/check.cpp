#include "server/check.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "server/profile_signer.h"
#include "server/publication.h"
#include "server/store/store.h"
#include "server/tls/certificate_set.h"

namespace mailconf::server {

Problems check(const Configuration& configuration) {
  Problems problems;
  auto store = open_store(configuration.store_url, configuration.base, Reading::whole);
  if (store) {
    Publication publication(*std::move(store));
    problems = publication.reload();
    std::ranges::move(check_agreement(configuration, *publication.current()), std::back_inserter(problems));
  } else {
    problems.push_back({Severity::error, store.error().place, 0, "", store.error().message});
  }
  if (const auto signer = profile_signer(configuration))
    std::ranges::move(signer->load(), std::back_inserter(problems));
  std::ranges::move(check_logins(configuration.logins), std::back_inserter(problems));
  if (!configuration.https.empty()) CertificateSet::load(configuration.certificates, {}, problems);
  return problems;
}

Problems check_agreement(const Configuration& configuration, const Snapshot& snapshot) {
  Problems problems;
  if (configuration.serve_by_mx && !snapshot.claims_mail())
    problems.push_back({Severity::warning, "server.serve-by-mx", 0, "", "is on, but no definition has mxDomains"});
  std::set<std::string> missing;
  for (const auto& [name, domain] : snapshot.domains()) {
    if (domain.logins.empty() || configuration.logins.contains(domain.logins)) continue;
    if (missing.insert(domain.logins).second)
      problems.push_back(
          {Severity::error, "logins." + domain.logins, 0, "",
           "is not configured, and the definition of " + name.ascii() + " has its users looked up there"});
  }
  return problems;
}

}  // namespace mailconf::server
