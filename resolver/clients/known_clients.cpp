#include "clients/known_clients.h"

#include <algorithm>
#include <cassert>

#include "clients/facts_reader.h"

// Laid down by known_clients.S.
extern "C" {
extern const char mailconf_client_facts[];
extern const char mailconf_client_facts_end[];
}

namespace mailconf {
namespace clients {
namespace {

std::string_view take_text(std::string_view& rest) {
  const std::string_view text = rest.substr(0, rest.find('\0'));
  rest.remove_prefix(text.size() + 1);
  return text;
}

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
  const char* const begin = mailconf_client_facts;
  std::string_view rest(begin, static_cast<std::size_t>(mailconf_client_facts_end - begin));
  std::vector<FactsFile> files;
  while (!rest.empty()) {
    const std::string_view name = take_text(rest);
    files.push_back({name, take_text(rest)});
  }
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
