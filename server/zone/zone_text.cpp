#include "server/zone/zone_text.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <fmt/core.h>
#include <set>

namespace mailconf::server {
namespace {

std::string write_bind(const DomainName& domain, const std::vector<DnsRecord>& records) {
  auto text = fmt::format("; {}\n", domain.ascii());
  for (const auto& record : records) text += zone_line(record) + "\n";
  return text;
}

// What OctoDNS and Terraform want of a record: its zone, its name in it, and of SRV records each field.
boost::json::object json_of(const DomainName& domain, const DnsRecord& record) {
  const std::string& name = record.name;
  const auto suffix = "." + domain.ascii();
  boost::json::object result{{"zone", domain.ascii()},
                             {"name", name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name},
                             {"fqdn", name + "."},
                             {"type", record.type},
                             {"ttl", usual_ttl}};
  if (record.type == "TXT") {
    result["value"] = record.data.substr(1, record.data.size() - 2);  // without the quotes of a zone file
    return result;
  }
  result["value"] = record.data;
  if (record.type != "SRV") return result;
  std::array<std::string, 4> fields;
  std::size_t start = 0;
  for (auto& field : fields) {
    const auto end = std::min(record.data.find(' ', start), record.data.size());
    field = record.data.substr(start, end - start);
    start = end + 1;
  }
  result["priority"] = std::stoi(fields[0]);
  result["weight"] = std::stoi(fields[1]);
  result["port"] = std::stoi(fields[2]);
  result["target"] = fields[3];
  return result;
}

std::string write_json(const DomainName& domain, const std::vector<DnsRecord>& records) {
  std::string text;
  for (const auto& record : records) text += boost::json::serialize(json_of(domain, record)) + "\n";
  return text;
}

// Only the types that are set are deleted first; TXT records of others at the same names are theirs to keep, but there
// is nothing else at names that begin with these labels.
std::string write_nsupdate(const DomainName& domain, const std::vector<DnsRecord>& records) {
  auto text = fmt::format("zone {}.\n", domain.ascii());
  std::set<std::string> deleted;
  for (const auto& record : records) {
    const auto set = fmt::format("{}. {}", record.name, record.type);
    if (deleted.insert(set).second) text += fmt::format("update delete {}\n", set);
  }
  for (const auto& record : records)
    text += fmt::format("update add {}. {} {} {}\n", record.name, usual_ttl, record.type, record.data);
  return text + "send\n";
}

constexpr ZoneForm forms[] = {{"bind", write_bind}, {"json", write_json}, {"nsupdate", write_nsupdate}};

}  // namespace

std::string zone_line(const DnsRecord& record) {
  return fmt::format("{}. IN {} {}", record.name, record.type, record.data);
}

const ZoneForm* zone_form(std::string_view name) {
  const auto* found = std::ranges::find(forms, name, &ZoneForm::name);
  return found == std::end(forms) ? nullptr : found;
}

}  // namespace mailconf::server
