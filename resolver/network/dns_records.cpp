#include "network/dns_records.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <optional>

#include "model/text.h"
#include "network/dns_message.h"

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

  std::optional<std::string_view> octets(std::size_t count) {
    if (reply_.size() - at_ < count) return std::nullopt;
    at_ += count;
    return reply_.substr(at_ - count, count);
  }
  bool skip(std::size_t count) { return octets(count).has_value(); }

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

// Name, type, class, time to live, length, data (RFC 1035 §4.1.3).
bool read_record(Reader& reader, DnsRecordBytes& record) {
  const auto owner = reader.name();
  if (!owner) return false;
  const auto type = reader.number();
  if (!type || !reader.skip(6)) return false;
  const auto length = reader.number();
  if (!length) return false;
  record.owner = *owner;
  record.type = *type;
  Reader inside = reader;  // a compressed name points anywhere into the reply
  const auto data = reader.octets(*length);
  if (!data) return false;
  record.data = *data;
  if (*type != ns_t_cname) return true;
  auto target = inside.name();
  if (!target) return false;
  record.target = std::move(*target);
  return true;
}

}  // namespace

bool each_answer(std::string_view reply, const std::function<bool(const DnsRecordBytes&)>& take) {
  Reader header(reply);
  if (!header.skip(6)) return false;
  const auto records = header.number();
  Reader reader(reply);
  if (!records || !reader.skip(dns_header_size)) return false;
  const auto question = reader.name();
  if (!question || !reader.skip(4)) return false;
  for (unsigned i = 0; i < *records; ++i) {
    DnsRecordBytes record;
    record.asked = *question;
    if (!read_record(reader, record) || !take(record)) return false;
  }
  return true;
}

}  // namespace mailconf
