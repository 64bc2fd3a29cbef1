#include <benchmark/benchmark.h>

#include "documents.h"
#include "mailconf/formats.h"

namespace mailconf::bench {
namespace {

void autoconfig_read(benchmark::State& state) {
  const std::string document = write_autoconfig_xml(settings());
  const DomainName asked = domain();
  for (auto _ : state) benchmark::DoNotOptimize(read_autoconfig_xml(document, asked));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(document.size()));
}
BENCHMARK(autoconfig_read);

void autoconfig_write(benchmark::State& state) {
  const Settings written = settings();
  for (auto _ : state) benchmark::DoNotOptimize(write_autoconfig_xml(written));
}
BENCHMARK(autoconfig_write);

void autoconfig_splice_address(benchmark::State& state) {
  const DocumentTemplate document(write_autoconfig_xml(settings()), DocumentTemplate::Escaping::xml);
  const EmailAddress address = *EmailAddress::parse("alice@example.org");
  for (auto _ : state) benchmark::DoNotOptimize(document.for_address(address));
}
BENCHMARK(autoconfig_splice_address);

}  // namespace
}  // namespace mailconf::bench
