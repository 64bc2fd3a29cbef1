// What is asked of an Autodiscover service, and what one answer means. The address is never sent: postmaster stands in
// for it, which every domain that takes mail has (RFC 5321 §4.5.1) and which is nobody's.
#pragma once

#include <optional>
#include <string>

#include "sources/source.h"

namespace mailconf {

// A POST to https://<host>/autodiscover/autodiscover.xml about `domain`.
Question autodiscover_question(const std::string& host, const DomainName& domain);
// A GET of http://autodiscover.<domain>/…, whose Location counts and nothing else.
Question autodiscover_redirect_question(const DomainName& domain);
// _autodiscover._tcp.<domain>.
Question autodiscover_record_question(const DomainName& domain);

struct AutodiscoverTurn {
  Step step;                     // without the next question
  std::optional<Question> next;  // where the answer leads, or the same in the other letter case
};
AutodiscoverTurn take_autodiscover(const Question& asked, const Answer& answer, const DomainName& domain);

}  // namespace mailconf
