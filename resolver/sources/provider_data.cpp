#include "sources/provider_data.h"

#include <charconv>

#include "mailconf/formats.h"
#include "model/text.h"

// Laid down by provider_data.S.
#define MAILCONF_FACTS(name)                        \
  extern "C" const char mailconf_provider_##name[]; \
  extern "C" const char mailconf_provider_##name##_end[]
MAILCONF_FACTS(domains);
MAILCONF_FACTS(settings);
MAILCONF_FACTS(sign_in);
MAILCONF_FACTS(notes);
MAILCONF_FACTS(dated);
MAILCONF_FACTS(gateways);
#undef MAILCONF_FACTS

namespace mailconf {
namespace {

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

std::string_view line_at(std::string_view text, std::size_t start) {
  return text.substr(start, text.find('\n', start) - start);
}

// What follows "key TAB" in sorted lines.
std::optional<std::string_view> look_up(std::string_view lines, std::string_view key) {
  const std::string wanted = std::string(key) + '\t';
  std::size_t low = 0;
  std::size_t high = lines.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::size_t before = middle == 0 ? std::string_view::npos : lines.rfind('\n', middle - 1);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const std::string_view line = line_at(lines, start);
    if (line.starts_with(wanted)) return line.substr(wanted.size());
    if (line < wanted) {
      low = start + line.size() + 1;
    } else {
      high = start;
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> nth_line(std::string_view text, std::string_view number) {
  std::size_t remaining = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), remaining);
  if (error != std::errc{} || end != number.data() + number.size() || remaining == 0) return std::nullopt;
  std::size_t start = 0;
  while (--remaining > 0) {
    start = text.find('\n', start);
    if (start == std::string_view::npos) return std::nullopt;
    ++start;
  }
  return line_at(text, start);
}

// What stands behind the name, or behind the nearest name above it that has a line.
std::optional<std::string_view> look_up_upwards(std::string_view lines, const DomainName& host) {
  for (std::optional name = host; name; name = name->parent()) {
    if (const auto line = look_up(lines, name->ascii())) return line;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Settings> ProviderData::find(const DomainName& domain) const {
  const auto number = look_up(texts_.domains, domain.ascii());
  if (!number) return std::nullopt;
  const auto facts = nth_line(texts_.settings, *number);
  if (!facts) return std::nullopt;
  auto read = read_settings_json(*facts);
  if (!read) return std::nullopt;
  return std::move(read->settings);
}

std::optional<OAuth2> ProviderData::sign_in(const DomainName& host) const {
  const auto line = look_up_upwards(texts_.sign_in, host);
  const auto fields = split(line.value_or(""), '\t');
  if (fields.size() != 4) return std::nullopt;
  const auto text = [&](std::size_t field) { return std::string(fields[field]); };
  return OAuth2{.issuer = text(0), .auth_url = text(1), .token_url = text(2), .scope = text(3), .client_id = ""};
}

std::vector<Hint> ProviderData::notes(const DomainName& domain) const {
  const auto fields = split(look_up(texts_.notes, domain.ascii()).value_or(""), '\t');
  std::vector<Hint> hints;
  if (fields.size() != 3) return hints;
  for (const auto kind : split(fields[0], ',')) {
    hints.push_back({std::string(kind), std::string(fields[1]), std::string(fields[2])});
  }
  return hints;
}

std::optional<std::string> ProviderData::gateway(const DomainName& host) const {
  const auto name = look_up_upwards(texts_.gateways, host);
  return name ? std::optional<std::string>(*name) : std::nullopt;
}

const ProviderData& ProviderData::builtin() {
#define MAILCONF_FACTS(name) between(mailconf_provider_##name, mailconf_provider_##name##_end)
  static const ProviderData data({.domains = MAILCONF_FACTS(domains),
                                  .settings = MAILCONF_FACTS(settings),
                                  .sign_in = MAILCONF_FACTS(sign_in),
                                  .notes = MAILCONF_FACTS(notes),
                                  .dated = MAILCONF_FACTS(dated),
                                  .gateways = MAILCONF_FACTS(gateways)});
#undef MAILCONF_FACTS
  return data;
}

}  // namespace mailconf
