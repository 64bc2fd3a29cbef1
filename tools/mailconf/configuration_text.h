// The servers of a configuration as rows of a table.
#pragma once

#include <string_view>

#include "mailconf/report.h"
#include "style.h"
#include "table.h"

namespace mailconf::cli {

// Label, protocol, host, port, encryption, proof; below it how to log in.
void add_servers(Table& table, const Configuration& configuration, const Style& style);
// `label` stands before the first of them.
void add_services(Table& table, std::string_view label, const Configuration& configuration);
// "IMAP imap.example.org:993 SSL/TLS, SMTP smtp.example.org:465 SSL/TLS".
std::string servers_in_a_line(const Configuration& configuration);

}  // namespace mailconf::cli
