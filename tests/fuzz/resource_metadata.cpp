// Metadata of a resource that were read name an issuer over https.
#include "formats/resource_metadata.h"

#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto told = read_resource_metadata(fuzz::text_of(data, size));
  if (!told) {
    fuzz::require(!told.error().message.empty(), "an error has a message");
    return 0;
  }
  fuzz::require(!told->resource.empty() && told->issuer.starts_with("https://"), "nothing is missing");
  return 0;
}
