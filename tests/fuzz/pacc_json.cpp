// What was read has something to offer, over TLS only, and can be written as settings.
#include "mailconf/formats.h"
#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto domain = DomainName::parse("example.org").value();
  const auto document = read_pacc_json(fuzz::text_of(data, size), domain);
  if (!document) {
    fuzz::require(!document.error().message.empty(), "an error has a message");
    return 0;
  }
  const auto& settings = document->settings;
  fuzz::require(!settings.incoming.empty() || !settings.outgoing.empty() || !settings.services.empty(),
                "there is something to use");
  for (const auto* servers : {&settings.incoming, &settings.outgoing}) {
    for (const auto& server : *servers) {
      fuzz::require(server.socket_type == SocketType::ssl, "every server speaks TLS from the first octet");
      fuzz::require(!server.authentication.empty(), "every server says how to sign in");
    }
  }
  const auto again = read_settings_json(write_settings_json(settings));
  fuzz::require(settings.incoming.empty() || (again && again->settings == settings), "what was written is read back");
  return 0;
}
