// The records of a DNS reply one by one, for those that c-ares has no parser for.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace mailconf {

struct DnsRecordBytes {
  std::string asked;  // the name in question, lower case
  std::string owner;  // of this record, lower case
  unsigned type = 0;
  std::string_view data;  // within the reply
  std::string target;     // of an alias (CNAME), lower case
};

// Hands the records of the answer section to `take`, until that says false. False then, and for a reply that cannot be
// read to the end of its answers.
bool each_answer(std::string_view reply, const std::function<bool(const DnsRecordBytes&)>& take);

}  // namespace mailconf
