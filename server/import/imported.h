// What was read elsewhere, on its way into a store.
#pragma once

#include <string>
#include <vector>

#include "mailconf/settings.h"
#include "server/problem.h"

namespace mailconf::server {

struct Imported {
  std::string origin;  // the file, database or domain that it was read from
  Settings settings;
  std::string registration_url = {};  // of settings.oauth2
};

// What several sources gave: one that is bad costs no other.
struct Imports {
  std::vector<Imported> definitions;
  Problems problems;
  int status = 0;  // the highest exit status of what was lost; see domain_command.h

  // Something that a definition goes without.
  void warn(const std::string& origin, const std::string& field, const std::string& message) {
    problems.push_back({Severity::warning, origin, 0, field, message});
  }
  // A whole definition, or all of a source.
  void lose(int with_status, const std::string& origin, const std::string& message) {
    problems.push_back({Severity::error, origin, 0, "", message});
    if (with_status > status) status = with_status;
  }
};

// Leaves out what must not or cannot be published, servers and services without encryption first of all, fills in the
// user names that a definition must have, and says so. False when nothing is left to read mail at.
bool make_servable(Imported& imported, Imports& imports);

}  // namespace mailconf::server
