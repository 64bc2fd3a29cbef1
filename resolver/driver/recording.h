// What one resolution, and the logins after it, one look at ports, one audit or one run of simulated clients asked and
// was answered, and when: enough to run it again without a network. As text, a line of JSON each: first what it was
// about and with which options, then the questions in the order of asking.
//
// A scenario describes machines and packets; of those a run sees only the answers. So a recording holds answers.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "driver/policy_file.h"
#include "mailconf/resolver.h"
#include "protocol/question.h"

namespace mailconf {

struct Recording {
  struct Entry {
    Duration asked{};  // since the beginning
    Question question;
    Duration answered{};
    std::optional<Answer> answer;  // nothing when it was not waited for
    std::uint32_t asker = 0;       // 0: who asked first, and so on: simulated clients are many
    std::uint32_t batch = 0;       // answers of one came together, and before those of the next
    std::uint32_t order = 0;       // of all answers
  };

  std::string domain;                               // empty for a look at ports
  std::vector<Server> ports;                        // that were looked at
  bool has_address = false;                         // never which: the local part is hidden in all that follows
  bool typed_username = false;                      // logins began with a name that the user typed; never which
  std::optional<std::chrono::sys_days> audited_on;  // by which certificates were judged; nothing but for an audit
  std::vector<std::string> clients;                 // that were simulated
  ResolverOptions options;                          // those that decide what is asked and what is made of it
  std::optional<PolicyFile> policy;
  std::vector<Entry> entries;

  [[nodiscard]] RecordedRun run() const;
};

std::string write_recording(const Recording& recording);
// Errors have the line as their place.
Result<Recording> read_recording(std::string_view text);

}  // namespace mailconf
