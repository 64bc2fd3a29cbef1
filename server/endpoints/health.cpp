#include "server/endpoints/health.h"

namespace mailconf::server {

Answer health(const Request&, const Subject&) { return explain(200, "ok"); }

}  // namespace mailconf::server
