// The clients of data/clients, compiled into the library.
#pragma once

#include <string_view>
#include <vector>

#include "clients/facts.h"

namespace mailconf::clients {

// Each file is named after its client; in the order of the alphabet.
struct FactsFile {
  std::string_view name;
  std::string_view text;
};
std::vector<FactsFile> facts_files();

// All of them, read.
const std::vector<Facts>& known_clients();
// Nothing when there is none of that name.
const Facts* known_client(std::string_view name);

}  // namespace mailconf::clients
