// What was read is written, and read again unchanged.
#include "mailconf/formats.h"
#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = read_settings_json(fuzz::text_of(data, size));
  if (!document) {
    fuzz::require(!document.error().message.empty(), "an error has a message");
    return 0;
  }
  const auto written = write_settings_json(document->settings);
  const auto again = read_settings_json(written);
  fuzz::require(again && again->settings == document->settings, "what was written is read back");
  return 0;
}
