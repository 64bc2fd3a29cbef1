// Where domain definitions come from. A store reads; what is served from its answer is decided in publication.h.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mailconf/guide.h"
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
  Operator run_by = {};
  std::string registration_url = {};  // of settings.oauth2, whose server follows draft-ietf-mailmaint-oauth-public
  std::string logins = {};            // where the configuration has users looked up; empty: nowhere
};

struct ReadDefinition {
  std::optional<Definition> definition;  // nothing when the problems hold an error
  Problems problems;
};

// What a store holds beside the definitions that it has loaded, when it is asked for domains by name.
struct Remainder {
  std::size_t domains = 0;         // of all definitions together
  std::optional<DomainName> sole;  // the first domain of the only definition
  // Domains whose settings may be others than at the last reading; nothing when that may be all.
  std::optional<std::vector<DomainName>> changed;
};

struct LoadedDefinitions {
  std::vector<Definition> definitions;  // ordered by origin
  std::vector<std::string> refused;     // origins that hold a definition which cannot be used
  Problems problems;
  std::optional<Remainder> remainder = {};  // nothing when the definitions are all there are
};

// Definitions by the names of their domains.
class DefinitionsByName {
 public:
  virtual ~DefinitionsByName() = default;
  // Nothing when no definition names the domain; an error when that cannot be told. Safe from any thread.
  virtual Result<std::optional<ReadDefinition>> find(const DomainName& domain) = 0;
  // The domains that definitions name, page by page, in an order of the store's own: at most so many behind `after`, or
  // from the first one; none behind the last. Safe from any thread.
  virtual Result<std::vector<DomainName>> names(const std::optional<DomainName>& after, std::size_t most) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  // Everything that the store holds at this moment or, of one that is asked by name, the definitions that matter to
  // others than their own domains; an error when it cannot be read as a whole. Called from one thread at a time.
  virtual Result<LoadedDefinitions> load() = 0;
  // Null when load() tells everything. Lives as long as the store.
  virtual DefinitionsByName* by_name() { return nullptr; }
  // Whether load() would tell anything new, where that is told by asking. Called as load() is.
  virtual Result<bool> has_changed() { return false; }
  // Where a change of the definitions shows as a change of files; empty when it does not.
  [[nodiscard]] virtual std::filesystem::path folder() const { return {}; }
};

// Of a store that can be asked by name: is it to be, or are all definitions read at once?
enum class Reading { by_name, whole };

// "directory:FOLDER", "sqlite:FILE", "postgresql://…" or "mysql://…"; relative paths count from `base`. Nothing is read
// or connected to yet.
Result<std::unique_ptr<Store>> open_store(const std::string& url, const std::filesystem::path& base,
                                          Reading reading = Reading::by_name);

}  // namespace mailconf::server
