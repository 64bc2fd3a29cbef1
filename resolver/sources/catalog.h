// The one visible list of sources, in order of preference.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "sources/source.h"

namespace mailconf {

struct CatalogEntry {
  std::string_view id;
  std::string_view summary;
  std::function<std::unique_ptr<Source>(const Subject&)> make;
};

// A source's place in the list is its rank.
std::vector<CatalogEntry> standard_catalog();

}  // namespace mailconf
