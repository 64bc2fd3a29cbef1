// mailconfd dns, which "mailconf dns" runs: the records that the domains of a store should have, and whether they do.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "server/zone/zone_check.h"

namespace mailconf::server {

struct DnsCommand {
  bool given = false;
  std::vector<std::string> domains = {};  // empty: all
  std::string store = {};                 // the URL, relative to the working folder
  std::string configuration = {};         // the file that has it, when `store` is empty
  std::string host = {};                  // of the server
  std::vector<std::string> pins = {};     // PEM files
  bool json = false;
  bool nsupdate = false;
  bool check = false;
  std::vector<std::string> name_servers = {};  // for the check; empty: the system's
};

// Exit statuses as of the other commands of mailconf; with `check`, 1 when something is not as it should be, and 4 when
// only that could not be told.
int run(const DnsCommand& command, const RecordLookUp& look_up, std::ostream& output, std::ostream& errors);

// By the DNS; each call asks for itself.
RecordLookUp live_look_up(const std::vector<std::string>& name_servers);

}  // namespace mailconf::server
