// The tables, and how those of an older mailconfd become those of this one.
//
//   mailconf_definition  name         its first domain
//                        content      the definition in TOML, as a file of a directory store has it
//                        issuer       as issuer_place() says
//                        claims_mail  1 when it has mxDomains
//   mailconf_domain      name         an A-label in lower case
//                        definition   whose domain it is; NULL once it was removed, so that readers hear of it
//                        version      of the last change
//   mailconf_state       version      one row; one more with every change of the tables above
//   mailconf_schema      number       one row: migrations that were carried out
#pragma once

#include "mailconf/result.h"
#include "server/store/sql/session.h"

namespace mailconf::server {

// Carries out the migrations that are missing; an error when a newer mailconfd made the tables.
Result<void> update_schema(SqlSession& session, const std::string& database);

}  // namespace mailconf::server
