// A domain definition in TOML: see the fields in definition_toml.cpp and mailconf/settings.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "server/store/store.h"

namespace mailconf::server {

ReadDefinition read_definition(const std::filesystem::path& path);
ReadDefinition read_definition(const std::string& origin, std::string_view text);

}  // namespace mailconf::server
