#include "clients/known_clients.h"

#include <algorithm>
#include <cassert>

#include "clients/facts_reader.h"
#include "model/embedded.h"

extern "C" {
extern const char mailconf_client_facts[];
extern const char mailconf_client_facts_end[];
}

namespace mailconf {
namespace clients {
namespace {

std::vector<Facts> read_all() {
  std::vector<Facts> all;
  for (const auto& file : facts_files()) {
    auto facts = read_facts(file.name, file.text);
    assert(facts && "the tests read every file");
    if (facts) all.push_back(std::move(*facts));
  }
  return all;
}

}  // namespace

std::vector<FactsFile> facts_files() {
  constexpr std::string_view kEnding = ".toml";
  std::vector<FactsFile> files;
  for (const EmbeddedFile& file : embedded_files(mailconf_client_facts, mailconf_client_facts_end))
    files.push_back({file.name.substr(0, file.name.size() - kEnding.size()), file.text});
  // Of files, "thunderbird-android.toml" comes first; of clients, "thunderbird".
  std::ranges::sort(files, {}, &FactsFile::name);
  return files;
}

const std::vector<Facts>& known_clients() {
  static const std::vector<Facts> all = read_all();
  return all;
}

const Facts* known_client(std::string_view name) {
  const auto& all = known_clients();
  const auto found = std::ranges::find(all, name, [](const Facts& facts) { return facts.client.name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace clients

std::vector<SimulatedClient> simulated_clients() {
  std::vector<SimulatedClient> result;
  for (const auto& facts : clients::known_clients()) result.push_back(facts.client);
  return result;
}

}  // namespace mailconf
