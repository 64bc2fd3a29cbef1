#include "network/dns_aliases.h"

#include <arpa/nameser.h>
#include <map>
#include <set>
#include <string>

#include "network/dns_records.h"
#include "protocol/limits.h"

namespace mailconf {
namespace {

using Aliases = std::map<std::string, std::string>;

bool comes_back(const Aliases& aliases, std::string name) {
  std::set<std::string> passed;
  for (auto alias = aliases.find(name); alias != aliases.end(); alias = aliases.find(name)) {
    if (!passed.insert(name).second || passed.size() > limits::cname_chain) return true;
    name = alias->second;
  }
  return false;
}

}  // namespace

bool aliases_go_round(std::string_view reply) {
  Aliases aliases;
  std::string asked;
  const bool readable = each_answer(reply, [&](const DnsRecordBytes& record) {
    asked = record.asked;
    if (record.type == ns_t_cname) aliases.emplace(record.owner, record.target);
    return true;
  });
  return readable && comes_back(aliases, asked);
}

}  // namespace mailconf
