// What a domain definition says beside the settings.
#pragma once

#include <optional>
#include <vector>

#include "server/store/store.h"
#include "server/toml_fields.h"

namespace mailconf::server {

// [autodiscover]: clients are sent to another service, or on with another address.
std::optional<AutodiscoverElsewhere> read_autodiscover(TomlFields& definition, const std::vector<DomainName>& domains);

// [mtaSts]: the policy for those who deliver mail to the domains.
std::optional<MtaSts> read_mta_sts(TomlFields& definition);

// [operator]: who helps, and what the pages look like.
Operator read_operator(TomlFields& definition, const std::vector<DomainName>& domains);

// [oauth2]: who gives out tokens, and in the definition where clients register with him.
void read_oauth2(TomlFields& fields, Definition& definition);

}  // namespace mailconf::server
