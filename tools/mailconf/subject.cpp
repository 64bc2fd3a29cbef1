#include "subject.h"

#include "display_text.h"

namespace mailconf::cli {

Result<AddressOrDomain> read_subject(const std::string& text) {
  if (text.find('@') != std::string::npos) {
    return EmailAddress::parse(text).map([](EmailAddress address) { return AddressOrDomain(std::move(address)); });
  }
  return DomainName::parse(text).map([](DomainName domain) { return AddressOrDomain(std::move(domain)); });
}

Report bad_input(const std::string& text, const Error& error) {
  Report report;
  report.address = displayable(text);
  report.status = Status::bad_input;
  report.warnings.push_back({"bad-input", error.text()});
  return report;
}

}  // namespace mailconf::cli
