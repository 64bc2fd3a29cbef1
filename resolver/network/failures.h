// What the operating system reports, as failures that people and programs understand: the one table.
#pragma once

#include <string>

#include "protocol/question.h"

namespace mailconf {

// `error` is an errno; `where` says which connection: "192.0.2.1:993".
Failure socket_failure(int error, const std::string& where);

}  // namespace mailconf
