// The servers and services of a domain definition.
#pragma once

#include <string_view>
#include <vector>

#include "mailconf/settings.h"
#include "server/toml_fields.h"

namespace mailconf::server {

std::vector<Server> read_servers(TomlFields& definition, std::string_view key);
std::vector<Service> read_services(TomlFields& definition, std::string_view key);

}  // namespace mailconf::server
