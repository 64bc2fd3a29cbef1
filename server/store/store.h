// Where domain definitions come from. A store reads; what is served from its answer is decided in publication.h.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/result.h"
#include "mailconf/settings.h"
#include "server/problem.h"

namespace mailconf::server {

// Where an Autodiscover client is sent instead of being answered; one of the two is empty.
struct AutodiscoverElsewhere {
  std::string url;      // of another service, https
  std::string address;  // to begin anew with
};

// Whether other servers may deliver the mail in clear (RFC 8461 §3.2).
struct MtaSts {
  std::string mode;             // "enforce", "testing" or "none"
  std::vector<std::string> mx;  // host names, or "*." and a domain
  int max_age = 0;              // seconds
};

struct Definition {
  std::string origin;  // the file or row it stands in; definitions are compared and ordered by it
  int domains_line = 0;
  Settings settings;  // settings.provider.domains is never empty
  std::optional<AutodiscoverElsewhere> autodiscover = {};
  std::optional<MtaSts> mta_sts = {};
  std::string registration_url = {};  // of settings.oauth2, whose server follows draft-ietf-mailmaint-oauth-public
};

struct LoadedDefinitions {
  std::vector<Definition> definitions;  // ordered by origin
  std::vector<std::string> refused;     // origins that hold a definition which cannot be used
  Problems problems;
};

class Store {
 public:
  virtual ~Store() = default;
  // Everything that the store holds at this moment; an error when it cannot be read as a whole. Called from one thread
  // at a time.
  virtual Result<LoadedDefinitions> load() = 0;
  // Where a change of the definitions shows as a change of files; empty when it does not.
  [[nodiscard]] virtual std::filesystem::path folder() const { return {}; }
};

// "directory:FOLDER"; a relative folder counts from `base`.
Result<std::unique_ptr<Store>> open_store(const std::string& url, const std::filesystem::path& base);

}  // namespace mailconf::server
