// Exchange's web services and ActiveSync by the second version of Autodiscover, beside the mail: asked at the domain's
// own autodiscover host, once that has answered as such a service. The address is in the URL there, so postmaster
// stands in for the user as in the first version.
#pragma once

#include <optional>
#include <vector>

#include "sources/source.h"

namespace mailconf {

class AutodiscoverServices {
 public:
  explicit AutodiscoverServices(const DomainName& domain) : domain_(domain) {}

  // What may be asked because of an answer to the first version; once.
  std::vector<Question> open(const Question& asked, const Answer& answer);
  // What follows from an answer; nothing when it is not to a question from here.
  [[nodiscard]] std::optional<Step> take(const Question& asked, const Answer& answer) const;

 private:
  DomainName domain_;
  bool open_ = false;
};

}  // namespace mailconf
