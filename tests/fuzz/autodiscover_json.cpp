// What was read is an encrypted address.
#include "formats/autodiscover_json.h"

#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto url = read_autodiscover_json(fuzz::text_of(data, size), "Ews");
  fuzz::require(url ? url->starts_with("https://") : !url.error().message.empty(), "an https address or a reason");
  return 0;
}
