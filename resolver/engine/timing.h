// How long things may take, and why.
#pragma once

#include "mailconf/report.h"

namespace mailconf::timing {

using std::chrono::milliseconds;

// A name server that is silent this long will not help: stub resolvers give up after a few retransmissions.
inline constexpr Duration dns_question = milliseconds(4000);
// Name, connect, handshake, request and body of all hops. Slow shared hosting answers in two to three seconds; a
// firewalled host must not hold the definite end back beyond five.
inline constexpr Duration http_question = milliseconds(4500);
// The servers of a finding: tarpits delay their greeting for some seconds.
inline constexpr Duration proof = milliseconds(4000);
// A guessed port: what accepts a connection and stays silent longer is no mail server worth suggesting.
inline constexpr Duration guessed_port = milliseconds(2000);
// All guessing, from the first guessed port: many names times many ports into a firewall must end.
inline constexpr Duration guessing = milliseconds(3500);
// Ports are not tried while a published answer may be on its way: four round trips of most networks.
inline constexpr Duration head_start = milliseconds(300);
// A better-ranked source is waited for by the pace of what has answered so far: so many times the slowest answer …
inline constexpr int grace_factor = 4;
// … but at least this, since a short history says little …
inline constexpr Duration grace_floor = milliseconds(300);
// … and at most this: nobody waits for the slowest.
inline constexpr Duration grace_ceiling = milliseconds(1500);
// Once a server of each direction is proven, the proofs under way of the same configuration may still come in.
inline constexpr Duration linger = milliseconds(150);

// In a search over many, a question waits for its turn at a busy host as long as a whole search takes by default.
inline constexpr Duration turn = milliseconds(8000);
// And its answer serves others who ask the same: records live for minutes, and a run is to see the world as it is.
inline constexpr Duration remembered = std::chrono::minutes(5);

}  // namespace mailconf::timing
