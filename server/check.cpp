#include "server/check.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "server/profile_signer.h"
#include "server/publication.h"
#include "server/store/store.h"
#include "server/tls/certificate_set.h"

namespace mailconf::server {

namespace {

// What keeps challenges from being answered, or lets others answer them.
std::string fault_of_webroot(const std::filesystem::path& folder) {
  struct stat about {};
  if (::stat(folder.c_str(), &about) != 0) return "cannot be read, and no challenge is answered";
  if (!S_ISDIR(about.st_mode)) return "is no folder, and no challenge is answered";
  if (::access(folder.c_str(), R_OK | X_OK) != 0) return "cannot be read, and no challenge is answered";
  if ((about.st_mode & S_IWOTH) != 0)
    return "may be written by everybody on this machine, who could obtain certificates by it";
  return "";
}

}  // namespace

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
  if (configuration.audit) {
    if (const auto possible = check_audits(*configuration.audit); !possible)
      problems.push_back({Severity::error, "audit", 0, "", possible.error().text()});
  }
  if (const auto& webroot = configuration.acme_challenges; !webroot.empty()) {
    if (auto fault = fault_of_webroot(webroot); !fault.empty())
      problems.push_back({Severity::warning, webroot.string(), 0, "", std::move(fault)});
  }
  if (!configuration.https.empty()) CertificateSet::load(configuration.certificates, {}, problems);
  return problems;
}

Problems check_agreement(const Configuration& configuration, const Snapshot& snapshot) {
  Problems problems;
  if (configuration.serve_by_mx && !snapshot.claims_mail())
    problems.push_back({Severity::warning, "server.serve-by-mx", 0, "", "is on, but no definition has mxDomains"});
  if (configuration.audit) {
    for (const auto& domain : configuration.audit->domains) {
      if (snapshot.find(domain).outcome == Outcome::absent)
        problems.push_back({Severity::warning, "audit.domains", 0, "", domain.ascii() + " has no definition"});
    }
  }
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
