// A domain definition in TOML: see the fields in definition_toml.cpp and mailconf/settings.h.
#pragma once

#include <filesystem>
#include <optional>

#include "server/store/store.h"

namespace mailconf::server {

struct ReadDefinition {
  std::optional<Definition> definition;  // nothing when the problems hold an error
  Problems problems;
};

ReadDefinition read_definition(const std::filesystem::path& path);

}  // namespace mailconf::server
