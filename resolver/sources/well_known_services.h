// Services beside the mail at the well-known places of the domain's web site (RFC 6764 §5, RFC 8620 §2.2), where the
// DNS names none. One connection at a time.
#pragma once

#include <optional>
#include <vector>

#include "sources/services.h"
#include "sources/source.h"

namespace mailconf {

class WellKnownServices {
 public:
  explicit WellKnownServices(const DomainName& domain) : domain_(domain) {}

  // The service records first: those who have them mean them.
  [[nodiscard]] std::vector<Question> questions() const;
  // The web site answers, and does not ask for credentials everywhere: what may be asked of it now.
  std::vector<Question> open();
  // What follows from an answer; nothing when it is not to a question from here.
  std::optional<Step> take(const Question& asked, const Answer& answer);

 private:
  Step on_record(const ServiceKind& kind, const Answer& answer);
  Step on_place(const Answer& answer);
  [[nodiscard]] std::optional<Url> redirected_to(const HttpAnswer& answer) const;
  std::vector<Question> next();
  [[nodiscard]] Question question() const;

  DomainName domain_;
  bool open_ = false;
  std::vector<ServiceKind> waiting_;
  std::optional<ServiceKind> asked_;  // the one under way
  std::vector<Url> hops_;             // of that one
};

}  // namespace mailconf
