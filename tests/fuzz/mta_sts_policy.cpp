// A policy that was read names hosts where it has to, and only whole names.
#include "formats/mta_sts.h"
#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  announces_mta_sts({std::string(text)});
  const auto policy = read_mta_sts_policy(text);
  if (!policy) {
    fuzz::require(!policy.error().message.empty(), "an error has a message");
    return 0;
  }
  fuzz::require(policy->mode == MtaStsPolicy::Mode::none || !policy->mx.empty(), "a policy for somebody names hosts");
  for (const auto& pattern : policy->mx) {
    const auto name = pattern.starts_with("*.") ? "any" + pattern.substr(1) : pattern;
    const auto host = DomainName::parse(name);
    fuzz::require(host && names_host(*policy, *host), "a pattern names its hosts");
  }
  return 0;
}
