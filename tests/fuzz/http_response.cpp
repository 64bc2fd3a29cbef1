// Any octets, in one piece and one by one: the same answer, within the limits.
#include "protocol/http_exchange.h"
#include "protocol/limits.h"
#include "target.h"

namespace {

using namespace mailconf;

Answer read(std::string_view octets, std::size_t piece) {
  HttpResponseReader reader;
  while (!octets.empty()) {
    const std::string_view next = octets.substr(0, piece);
    if (const std::optional<Answer> answer = reader.feed(next)) return *answer;
    octets.remove_prefix(next.size());
  }
  return reader.close();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text_of(data, size);
  const Answer answer = read(input, input.size());
  fuzz::require(read(input, 1) == answer, "octet by octet the answer is the same");
  fuzz::require(read(input, 7) == answer, "in small pieces the answer is the same");
  if (const auto* page = std::get_if<HttpAnswer>(&answer)) {
    fuzz::require(page->body.size() <= limits::http_body, "the body is within its limit");
    fuzz::require(page->body.empty() || page->status / 100 == 2, "only a success has a body");
    fuzz::require(page->location.find_first_of("\r\n") == std::string::npos, "a header is one line");
  }
  return 0;
}
