// Recordings as files: a run that can be sent in, and replayed elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "command_line.h"
#include "mailconf/resolver.h"

namespace mailconf::cli {

// A resolver that plays the file of --replay, else one that has a network; then a file of --record must not be there
// yet. Errors name the file, and the line.
Result<Resolver> make_resolver(const Options& options);
// The file of --record, new and with mode 600; without one there is nothing to do.
Result<void> write_recording_file(const Options& options, const std::string& recording);

// A run that is written down is of one operand, `noun`, and not of standard input; one that is replayed needs none.
Result<void> check_recording_operands(const CommandLine& line, std::string_view noun);

// What is searched for: `typed`, which only a recording of the same kind of run can do without. Fails for what is not
// in the recording.
Result<AddressOrDomain> searched_subject(const Resolver& resolver, const std::optional<AddressOrDomain>& typed,
                                         const Options& options, RecordedRun run = RecordedRun::resolution);

// For commands about one account: who is asked, and the address that was typed or, where none was, recorded.
struct Search {
  Resolver resolver;
  EmailAddress address;
};
Result<Search> search_of(const CommandLine& line);

}  // namespace mailconf::cli
