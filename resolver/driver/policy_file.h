// The administrator's own settings: <directory>/<domain>.xml, as mail programs read them from their installation
// folder.
#pragma once

#include <optional>
#include <string>

#include "mailconf/address.h"
#include "mailconf/result.h"

namespace mailconf {

struct PolicyFile {
  std::string path;
  std::string contents;
};

// Nothing when the directory is empty text or has no file for the domain. A file that is there and cannot be read, or
// is larger than any settings document, is an error: what the administrator decided must not be passed over.
Result<std::optional<PolicyFile>> read_policy_file(const std::string& directory, const DomainName& domain);

}  // namespace mailconf
