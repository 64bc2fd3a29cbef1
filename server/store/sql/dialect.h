// What differs between the databases, in one table.
#pragma once

#include <string_view>
#include <vector>

namespace mailconf::server {

struct Dialect {
  std::string_view connector;              // its name in Poco
  bool numbered;                           // values are "$1", "$2" instead of "?"
  std::string_view name_type;              // of domain names and issuers: compared octet by octet
  std::string_view text_type;              // of a definition: UTF-8, 1 MiB and more
  std::string_view table_end;              // of CREATE TABLE
  std::string_view has_schema;             // asks for the number of tables that are called mailconf_schema
  std::vector<std::string_view> at_start;  // of a session
  // Of one whose statements the operator wrote: nothing is changed, and no statement runs for longer than two seconds.
  std::vector<std::string_view> for_look_ups;
};

extern const Dialect sqlite;
extern const Dialect postgresql;
extern const Dialect mysql;

}  // namespace mailconf::server
