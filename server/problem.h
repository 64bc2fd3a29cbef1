// What is wrong with a file that the operator wrote, with its place.
#pragma once

#include <string>
#include <vector>

namespace mailconf::server {

enum class Severity {
  warning,  // served all the same
  error,    // the file, or what stands at that place, is not used
};

struct Problem {
  Severity severity = Severity::error;
  std::string file;
  int line = 0;             // 1 for the first; 0 when the file as a whole is meant
  std::string field;        // "incoming[0].port"; empty when no field is meant
  std::string message;      // one clause in lower case, without a full stop
  std::string code = {};    // of the rule of lint(); else empty
  std::string repair = {};  // one clause; perhaps empty

  // "file:line: field: message; repair (warning: code)"
  [[nodiscard]] std::string text() const;
};

using Problems = std::vector<Problem>;

bool has_errors(const Problems& problems);

}  // namespace mailconf::server
