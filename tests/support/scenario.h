// A scenario file: a world, a question put to it, and what is expected of the answer.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/report.h"
#include "mailconf/resolver.h"
#include "sources/provider_data.h"
#include "support/internet.h"
#include "support/world.h"

namespace mailconf::simulated {

// Provider facts of a scenario in the form of those shipped with the library.
class ScenarioFacts {
 public:
  // Settings with the domains that they are for.
  explicit ScenarioFacts(const std::vector<Settings>& providers);
  [[nodiscard]] const ProviderData& data() const { return data_; }

 private:
  std::string domains_;
  std::string providers_;
  ProviderData data_;
};

// What a file may demand. Absent: not looked at; patterns may hold "*".
struct Expectation {
  std::optional<std::string> status;
  std::optional<std::string> trust;
  std::optional<std::string> source;                 // the best of those that say the winning settings
  std::optional<std::vector<std::string>> sources;   // all of them
  std::optional<std::vector<std::string>> incoming;  // exactly; patterns of "imap host 993 SSL auths user"
  std::optional<std::vector<std::string>> outgoing;  // exactly
  std::optional<std::vector<std::string>> services;  // exactly; patterns of "caldav https://… source"
  std::optional<std::vector<std::string>> proofs;    // exactly; "host:port outcome reason"
  std::map<std::string, std::string> outcomes;       // by source
  std::vector<std::string> rows;                     // patterns of "source target outcome reason"
  std::vector<std::string> no_rows;
  std::vector<std::string> warnings;  // codes that must be there
  std::vector<std::string> no_warnings;
  std::optional<std::vector<std::string>> hints;            // kinds, exactly
  std::optional<std::vector<std::string>> consent_domains;  // exactly
  std::optional<std::vector<std::string>> usernames;        // exactly
  std::optional<bool> needs_password;
  std::optional<std::vector<std::string>> oauth2;        // exactly
  std::optional<std::vector<std::string>> conflicts;     // fields, exactly
  std::optional<std::vector<std::string>> alternatives;  // the best source of each, exactly
  std::optional<std::string> provisional_source;
  std::vector<std::string> decisions;  // patterns that must be there
  std::vector<std::string> asked;
  std::vector<std::string> never_asked;
  std::vector<std::string> address_sent_to;  // all URLs that may and must be told the address
  std::optional<Duration> provisional_within;
  std::optional<Duration> proved_within;
  std::optional<Duration> median_proved_within;  // of many runs that lose different packets
  std::optional<Duration> worst_proved_within;
  std::optional<Duration> ends_within;
  std::optional<Duration> ends_after;
  std::optional<std::size_t> sockets_at_most;
};

struct Scenario {
  std::string file;
  std::string title;
  std::string address;  // as typed: an address or a domain
  World world;
  std::optional<std::string> recording;  // of a live run, in place of the world
  ResolverOptions options;
  std::optional<std::string> policy_file;
  std::unique_ptr<ScenarioFacts> facts;  // of the file itself
  bool shipped_facts = false;            // those compiled into the library; without either there are none
  std::optional<Duration> cancel_at;
  Expectation expect;
};

// Both throw BadScenario. Files that a scenario names are looked for beside `path`.
Scenario read_scenario(const std::string& path);
Scenario scenario_from(std::string_view toml, const std::string& path);
// The scenario files of a folder, in the order of their names.
std::vector<std::string> scenario_files(const std::string& folder);

}  // namespace mailconf::simulated
