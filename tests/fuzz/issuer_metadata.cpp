// Metadata that were read have both endpoints, all over https.
#include "formats/issuer_metadata.h"

#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto told = read_issuer_metadata(fuzz::text_of(data, size));
  if (!told) {
    fuzz::require(!told.error().message.empty(), "an error has a message");
    return 0;
  }
  fuzz::require(!told->issuer.empty() && !told->auth_url.empty() && !told->token_url.empty(), "nothing is missing");
  for (const auto* url : {&told->auth_url, &told->token_url, &told->registration_url, &told->device_url}) {
    fuzz::require(url->empty() || url->starts_with("https://"), "every endpoint is encrypted");
  }
  return 0;
}
