#include "server/store/sql/dialect.h"

namespace mailconf::server {

// Without a write-ahead log, whose readers must be able to write: mailconfd need not. A change locks the file for
// milliseconds.
const Dialect sqlite{
    .connector = "SQLite",
    .numbered = false,
    .name_type = "VARCHAR(512)",
    .text_type = "TEXT",
    .table_end = "",
    .has_schema = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'mailconf_schema'",
    .at_start = {"PRAGMA busy_timeout = 2000"},
    .for_look_ups = {"PRAGMA query_only = 1"},
};

const Dialect postgresql{
    .connector = "postgresql",
    .numbered = true,
    .name_type = "VARCHAR(512) COLLATE \"C\"",
    .text_type = "TEXT",
    .table_end = "",
    .has_schema =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'mailconf_schema' AND table_schema "
        "= current_schema()",
    .at_start = {"SET client_min_messages = warning", "SET lock_timeout = 10000"},
    .for_look_ups = {"SET default_transaction_read_only = on", "SET statement_timeout = 2000"},
};

const Dialect mysql{
    .connector = "mysql",
    .numbered = false,
    .name_type = "VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin",
    .text_type = "MEDIUMTEXT CHARACTER SET utf8mb4",
    .table_end = " ENGINE = InnoDB",
    .has_schema =
        "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'mailconf_schema' AND table_schema "
        "= DATABASE()",
    .at_start = {"SET NAMES utf8mb4", "SET SESSION innodb_lock_wait_timeout = 10"},
    .for_look_ups = {"SET SESSION TRANSACTION READ ONLY", "SET SESSION max_statement_time = 2"},
};

}  // namespace mailconf::server
