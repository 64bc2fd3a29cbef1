// How much of a stranger's answer is read, and why.
#pragma once

#include <cstddef>

namespace mailconf::limits {

// The largest autoconfig file in the wild is below 20 KiB.
inline constexpr std::size_t http_body = 256 * 1024;
// Real servers send below 4 KiB; cookies of web application firewalls need some more.
inline constexpr std::size_t http_header = 16 * 1024;
// draft-ietf-mailmaint-autoconfig says nothing; shared hosting needs two or three.
inline constexpr int http_redirects = 5;
// RFC 9051 §4: command lines of 8192 octets; capability lists stay far below.
inline constexpr std::size_t mail_line = 8 * 1024;
// A whole probe: greeting, two capability lists, farewell.
inline constexpr std::size_t mail_dialogue = 64 * 1024;
// Elements nested in each other; autoconfig needs five.
inline constexpr int xml_depth = 32;
// A host with more addresses than this gains nothing from trying them all.
inline constexpr std::size_t addresses_per_host = 8;
// CNAME chain (RFC 1034 §3.6.2 discourages any).
inline constexpr int cname_chain = 16;
// Sockets that one resolution holds at once, and that go to one address.
inline constexpr std::size_t sockets_per_resolution = 16;
inline constexpr std::size_t sockets_per_address = 4;
// A search over many: connections to one host at once, which a small web server takes without notice …
inline constexpr std::size_t connections_per_host = 4;
// … and to one address, behind which a provider may have thousands of names; …
inline constexpr std::size_t connections_per_address = 4;
// … and in all: with raced addresses, name servers and files still below the 1024 descriptors of a usual process.
inline constexpr std::size_t connections_in_all = 256;
// Questions that a name server has before it at once: a small one at home drops what comes faster.
inline constexpr std::size_t questions_to_name_server = 64;
// Answers kept for others who ask the same: those of the last thousand domains or so …
inline constexpr std::size_t remembered_answers = 10'000;
// … and of their documents so much, lest large ones fill the memory.
inline constexpr std::size_t remembered_octets = 32 * 1024 * 1024;
// A recorded run: some two hundred questions with the largest documents.
inline constexpr std::size_t recording = 64 * 1024 * 1024;
// An address line of RFC 5321 §4.5.3.1.3 is at most 256 octets; some room for encodings.
inline constexpr std::size_t address_text = 320;

}  // namespace mailconf::limits
