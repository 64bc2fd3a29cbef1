// An answer is one thing: settings, a redirect or an error; and its servers can be written as settings.
#include "mailconf/formats.h"
#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto domain = DomainName::parse("example.org").value();
  const auto answer = read_autodiscover_xml(fuzz::text_of(data, size), domain);
  if (!answer) {
    fuzz::require(!answer.error().message.empty(), "an error has a message");
    return 0;
  }
  if (!answer->document) return 0;
  fuzz::require(answer->error == 0 && answer->redirect_url.empty() && answer->redirect_address.empty(),
                "settings stand alone");
  const auto& settings = answer->document->settings;
  fuzz::require(!settings.incoming.empty() || !settings.outgoing.empty() || !settings.services.empty(),
                "there is something to use");
  const auto again = read_settings_json(write_settings_json(settings));
  fuzz::require(settings.incoming.empty() || (again && again->settings == settings), "what was written is read back");
  return 0;
}
