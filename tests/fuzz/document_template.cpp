// Splicing adds no markup: the first line is the address, the rest the document.
#include <algorithm>

#include "mailconf/formats.h"
#include "target.h"

using namespace mailconf;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto first_line = text.substr(0, text.find('\n'));
  const auto parsed = EmailAddress::parse(first_line);
  const auto address = parsed ? *parsed : EmailAddress::parse("\"<o'h&a\\\\>\"@example.org").value();
  const std::string document(text.substr(std::min(first_line.size() + 1, size)));
  const auto count = [](const std::string& in, char c) { return std::ranges::count(in, c); };
  const auto xml = DocumentTemplate(document, DocumentTemplate::Escaping::xml).for_address(address);
  for (const char c : {'<', '>', '"'})
    fuzz::require(count(xml, c) == count(document, c), "a value brings no markup into XML");
  const auto json = DocumentTemplate(document, DocumentTemplate::Escaping::json).for_address(address);
  fuzz::require(count(json, '\n') == count(document, '\n'), "a value brings no line end into JSON");
  return 0;
}
