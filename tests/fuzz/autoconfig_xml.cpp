// What was read is written, and read again unchanged.
#include "formats/xml.h"
#include "mailconf/formats.h"
#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto domain = DomainName::parse("example.org").value();
  const auto document = read_autoconfig_xml(fuzz::text_of(data, size), domain);
  if (!document) {
    fuzz::require(!document.error().message.empty(), "an error has a message");
    return 0;
  }
  fuzz::require(!document->settings.incoming.empty(), "there is a server to read mail from");
  (void)lint(document->settings);
  (void)for_address(document->settings, EmailAddress::parse("a@example.org").value());
  for (const auto version : {AutoconfigVersion::v1_1, AutoconfigVersion::v1_2}) {
    const auto written = write_autoconfig_xml(document->settings, version);
    if (written.size() > xml::largest_document) continue;
    const auto again = read_autoconfig_xml(written, domain);
    fuzz::require(again && again->settings == document->settings, "what was written is read back");
  }
  return 0;
}
