// A TXT record at the domain that says where its file is: "mailconf=https://…". No standard, but some providers publish
// it. Whether the address that it names may be believed is weighed by the engine.
#include <algorithm>

#include "model/text.h"
#include "sources/sources.h"
#include "sources/steps.h"

namespace mailconf {
namespace {

constexpr std::string_view key = "mailconf=";

// The values of all such records, in an order that does not depend on the name server's.
std::vector<std::string> addresses_in(const DnsAnswer& answer) {
  std::vector<std::string> values;
  for (const auto& text : answer.txt) {
    if (equal_ignoring_case(std::string_view(text).substr(0, key.size()), key)) {
      values.emplace_back(trim(std::string_view(text).substr(key.size())));
    }
  }
  std::sort(values.begin(), values.end());
  return values;
}

class TxtSource final : public Source {
 public:
  explicit TxtSource(const Subject& subject) : subject_(subject) {}

  Step begin() override { return ask(DnsQuestion{RecordType::txt, subject_.domain.ascii()}); }

  Step on_answer(const Question& asked, const Answer& answer) override {
    if (!std::holds_alternative<DnsQuestion>(asked)) {
      return read_autoconfig_answer(answer, subject_.domain, DomainCheck::lenient);
    }
    const auto* dns = std::get_if<DnsAnswer>(&answer);
    return dns && !dns->txt.empty() ? on_records(*dns) : ended(judge(answer));
  }

 private:
  [[nodiscard]] Step on_records(const DnsAnswer& answer) const {
    const auto addresses = addresses_in(answer);
    if (addresses.empty()) return ended(Outcome::absent, "no record begins with \"mailconf=\"");
    for (const auto& address : addresses) {
      auto url = Url::parse(address);
      if (!url || !url->https) continue;
      Step step = ask(HttpQuestion{std::move(*url)});
      step.verdict = {Outcome::found, ""};
      return step;
    }
    Step step = ended(Outcome::unknown, "the record names no https address");
    step.diagnostics.push_back({"bad-mailconf-record", target(DnsQuestion{RecordType::txt, subject_.domain.ascii()}),
                                "what it points to is no https address, so it is not followed"});
    return step;
  }

  const Subject& subject_;
};

}  // namespace

std::unique_ptr<Source> make_txt_source(const Subject& subject) { return std::make_unique<TxtSource>(subject); }

}  // namespace mailconf
