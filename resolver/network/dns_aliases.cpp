#include "network/dns_aliases.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "model/text.h"
#include "network/dns_message.h"
#include "protocol/limits.h"

namespace mailconf {
namespace {

// Reads a reply from front to back; everything fails beyond its end.
class Reader {
 public:
  explicit Reader(std::string_view reply) : reply_(reply) {}

  std::optional<unsigned> number() {
    if (reply_.size() - at_ < 2) return std::nullopt;
    const auto high = static_cast<unsigned char>(reply_[at_]);
    const auto low = static_cast<unsigned char>(reply_[at_ + 1]);
    at_ += 2;
    return static_cast<unsigned>(high << 8 | low);
  }

  bool skip(std::size_t octets) {
    if (reply_.size() - at_ < octets) return false;
    at_ += octets;
    return true;
  }

  // A compressed name, by c-ares, which bounds its pointers.
  std::optional<std::string> name() {
    if (at_ == reply_.size()) return std::nullopt;
    const auto* start = reinterpret_cast<const unsigned char*>(reply_.data());
    char* text = nullptr;
    long length = 0;
    if (ares_expand_name(start + at_, start, static_cast<int>(reply_.size()), &text, &length) != ARES_SUCCESS)
      return std::nullopt;
    std::string name = to_lower(text);
    ares_free_string(text);
    return skip(static_cast<std::size_t>(length)) ? std::optional(name) : std::nullopt;
  }

 private:
  std::string_view reply_;
  std::size_t at_ = 0;
};

using Aliases = std::map<std::string, std::string>;

// Name, type, class, time to live, length, data (RFC 1035 §4.1.3).
bool read_record(Reader& reader, Aliases& aliases) {
  const auto owner = reader.name();
  if (!owner) return false;
  const auto type = reader.number();
  if (!type || !reader.skip(6)) return false;
  const auto length = reader.number();
  if (!length) return false;
  if (*type != ns_t_cname) return reader.skip(*length);
  const auto target = reader.name();
  if (target) aliases.emplace(*owner, *target);
  return target.has_value();
}

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
  Reader header(reply);
  if (!header.skip(6)) return false;
  const auto records = header.number();
  Reader reader(reply);
  if (!records || !reader.skip(dns_header_size)) return false;
  const auto question = reader.name();
  if (!question || !reader.skip(4)) return false;
  Aliases aliases;
  for (unsigned i = 0; i < *records; ++i)
    if (!read_record(reader, aliases)) return false;
  return comes_back(aliases, *question);
}

}  // namespace mailconf
