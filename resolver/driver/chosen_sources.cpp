#include "driver/chosen_sources.h"

#include <algorithm>

namespace mailconf {
namespace {

// Guessing means trying ports: without probes there is nothing to guess from.
constexpr std::string_view guessing_source = "guess";

Result<std::vector<CatalogEntry>> chosen_catalog(const ResolverOptions& options) {
  auto catalog = standard_catalog();
  for (const auto& name : options.sources) {
    const bool known = std::any_of(catalog.begin(), catalog.end(), [&](const auto& entry) { return entry.id == name; });
    if (!known) return fail(ErrorCode::bad_option, "sources", "there is no source named \"" + name + "\"");
  }
  std::erase_if(catalog, [&](const CatalogEntry& entry) {
    const bool wanted = options.sources.empty() ||
                        std::find(options.sources.begin(), options.sources.end(), entry.id) != options.sources.end();
    const bool off = entry.id == guessing_source && !options.probe;
    return !wanted || off;
  });
  return catalog;
}

Result<std::optional<Url>> database_url(const std::string& ispdb) {
  if (ispdb == "off") return std::nullopt;
  auto url = Url::parse(ispdb);
  if (!url) return fail(ErrorCode::bad_option, "ispdb", url.error().text());
  if (!url->https) return fail(ErrorCode::bad_option, "ispdb", "must be an https address or \"off\"");
  if (url->path.back() != '/') url->path += '/';
  return *url;
}

}  // namespace

Result<ChosenSources> chosen_sources(const ResolverOptions& options) {
  auto catalog = chosen_catalog(options);
  if (!catalog) return tl::unexpected(catalog.error());
  auto ispdb = database_url(options.ispdb);
  if (!ispdb) return tl::unexpected(ispdb.error());
  return ChosenSources{*std::move(catalog), *std::move(ispdb)};
}

std::vector<SourceSummary> source_summaries() {
  std::vector<SourceSummary> summaries;
  for (const auto& entry : standard_catalog()) summaries.push_back({std::string(entry.id), std::string(entry.summary)});
  return summaries;
}

}  // namespace mailconf
