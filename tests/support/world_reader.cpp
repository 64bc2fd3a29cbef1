#include "support/world_reader.h"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>
#include <fstream>
#include <iterator>
#include <set>

#include "mailconf/formats.h"
#include "model/host.h"
#include "model/text.h"
#include "support/port_reader.h"
#include "support/settings_lines.h"

namespace mailconf::simulated {
namespace {

using std::chrono::milliseconds;

const std::set<std::uint16_t> tls_ports{443, 465, 993, 995};
const std::set<std::string, std::less<>> record_types{"A", "AAAA", "MX", "SRV", "TXT", "NS", "CNAME", "TLSA"};

// ---- zones

std::string absolute(std::string_view owner, std::string_view apex) {
  return owner == "@" ? std::string(apex) : fmt::format("{}.{}", owner, apex);
}

Zone read_zone(const toml::table& table, const std::string& apex) {
  Fields fields(table, "zone." + apex);
  Zone zone;
  zone.apex = apex;
  zone.authentic = fields.flag("authentic").value_or(false);
  zone.think = fields.milliseconds("think-ms").value_or(Duration{});
  zone.fault = fields.text("fault").value_or("");
  if (!zone.fault.empty() && !is_name_fault(zone.fault)) fields.refuse("fault", "unknown fault");
  for (const auto& [key, value] : table) {
    const auto part = split(key.str(), ' ');
    if (part.size() != 2) continue;
    if (!record_types.contains(part[1])) fields.refuse(key.str(), "unknown record type");
    zone.names[absolute(part[0], apex)][std::string(part[1])] = fields.texts(key.str());
  }
  fields.finish();
  return zone;
}

void add_address(World& world, const std::string& name, const std::string& address, const std::string& place) {
  Zone* best = nullptr;
  for (auto& zone : world.zones) {
    const bool within = name == zone.apex || name.ends_with("." + zone.apex);
    if (within && (!best || zone.apex.size() > best->apex.size())) best = &zone;
  }
  if (!best) throw BadScenario(place, fmt::format("no zone holds the name {}", name));
  best->names[name][address.find(':') == std::string::npos ? "A" : "AAAA"].push_back(address);
}

// ---- hosts

std::string file_contents(const std::string& path, const std::string& place) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw BadScenario(place, "cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class HostReader {
 public:
  HostReader(const std::string& name, const std::string& mail_domain, const std::string& directory)
      : place_("host." + name), mail_domain_(mail_domain), directory_(directory) {
    host_.name = name;
  }

  Host read(const toml::table& table, World& world) {
    Fields fields(table, place_);
    host_.addresses = fields.texts("addresses");
    host_.round_trip = fields.milliseconds("round-trip-ms").value_or(world.round_trip);
    host_.think = fields.milliseconds("think-ms").value_or(world.think);
    if (const auto others = fields.text("other-ports"))
      host_.other_ports = meaning(reach_words, *others, fields.place("other-ports"));
    if (const auto status = fields.integer("default-status")) host_.default_status = static_cast<int>(*status);
    read_names(fields, world);
    if (const auto* ports = fields.table("ports")) read_ports(*ports);
    if (const auto* resources = fields.table("resources")) read_resources(*resources);
    serve_documents();
    fields.finish();
    return host_;
  }

 private:
  void read_names(Fields& fields, World& world) {
    certificate_.names = fields.texts("names");
    for (const auto& name : certificate_.names) {
      for (const auto& address : host_.addresses) add_address(world, name, address, fields.place("names"));
    }
    if (host_.addresses.empty()) fields.refuse("addresses", "a host has addresses");
    for (const auto& address : host_.addresses) {
      if (!is_address_literal(address)) fields.refuse("addresses", address + " is no address");
    }
    if (const auto* certificate = fields.node("certificate"))
      certificate_ = read_certificate(*certificate, certificate_, fields.place("certificate"));
  }

  [[nodiscard]] Port fresh_port(std::uint16_t number) const {
    Port port;
    port.tls = tls_ports.contains(number);
    port.certificate = certificate_;
    return port;
  }

  void read_ports(const toml::table& table) {
    for (const auto& [key, value] : table) {
      const auto text = key.str();
      std::uint16_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      const auto place = fmt::format("{}.ports.{}", place_, text);
      if (error != std::errc{} || end != text.data() + text.size() || number == 0)
        throw BadScenario(place, "no port number");
      host_.ports.emplace(number, read_port(value, fresh_port(number), place));
    }
  }

  void read_resources(const toml::table& table) {
    for (const auto& [key, value] : table)
      host_.resources.emplace(key.str(), read_resource(value, fmt::format("{}.resources.{}", place_, key.str())));
  }

  // A status alone or a table.
  Resource read_resource(const toml::node& node, const std::string& place) {
    Resource resource;
    resource.answer.status = 200;
    resource.answer.content_type = "text/xml";
    if (const auto status = node.value_exact<std::int64_t>()) {
      resource.answer = {static_cast<int>(*status), "text/html", "", "", ""};
      return resource;
    }
    if (!node.is_table()) throw BadScenario(place, "a status or a table is expected");
    Fields fields(*node.as_table(), place);
    auto& answer = resource.answer;
    answer.status = static_cast<int>(fields.integer("status").value_or(fields.node("location") ? 302 : 200));
    answer.content_type = fields.text("type").value_or(answer.content_type);
    answer.location = fields.text("location").value_or("");
    answer.retry_after = fields.text("retry-after").value_or("");
    answer.body = read_body(fields);
    resource.raw = fields.text("raw").value_or("");
    resource.think = fields.milliseconds("think-ms").value_or(Duration{});
    fields.finish();
    return resource;
  }

  std::string read_body(Fields& fields) {
    if (const auto lines = fields.texts("autoconfig"); !lines.empty()) {
      auto domains = fields.texts("domains");
      if (domains.empty()) domains = {mail_domain_};
      return write_autoconfig_xml(settings_from_lines(lines, domains, fields.place("autoconfig")));
    }
    if (const auto file = fields.text("file")) return file_contents(directory_ + "/" + *file, fields.place("file"));
    if (const auto octets = fields.integer("body-octets")) return std::string(static_cast<std::size_t>(*octets), 'x');
    return fields.text("body").value_or("");
  }

  // A host with documents speaks HTTPS, unless the scenario says what its port 443 does.
  void serve_documents() {
    if ((host_.resources.empty() && !host_.default_status) || host_.ports.contains(443)) return;
    auto port = fresh_port(443);
    port.service = PortService::web;
    host_.ports.emplace(std::uint16_t{443}, std::move(port));
  }

  std::string place_;
  const std::string& mail_domain_;
  const std::string& directory_;
  Certificate certificate_;
  Host host_;
};

void read_network(const toml::table* table, World& world) {
  static const toml::table none;
  Fields fields(table ? *table : none, "network");
  world.round_trip = fields.milliseconds("round-trip-ms").value_or(milliseconds(50));
  world.think = fields.milliseconds("think-ms").value_or(milliseconds(1));
  world.name_timeout = fields.milliseconds("name-timeout-ms").value_or(milliseconds(4000));
  world.loss_percent = static_cast<int>(fields.integer("loss-percent").value_or(0));
  if (world.loss_percent < 0 || world.loss_percent > 50) fields.refuse("loss-percent", "0 to 50 is expected");
  world.offline = fields.flag("offline").value_or(false);
  if (const auto others = fields.text("other-addresses"))
    world.other_addresses = meaning(reach_words, *others, fields.place("other-addresses"));
  fields.finish();
}

}  // namespace

World read_world(Fields& scenario, const std::string& mail_domain, const std::string& directory) {
  World world;
  read_network(scenario.table("network"), world);
  if (const auto* zones = scenario.table("zone")) {
    for (const auto& [apex, zone] : *zones) {
      if (!zone.is_table()) scenario.refuse("zone", "a zone is a table");
      world.zones.push_back(read_zone(*zone.as_table(), std::string(apex.str())));
    }
  }
  if (const auto* hosts = scenario.table("host")) {
    for (const auto& [name, host] : *hosts) {
      if (!host.is_table()) scenario.refuse("host", "a host is a table");
      HostReader reader(std::string(name.str()), mail_domain, directory);
      world.hosts.push_back(reader.read(*host.as_table(), world));
    }
  }
  return world;
}

World world_from(std::string_view toml, const std::string& mail_domain) {
  const auto table = parse_toml(toml, "world");
  Fields fields(table, "");
  auto world = read_world(fields, mail_domain, ".");
  fields.finish();
  return world;
}

}  // namespace mailconf::simulated
