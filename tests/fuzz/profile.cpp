// A configuration profile: servers that can be connected to, or a reason.
#include "clients/profile.h"

#include "model/host.h"
#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto step = clients::read_profile_answer(HttpAnswer{200, "", "", "", std::string(fuzz::text_of(data, size))});
  if (!step.found) {
    fuzz::require(!step.verdict.reason.empty(), "a refusal has a reason");
    return 0;
  }
  for (const auto* servers : {&step.found->incoming, &step.found->outgoing}) {
    for (const auto& server : *servers)
      fuzz::require(normalise_host(server.hostname) == server.hostname && server.port != 0,
                    "a server can be connected to");
  }
  return 0;
}
