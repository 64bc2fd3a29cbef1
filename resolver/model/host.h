// Host names as they stand in documents and records.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mailconf {

// A host as a document may name it: a DNS name of one or more labels or an IP address literal without brackets,
// trimmed, lower-case, A-labels, no trailing dot. Nothing for anything else.
std::optional<std::string> normalise_host(std::string_view text);

// "192.0.2.1" or "2001:db8::1".
bool is_address_literal(std::string_view text);

// Globally reachable unicast by the IANA special-purpose registries (RFC 6890): not loopback, private, link-local,
// unique-local, shared, documentation, multicast, or an IPv4-mapped form of these.
bool is_public_address(std::string_view literal);

}  // namespace mailconf
