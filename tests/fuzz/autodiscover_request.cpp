// What clients post: it is read or refused with a reason, and whatever was asked is answered in well-formed XML.
#include "mailconf/formats.h"
#include "mailconf/publishing.h"
#include "target.h"

using namespace mailconf;

namespace {

void require_well_formed(const std::string& text) {
  static const auto domain = DomainName::parse("example.org").value();
  const auto read = read_autodiscover_xml(text, domain);
  fuzz::require(read || read.error().message.find("the root element is") == 0, "an answer is well-formed");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::text_of(data, size);
  if (const auto question = read_autodiscover_request(bytes); !question)
    fuzz::require(!question.error().message.empty(), "an error has a message");
  const auto question = read_user_settings_request(bytes);
  if (!question) {
    require_well_formed(write_user_settings_refusal(question.error().message));
    return 0;
  }
  fuzz::require(question->mailboxes.size() <= 10 && question->settings.size() <= 100, "the limits hold");
  require_well_formed(write_user_settings(*question, std::vector<UserSettingsAnswer>(question->mailboxes.size())));
  return 0;
}
