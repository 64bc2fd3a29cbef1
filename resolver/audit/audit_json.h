// Parts of an audit as JSON.
#pragma once

#include "formats/json.h"
#include "mailconf/audit.h"

namespace mailconf::audit {

json::object finding_json(const AuditFinding& finding);
json::object evidence_json(const Evidence& evidence);

}  // namespace mailconf::audit
