// Which ports of which hosts are worth trying, in which order: tables, and nothing that acts.
#pragma once

#include <string>
#include <vector>

#include "protocol/question.h"
#include "sources/guess_names.h"

namespace mailconf {

enum class Direction { incoming, outgoing };
// Each is tried for a direction when those before gave nothing.
enum class Stage { usual, by_certificate, last_resort };

struct GuessedPort {
  ProbeQuestion question;
  std::vector<std::string> addresses;  // of the host, sorted

  bool operator==(const GuessedPort&) const = default;
};

// In order of preference. Only hosts that exist and services that the domain does not deny.
std::vector<GuessedPort> guessed_ports(const GuessNames& names, Direction direction, Stage stage);

}  // namespace mailconf
