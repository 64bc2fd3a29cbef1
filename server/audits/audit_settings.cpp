#include "server/audits/audit_settings.h"

#include <charconv>

namespace mailconf::server {
namespace {

// A network for each audit: what it shows must be what is there now.
Result<Resolver> auditing_resolver(const AuditSettings& settings) {
  ResolverOptions options;
  options.dns = settings.dns;
  options.ca_file = settings.ca_file.string();
  options.allow_private = settings.allow_private;
  return Resolver::create(options);
}

std::optional<std::chrono::seconds> unit_of(char letter) {
  switch (letter) {
    case 's':
      return std::chrono::seconds(1);
    case 'm':
      return std::chrono::minutes(1);
    case 'h':
      return std::chrono::hours(1);
    case 'd':
      return std::chrono::days(1);
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<Audit> audit_by_library(const AuditSettings& settings, const DomainName& domain, const std::stop_token& stop) {
  return auditing_resolver(settings).map([&](Resolver resolver) { return resolver.audit(domain, stop); });
}

Result<void> check_audits(const AuditSettings& settings) {
  const auto resolver = auditing_resolver(settings);
  if (!resolver) return tl::unexpected(resolver.error());
  return {};
}

std::optional<std::chrono::seconds> parse_period(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto unit = unit_of(text.back());
  text.remove_suffix(1);
  std::uint32_t count = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (!unit || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return *unit * count;
}

}  // namespace mailconf::server
