// Names, addresses and URLs: what was parsed is parsed again unchanged.
#include "mailconf/address.h"
#include "model/host.h"
#include "model/placeholders.h"
#include "model/text.h"
#include "model/url.h"
#include "target.h"

using namespace mailconf;

namespace {

void check_host(std::string_view text) {
  const auto host = normalise_host(text);
  if (!host) return;
  fuzz::require(normalise_host(*host) == host, "a normalised host is normal");
  (void)is_public_address(*host);
}

void check_address(std::string_view text) {
  const auto address = EmailAddress::parse(text);
  if (!address) return;
  const auto again = EmailAddress::parse(address->text());
  fuzz::require(again && *again == *address, "an address is read back from its text");
  fuzz::require(valid_utf8(address->domain().unicode()) == address->domain().unicode(), "a domain is shown in UTF-8");
  (void)registrable_domain(address->domain());
}

void check_url(std::string_view text) {
  if (const auto page = parse_document_url(text, {"https", "wss"})) {
    const auto again = parse_document_url(*page, {"https", "wss"});
    fuzz::require(again && *again == *page, "a normalised document URL is normal");
  }
  const auto base = Url::parse("https://example.org/a/b?c").value();
  (void)base.resolve(text);
  const auto url = Url::parse(text);
  if (!url) return;
  const auto again = Url::parse(url->text());
  fuzz::require(again && *again == *url, "a URL is read back from its text");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  check_host(text);
  check_address(text);
  check_url(text);
  const auto shown = printable(text);
  fuzz::require(shown.size() <= 200 && printable(shown) == shown, "what is printable stays so");
  (void)replace_placeholders(text, {.local_part = "a", .domain = "example.org"});
  return 0;
}
