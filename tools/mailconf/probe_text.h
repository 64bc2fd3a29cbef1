// What the ports of one host offer, for people.
#pragma once

#include <string>
#include <vector>

#include "mailconf/report.h"
#include "style.h"

namespace mailconf::cli {

std::string probe_text(const std::vector<ProbedPort>& ports, const Style& style);
// The certificates and capabilities in full (--trace).
std::string probe_explanation(const std::vector<ProbedPort>& ports, const Style& style);

}  // namespace mailconf::cli
