// DNS questions and replies as bytes: records by c-ares's parsers, header bits by us.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "mailconf/result.h"
#include "protocol/question.h"

namespace mailconf {

inline constexpr std::uint16_t dns_port = 53;
inline constexpr std::size_t dns_header_size = 12;  // RFC 1035 §4.1.1

enum class NameType { a, aaaa, mx, srv, txt, ns, cname, tlsa };

// Recursion desired, AD bit set (RFC 6840 §5.7: it asks for the bit in the reply), EDNS with a size that passes
// everywhere. Fails with bad_document for a name that cannot stand in a message.
Result<std::string> write_dns_query(NameType type, const std::string& name, std::uint16_t id);

// What a reply says: NXDOMAIN and NODATA are answers; SERVFAIL, REFUSED, a CNAME loop and malformed records are
// failures, told without the server's name.
tl::expected<DnsAnswer, Failure> read_dns_reply(NameType type, std::string_view bytes);

}  // namespace mailconf
