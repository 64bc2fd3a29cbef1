// The name server: zones, wildcards (RFC 4592), aliases, faults.
#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/core.h>

#include "model/text.h"
#include "protocol/limits.h"
#include "support/world.h"

namespace mailconf::simulated {
namespace {

bool at_or_below(std::string_view name, std::string_view apex) {
  return name == apex || (name.ends_with(apex) && name[name.size() - apex.size() - 1] == '.');
}

const Zone& zone_of(const World& world, std::string_view name) {
  const Zone* best = nullptr;
  for (const auto& zone : world.zones) {
    if (at_or_below(name, zone.apex) && (!best || zone.apex.size() > best->apex.size())) best = &zone;
  }
  if (!best) throw UnknownToTheWorld(fmt::format("the name {} is outside every zone of the scenario", name));
  return *best;
}

// Exists as an owner or as an empty non-terminal.
bool exists(const Zone& zone, std::string_view name) {
  return name == zone.apex ||
         std::ranges::any_of(zone.names, [&](const auto& entry) { return at_or_below(entry.first, name); });
}

// The records at a name or at the wildcard that stands for it; nothing for NXDOMAIN.
const Records* records_at(const Zone& zone, std::string_view name) {
  static const Records none;
  if (const auto found = zone.names.find(name); found != zone.names.end()) return &found->second;
  if (exists(zone, name)) return &none;
  auto encloser = name;
  do {
    encloser.remove_prefix(encloser.find('.') + 1);
  } while (!exists(zone, encloser));
  const auto wildcard = zone.names.find(fmt::format("*.{}", encloser));
  return wildcard == zone.names.end() ? nullptr : &wildcard->second;
}

std::uint16_t number(std::string_view text, std::string_view record) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw UnknownToTheWorld(fmt::format("the record '{}' of the scenario has no number where one belongs", record));
  return value;
}

std::string target_name(std::string_view text) {
  auto name = to_lower(text);
  if (name.ends_with('.')) name.pop_back();
  return name;
}

std::vector<std::string_view> fields(std::string_view record, std::size_t count) {
  auto result = split(record, ' ');
  if (result.size() != count)
    throw UnknownToTheWorld(fmt::format("the record '{}' of the scenario should have {} fields", record, count));
  return result;
}

void add_record(DnsAnswer& answer, RecordType type, const std::string& text) {
  if (type == RecordType::addresses) answer.addresses.push_back(text);
  if (type == RecordType::txt) answer.txt.push_back(text);
  if (type == RecordType::ns) answer.ns.push_back(target_name(text));
  if (type == RecordType::cname) answer.aliases.push_back(target_name(text));
  if (type == RecordType::tlsa) answer.tlsa.push_back(text);
  if (type == RecordType::mx) {
    const auto part = fields(text, 2);
    answer.mx.push_back({number(part[0], text), target_name(part[1])});
  }
  if (type == RecordType::srv) {
    const auto part = fields(text, 4);
    answer.srv.push_back({number(part[0], text), number(part[1], text), number(part[2], text), target_name(part[3])});
  }
}

struct Fault {
  std::string_view word;
  Failure failure;
  bool silent;
};
const Fault* fault_named(std::string_view word) {
  static const std::array<Fault, 4> faults{{
      {"servfail", {FailureKind::dns_failure, "the name server answered SERVFAIL"}, false},
      {"refused", {FailureKind::dns_failure, "the name server answered REFUSED"}, false},
      {"malformed", {FailureKind::dns_failure, "the name server's answer is malformed"}, false},
      {"timeout", {FailureKind::dns_timeout, "no name server answered"}, true},
  }};
  const auto found = std::ranges::find(faults, word, &Fault::word);
  return found == faults.end() ? nullptr : &*found;
}

std::vector<std::string_view> type_names(RecordType type) {
  switch (type) {
    case RecordType::addresses:
      return {"AAAA", "A"};
    case RecordType::mx:
      return {"MX"};
    case RecordType::srv:
      return {"SRV"};
    case RecordType::txt:
      return {"TXT"};
    case RecordType::ns:
      return {"NS"};
    case RecordType::cname:
      return {"CNAME"};
    case RecordType::tlsa:
      return {"TLSA"};
  }
  return {};
}

NameReply reply_with(const Fault& fault, Duration think) { return {fault.failure, think, fault.silent}; }

// The records of the question's types. Where one address family fails and the other has records, these are the answer.
NameReply read_records(const Records& records, RecordType type, bool authentic, Duration think) {
  DnsAnswer answer;
  answer.authentic = authentic;
  const Fault* fault = nullptr;
  for (const auto name : type_names(type)) {
    const auto found = records.find(name);
    if (found == records.end()) continue;
    for (const auto& text : found->second) {
      if (const auto* named = fault_named(text))
        fault = named;
      else
        add_record(answer, type, text);
    }
  }
  if (fault && answer.addresses.empty()) return reply_with(*fault, think);
  return {answer, think, false};
}

}  // namespace

bool is_name_fault(std::string_view word) { return fault_named(word) != nullptr; }

NameReply look_up(const World& world, const DnsQuestion& question) {
  bool authentic = true;
  auto name = question.name;
  for (int hops = 0; hops <= limits::cname_chain; ++hops) {
    const auto& zone = zone_of(world, name);
    authentic = authentic && zone.authentic;
    if (!zone.fault.empty()) return reply_with(*fault_named(zone.fault), zone.think);
    const auto* records = records_at(zone, name);
    if (!records) {
      DnsAnswer absent;
      absent.exists = false;
      absent.authentic = authentic;
      return {absent, zone.think, false};
    }
    const auto alias = records->find("CNAME");
    if (alias == records->end() || question.type == RecordType::cname)
      return read_records(*records, question.type, authentic, zone.think);
    if (const auto* fault = fault_named(alias->second.front())) return reply_with(*fault, zone.think);
    name = target_name(alias->second.front());
  }
  return {Failure{FailureKind::dns_failure, "the chain of aliases does not end"}, {}, false};
}

}  // namespace mailconf::simulated
