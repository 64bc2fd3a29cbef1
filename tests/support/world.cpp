#include "support/world.h"

#include <algorithm>
#include <fmt/core.h>

namespace mailconf::simulated {
namespace {

// A wildcard is the whole left-most label and covers one label (RFC 9525 §6.3).
bool covers(std::string_view name, std::string_view host) {
  if (name == host) return true;
  if (!name.starts_with("*.")) return false;
  const auto dot = host.find('.');
  return dot != std::string_view::npos && host.substr(dot + 1) == name.substr(2);
}

const Port& port_that(Reach reach) {
  static const std::map<Reach, Port> ports = [] {
    std::map<Reach, Port> result;
    for (const auto each : {Reach::refuse, Reach::drop, Reach::unreachable}) result[each].reach = each;
    return result;
  }();
  return ports.at(reach);
}

}  // namespace

CertificateVerdict verdict(const Certificate& certificate, std::string_view host) {
  if (certificate.fault != CertificateVerdict::valid) return certificate.fault;
  const bool named = std::ranges::any_of(certificate.names, [&](const auto& name) { return covers(name, host); });
  return named ? CertificateVerdict::valid : CertificateVerdict::wrong_name;
}

const Host* host_at(const World& world, std::string_view address) {
  for (const auto& host : world.hosts) {
    if (std::ranges::find(host.addresses, address) != host.addresses.end()) return &host;
  }
  return nullptr;
}

const Port& port_at(const World& world, std::string_view address, std::uint16_t number) {
  const auto* host = host_at(world, address);
  if (!host) {
    if (world.other_addresses) return port_that(*world.other_addresses);
    throw UnknownToTheWorld(fmt::format("no host of the scenario has the address {} (port {})", address, number));
  }
  const auto found = host->ports.find(number);
  return found == host->ports.end() ? port_that(host->other_ports) : found->second;
}

Resource resource_at(const Host& host, const Url& url) {
  const auto query = url.query.empty() ? std::string() : "?" + url.query;
  for (const auto& key : {url.text(), url.path + query, url.text_without_query(), url.path}) {
    const auto found = host.resources.find(key);
    if (found != host.resources.end()) return found->second;
  }
  if (host.default_status) {
    Resource resource;
    resource.answer = {*host.default_status, "text/html", "", "", "<!doctype html><title>Nothing here</title>"};
    return resource;
  }
  throw UnknownToTheWorld(
      fmt::format("host '{}' of the scenario has neither {} nor a default-status", host.name, url.text()));
}

}  // namespace mailconf::simulated
