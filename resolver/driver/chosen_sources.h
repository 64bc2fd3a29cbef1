// Whom a search asks, as the options say.
#pragma once

#include <optional>
#include <vector>

#include "mailconf/resolver.h"
#include "model/url.h"
#include "sources/catalog.h"

namespace mailconf {

struct ChosenSources {
  std::vector<CatalogEntry> catalog;  // in order of preference
  std::optional<Url> ispdb;           // nothing: not asked
};

// Fails with bad_option, whose place is the option.
Result<ChosenSources> chosen_sources(const ResolverOptions& options);

}  // namespace mailconf
