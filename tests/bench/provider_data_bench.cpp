#include <benchmark/benchmark.h>

#include "sources/provider_data.h"

namespace mailconf::bench {
namespace {

void find(benchmark::State& state, std::string_view name, bool listed) {
  const DomainName domain = *DomainName::parse(name);
  if (ProviderData::builtin().find(domain).has_value() != listed) state.SkipWithError("the data is not as expected");
  for (auto _ : state) benchmark::DoNotOptimize(ProviderData::builtin().find(domain));
}
BENCHMARK_CAPTURE(find, provider_data_of_a_listed_domain, "gmail.com", true);
BENCHMARK_CAPTURE(find, provider_data_of_an_unlisted_domain, "example.org", false);

}  // namespace
}  // namespace mailconf::bench
