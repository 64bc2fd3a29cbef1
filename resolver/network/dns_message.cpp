#include "network/dns_message.h"

#include <ares.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <array>
#include <fmt/core.h>
#include <memory>
#include <netdb.h>

#include "model/text.h"
#include "network/dns_aliases.h"
#include "network/dns_records.h"

namespace mailconf {
namespace {

// RFC 6891 §6.2.5 and the DNS Flag Day of 2020: no fragments on any common path.
constexpr int edns_size = 1232;
constexpr unsigned char ad_bit = 0x20;  // of the fourth octet (RFC 6840)
constexpr unsigned char rcode_bits = 0x0f;

using Reply = tl::expected<DnsAnswer, Failure>;

int wire_type(NameType type) {
  switch (type) {
    case NameType::a:
      return ns_t_a;
    case NameType::aaaa:
      return ns_t_aaaa;
    case NameType::mx:
      return ns_t_mx;
    case NameType::srv:
      return ns_t_srv;
    case NameType::txt:
      return ns_t_txt;
    case NameType::ns:
      return ns_t_ns;
    case NameType::cname:
      return ns_t_cname;
    case NameType::tlsa:
      return ns_t_tlsa;
  }
  return ns_t_a;
}

Reply dns_failure(std::string detail) { return tl::unexpected(Failure{FailureKind::dns_failure, std::move(detail)}); }

struct Bytes {
  const unsigned char* data;
  int size;
};

struct AresFree {
  void operator()(void* data) const { ares_free_data(data); }
};

// Runs one of c-ares's list parsers and hands every element to `take`.
template <class Row, class Parse, class Take>
int each(Bytes bytes, Parse parse, Take take) {
  Row* rows = nullptr;
  const int status = parse(bytes.data, bytes.size, &rows);
  const std::unique_ptr<Row, AresFree> owner(rows);
  for (const Row* row = rows; row != nullptr; row = row->next) take(*row);
  return status;
}

std::string host_text(const char* name) {
  std::string host = to_lower(name == nullptr ? "" : name);
  if (host.ends_with('.')) host.pop_back();
  return host;
}

int read_addresses(NameType type, Bytes bytes, std::vector<std::string>& addresses) {
  hostent* parsed = nullptr;
  const int status = type == NameType::aaaa ? ares_parse_aaaa_reply(bytes.data, bytes.size, &parsed, nullptr, nullptr)
                                            : ares_parse_a_reply(bytes.data, bytes.size, &parsed, nullptr, nullptr);
  const std::unique_ptr<hostent, decltype(&ares_free_hostent)> host(parsed, &ares_free_hostent);
  if (status != ARES_SUCCESS || !host) return status;
  for (char** address = host->h_addr_list; address != nullptr && *address != nullptr; ++address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_ntop(host->h_addrtype, *address, text.data(), static_cast<socklen_t>(text.size())) != nullptr)
      addresses.emplace_back(text.data());
  }
  return status;
}

// c-ares has them as the aliases of a host.
int read_name_servers(Bytes bytes, std::vector<std::string>& hosts) {
  hostent* parsed = nullptr;
  const int status = ares_parse_ns_reply(bytes.data, bytes.size, &parsed);
  const std::unique_ptr<hostent, decltype(&ares_free_hostent)> host(parsed, &ares_free_hostent);
  if (status != ARES_SUCCESS || !host) return status;
  for (char** name = host->h_aliases; name != nullptr && *name != nullptr; ++name) hosts.push_back(host_text(*name));
  return status;
}

int read_texts(Bytes bytes, std::vector<std::string>& texts) {
  return each<ares_txt_ext>(bytes, ares_parse_txt_reply_ext, [&](const ares_txt_ext& part) {
    if (part.record_start != 0 || texts.empty()) texts.emplace_back();
    texts.back().append(reinterpret_cast<const char*>(part.txt), part.length);
  });
}

std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data), static_cast<std::size_t>(bytes.size)};
}

// c-ares has no parser for these.
int read_aliases(Bytes bytes, std::vector<std::string>& targets) {
  return each_answer(text_of(bytes),
                     [&](const DnsRecordBytes& record) {
                       if (record.type != ns_t_cname || record.owner != record.asked) return true;
                       targets.push_back(record.target);
                       return true;
                     })
             ? ARES_SUCCESS
             : ARES_EBADRESP;
}

// RFC 6698 §2.1: usage, selector, matching type, and at least an octet of data.
int read_pins(Bytes bytes, std::vector<std::string>& pins) {
  return each_answer(text_of(bytes),
                     [&](const DnsRecordBytes& record) {
                       if (record.type != ns_t_tlsa) return true;
                       if (record.data.size() < 4) return false;
                       const auto octet = [&](std::size_t at) { return static_cast<unsigned char>(record.data[at]); };
                       auto pin = fmt::format("{} {} {} ", octet(0), octet(1), octet(2));
                       for (std::size_t at = 3; at < record.data.size(); ++at) pin += fmt::format("{:02x}", octet(at));
                       pins.push_back(std::move(pin));
                       return true;
                     })
             ? ARES_SUCCESS
             : ARES_EBADRESP;
}

int read_records(NameType type, Bytes bytes, DnsAnswer& answer) {
  if (type == NameType::a || type == NameType::aaaa) return read_addresses(type, bytes, answer.addresses);
  if (type == NameType::mx)
    return each<ares_mx_reply>(bytes, ares_parse_mx_reply, [&](const ares_mx_reply& row) {
      answer.mx.push_back({row.priority, host_text(row.host)});
    });
  if (type == NameType::srv)
    return each<ares_srv_reply>(bytes, ares_parse_srv_reply, [&](const ares_srv_reply& row) {
      answer.srv.push_back({row.priority, row.weight, row.port, host_text(row.host)});
    });
  if (type == NameType::ns) return read_name_servers(bytes, answer.ns);
  if (type == NameType::cname) return read_aliases(bytes, answer.aliases);
  if (type == NameType::tlsa) return read_pins(bytes, answer.tlsa);
  return read_texts(bytes, answer.txt);
}

std::string rcode_words(unsigned char rcode) {
  switch (rcode) {
    case ns_r_formerr:
      return "answered FORMERR";
    case ns_r_servfail:
      return "answered SERVFAIL";
    case ns_r_notimpl:
      return "answered NOTIMP";
    case ns_r_refused:
      return "answered REFUSED";
    default:
      return fmt::format("answered with error {}", rcode);
  }
}

}  // namespace

Result<std::string> write_dns_query(NameType type, const std::string& name, std::uint16_t id) {
  unsigned char* query = nullptr;
  int size = 0;
  const std::string absolute = name + ".";
  if (ares_create_query(absolute.c_str(), ns_c_in, wire_type(type), id, 1, &query, &size, edns_size) != ARES_SUCCESS)
    return fail(ErrorCode::bad_document, name, "is no name that the DNS can hold");
  query[3] |= ad_bit;
  std::string bytes(reinterpret_cast<const char*>(query), static_cast<std::size_t>(size));
  ares_free_string(query);
  return bytes;
}

Reply read_dns_reply(NameType type, std::string_view bytes) {
  if (bytes.size() < dns_header_size) return dns_failure("sent a truncated reply");
  const auto flags = static_cast<unsigned char>(bytes[3]);
  DnsAnswer answer;
  answer.authentic = (flags & ad_bit) != 0;
  const auto rcode = static_cast<unsigned char>(flags & rcode_bits);
  if (rcode == ns_r_nxdomain) {
    answer.exists = false;
    return answer;
  }
  if (rcode != ns_r_noerror) return dns_failure(rcode_words(rcode));
  const Bytes whole{reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size())};
  if (aliases_go_round(bytes)) return dns_failure("sent a chain of aliases (CNAME) that does not end");
  const int status = read_records(type, whole, answer);
  if (status != ARES_SUCCESS && status != ARES_ENODATA) return dns_failure("sent malformed records");
  return answer;
}

}  // namespace mailconf
