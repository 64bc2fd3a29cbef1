// A proof as JSON: part of both reports.
#pragma once

#include "formats/json.h"

namespace mailconf::json {

object proof_members(const Proof& proof);

}  // namespace mailconf::json
