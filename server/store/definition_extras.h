// What a domain definition says beside the settings.
#pragma once

#include <optional>
#include <vector>

#include "server/store/store.h"
#include "server/toml_fields.h"

namespace mailconf::server {

// [autodiscover]: clients are sent to another service, or on with another address.
std::optional<AutodiscoverElsewhere> read_autodiscover(TomlFields& definition, const std::vector<DomainName>& domains);

}  // namespace mailconf::server
