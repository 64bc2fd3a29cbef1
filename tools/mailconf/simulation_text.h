// What other mail clients make of a domain, for people.
#pragma once

#include <string>
#include <vector>

#include "mailconf/simulate.h"
#include "style.h"

namespace mailconf::cli {

// One client with every request.
std::string simulation_text(const std::string& domain, const Prediction& prediction, const Style& style);
// All of them, a line each.
std::string simulation_matrix(const std::string& domain, const std::vector<Prediction>& predictions,
                              const Style& style);
// What --client can name.
std::string list_of_clients(const Style& style);

}  // namespace mailconf::cli
