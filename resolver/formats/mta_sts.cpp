#include "formats/mta_sts.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <map>

#include "model/text.h"

namespace mailconf {
namespace {

using Mode = MtaStsPolicy::Mode;

// RFC 8461 §3.3 suggests as much.
constexpr std::size_t largest_policy = 64 * 1024;
// RFC 8461 §3.2: a year.
constexpr std::uint32_t longest_age = 31'557'600;
constexpr std::string_view any_label = "*.";

constexpr std::array modes{Mode::none, Mode::testing, Mode::enforce};

tl::unexpected<Error> unusable(std::string_view field, std::string why) {
  return fail(ErrorCode::bad_document, std::string(field), std::move(why));
}

bool is_name_of_version(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9');
}

struct Record {
  bool is_mta_sts = false;
  bool is_whole = false;
};

// "v=STSv1; id=20160831085700Z;", the version first, in exactly these letters.
Record read_record(std::string_view text) {
  constexpr std::size_t longest_id = 32;
  const auto fields = split(text, ';');
  Record record;
  record.is_mta_sts = !fields.empty() && trim(fields.front()) == "v=STSv1";
  for (std::size_t i = 1; i < fields.size(); ++i) {
    const auto field = trim(fields[i]);
    if (!field.starts_with("id=")) continue;
    const auto id = field.substr(3);
    record.is_whole = !id.empty() && id.size() <= longest_id && std::ranges::all_of(id, is_name_of_version);
  }
  return record;
}

struct Fields {
  std::map<std::string, std::string, std::less<>> single;
  std::vector<std::string> mx;

  [[nodiscard]] std::string_view operator[](std::string_view name) const {
    const auto place = single.find(name);
    return place == single.end() ? std::string_view() : std::string_view(place->second);
  }
};

Result<Fields> read_fields(std::string_view octets) {
  Fields fields;
  for (const auto line : split(octets, '\n')) {
    if (trim(line).empty()) continue;
    const auto colon = line.find(':');
    if (colon == line.npos) return unusable("", "a line is no field");
    const std::string name(trim(line.substr(0, colon)));
    const std::string value(trim(line.substr(colon + 1)));
    if (name == "mx") fields.mx.push_back(value);
    if (name != "mx") fields.single.emplace(name, value);
  }
  return fields;
}

Result<std::string> read_pattern(std::string_view text) {
  const bool wild = text.starts_with(any_label);
  const auto name = DomainName::parse(wild ? text.substr(any_label.size()) : text);
  if (!name) return unusable("mx", fmt::format("\"{}\" is no host name", printable(text, 80)));
  // Every name below a public suffix is anybody's.
  if (!registrable_domain(*name)) return unusable("mx", fmt::format("\"{}\" names nobody's hosts", text));
  return (wild ? std::string(any_label) : std::string()) + name->ascii();
}

}  // namespace

std::string_view to_string(Mode mode) {
  static constexpr std::array<std::string_view, 3> names{"none", "testing", "enforce"};
  return names.at(static_cast<std::size_t>(mode));
}

bool announces_mta_sts(const std::vector<std::string>& records) {
  std::vector<Record> found;
  for (const auto& text : records) {
    if (const auto record = read_record(text); record.is_mta_sts) found.push_back(record);
  }
  return found.size() == 1 && found.front().is_whole;
}

Result<MtaStsPolicy> read_mta_sts_policy(std::string_view octets) {
  if (octets.size() > largest_policy) return fail(ErrorCode::too_large, "", "the policy is larger than 64 KiB");
  const auto fields = read_fields(octets);
  if (!fields) return tl::unexpected(fields.error());
  if ((*fields)["version"] != "STSv1") return unusable("version", "is not STSv1");
  const auto mode = std::ranges::find_if(modes, [&](Mode each) { return to_string(each) == (*fields)["mode"]; });
  if (mode == modes.end()) return unusable("mode", "is none that is known");
  const auto age = parse_integer<std::uint32_t>((*fields)["max_age"]);
  if (!age || *age > longest_age) return unusable("max_age", "is no number of seconds up to a year");
  MtaStsPolicy policy{*mode, {}, *age};
  for (const auto& text : fields->mx) {
    auto pattern = read_pattern(text);
    if (!pattern) return tl::unexpected(pattern.error());
    policy.mx.push_back(*std::move(pattern));
  }
  if (policy.mx.empty() && policy.mode != Mode::none) return unusable("mx", "is missing");
  return policy;
}

bool names_host(const MtaStsPolicy& policy, const DomainName& host) {
  const auto above = host.parent();
  return std::ranges::any_of(policy.mx, [&](const std::string& pattern) {
    if (!pattern.starts_with(any_label)) return pattern == host.ascii();
    return above && above->ascii() == pattern.substr(any_label.size());
  });
}

}  // namespace mailconf
