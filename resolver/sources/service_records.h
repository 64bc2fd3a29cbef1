// Services beside the mail by service records of the domain (RFC 6764 §6, RFC 8620 §2.2, RFC 5804 §1.8).
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "sources/services.h"
#include "sources/source.h"

namespace mailconf {

class ServiceRecords {
 public:
  explicit ServiceRecords(const DomainName& domain) : domain_(domain) {}

  [[nodiscard]] std::vector<Question> questions() const;
  // What follows from an answer; nothing when it is not to a question from here.
  std::optional<Step> take(const Question& asked, const Answer& answer);

 private:
  Step on_record(const ServiceKind& kind, const Answer& answer);
  [[nodiscard]] Step on_path(const ServiceKind& kind, const Answer& answer) const;

  DomainName domain_;
  std::map<ServiceType, SrvRecord> records_;  // the best of each
};

}  // namespace mailconf
