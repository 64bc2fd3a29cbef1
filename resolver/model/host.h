// Host names as they stand in documents and records.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mailconf/result.h"

namespace mailconf {

// A host as a document may name it: a DNS name of one or more labels or an IP address literal without brackets,
// trimmed, lower-case, A-labels, no trailing dot. Nothing for anything else.
std::optional<std::string> normalise_host(std::string_view text);

// A DNS name of one or more labels as lower-case A-labels without a trailing dot. A last label that is a number is
// refused: many programs would take such a name for an IPv4 address.
Result<std::string> ascii_host_name(std::string_view text);

// "192.0.2.1" or "2001:db8::1".
bool is_address_literal(std::string_view text);

// The 4 or 16 octets of an address literal in network order; empty for anything else.
std::string address_octets(std::string_view literal);

// Globally reachable unicast by the IANA special-purpose registries (RFC 6890): not loopback, private, link-local,
// unique-local, shared, documentation, multicast, or an IPv4-mapped form of these.
bool is_public_address(std::string_view literal);

// The literal is in the network: "192.0.2.0/24", "2001:db8::/32", or a single address. False when either is none.
bool is_within_network(std::string_view literal, std::string_view network);

}  // namespace mailconf
