#include "sources/provider_data.h"

#include <charconv>

#include "mailconf/formats.h"
#include "model/text.h"

// Laid down by provider_data.S.
extern "C" {
extern const char mailconf_provider_domains[];
extern const char mailconf_provider_domains_end[];
extern const char mailconf_provider_facts[];
extern const char mailconf_provider_facts_end[];
extern const char mailconf_provider_sign_in[];
extern const char mailconf_provider_sign_in_end[];
}

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

}  // namespace

ProviderData::ProviderData(std::string_view domains, std::string_view providers, std::string_view sign_in)
    : domains_(domains), providers_(providers), sign_in_(sign_in) {}

std::optional<Settings> ProviderData::find(const DomainName& domain) const {
  const auto number = look_up(domains_, domain.ascii());
  if (!number) return std::nullopt;
  const auto facts = nth_line(providers_, *number);
  if (!facts) return std::nullopt;
  auto read = read_settings_json(*facts);
  if (!read) return std::nullopt;
  return std::move(read->settings);
}

std::optional<OAuth2> ProviderData::sign_in(const DomainName& host) const {
  for (std::optional name = host; name; name = name->parent()) {
    const auto line = look_up(sign_in_, name->ascii());
    if (!line) continue;
    const auto fields = split(*line, '\t');
    if (fields.size() != 4) return std::nullopt;
    const auto text = [&](std::size_t field) { return std::string(fields[field]); };
    return OAuth2{.issuer = text(0), .auth_url = text(1), .token_url = text(2), .scope = text(3), .client_id = ""};
  }
  return std::nullopt;
}

const ProviderData& ProviderData::builtin() {
  static const ProviderData data(between(mailconf_provider_domains, mailconf_provider_domains_end),
                                 between(mailconf_provider_facts, mailconf_provider_facts_end),
                                 between(mailconf_provider_sign_in, mailconf_provider_sign_in_end));
  return data;
}

}  // namespace mailconf
