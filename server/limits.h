// What one client may cost the server, each bound with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace mailconf::server {

// Looking up whose mail goes to us: strangers choose the names, and a name server may be slow on purpose.
struct MxLimits {
  // An honest name server answers within 0.1 s, so that these are good for forty names a second.
  std::size_t at_once = 4;
  // Each one that waits holds a thread; the others of Limits::threads are for the domains that are defined.
  std::size_t waiting = 64;
  // Thunderbird gives up after five seconds: both together must be shorter.
  std::chrono::milliseconds wait{2'000};
  std::chrono::milliseconds look_up{2'000};
  // About 1 KiB each.
  std::size_t names = 10'000;
  // A domain moves once in years; its new settings are expected within the hour (see the documents' max-age).
  std::chrono::seconds found_for{600};
  // Whoever has just pointed a domain here tries again soon.
  std::chrono::seconds absent_for{60};
  // Enough that a client's two or three paths do not each wait for the same silent name server.
  std::chrono::seconds unknown_for{5};
};

// Looking up what users sign in with: strangers choose the names, and a directory may be slow.
struct LoginLimits {
  // Of every answer, so that the time tells nothing. A directory next door needs a tenth of it, and clients, which ask
  // two or three paths and remember nothing, give up after five seconds.
  std::chrono::milliseconds answer_time{500};
  // Of each source, on connections of their own; the others queue, some seconds' worth of them.
  std::size_t at_once = 4;
  std::size_t queued = 256;
  // Each one that waits holds a thread; the others of Limits::threads are for those whose names are not looked up.
  std::size_t waiting = 512;
  // About 1 KiB each.
  std::size_t names = 20'000;
  // Who has just got a mailbox, or another name for it, tries again soon.
  std::chrono::seconds kept_for{60};
  // Most sources fail before that by limits of their own.
  std::chrono::seconds hangs_after{5};
  // At the end of the server, until those look-ups are left alone that hang.
  std::chrono::milliseconds end_time{500};
};

// What one client may ask; programs on this machine are not counted.
struct ClientLimits {
  // A client sets an account up with ten requests at most; an office or a mobile network behind one address has some
  // dozens of people who start at nine o'clock.
  double requests_per_second = 20;
  double burst = 200;
  // Half of the threads are beyond the reach of eight clients together.
  int connections = 150;
  // Clients whose requests are counted at once, about 100 octets each.
  std::size_t remembered = 100'000;
};

// Trying a domain's mail servers because a visitor asks for it.
struct SelfTestLimits {
  // Each holds a thread and some sockets for four seconds at most.
  std::size_t at_once = 4;
  // A mail server that is watched by a hundred visitors sees one connection a minute.
  std::chrono::seconds kept_for{60};
  // About 2 KiB each.
  std::size_t domains = 1'000;
};

// Auditing a domain of ours, which asks for everything that its clients ask for.
struct AuditLimits {
  // For administrators, whose listener has eight threads: each that waits holds one; the others are for monitors.
  std::size_t at_once = 2;
  std::size_t waiting = 4;
  // An audit has eight seconds, and more where it waits for its turn at a busy host; the answer must come before
  // Limits::request_time is over.
  std::chrono::milliseconds patience{8'500};
  // However often it is asked for: the servers of a domain see no more of it than a client in trouble makes.
  std::chrono::seconds again_after{60};
  // What was found, about 30 KiB each.
  std::size_t kept = 250;
  // Domains that are audited in the background, about 200 octets each; more would not be done in a day.
  std::size_t watched = 100'000;
};

struct Limits {
  // An address has 254 octets at most, three times that when every octet is percent-encoded; the rest is room for
  // parameters that clients add.
  std::size_t uri = 4096;
  // Clients send less than 2 KiB; cookies of a parent domain may ride along. Poco itself stops at 8 KiB a field.
  std::size_t header = std::size_t{16} * 1024;
  // The busiest browser sends about thirty. Poco itself stops at one hundred.
  std::size_t fields = 64;
  // The largest request of any mail client is an Autodiscover body of 1 KiB, or some KiB in UTF-16.
  std::size_t body = std::size_t{64} * 1024;
  // From the first octet to the end of the header, and again from there to the end of the answer: a mobile client on a
  // bad line needs two or three seconds, a slow loris as long as it gets.
  std::chrono::milliseconds request_time{10'000};
  // Clients ask two or three paths in a row and are gone.
  std::chrono::milliseconds idle_time{5'000};
  // A connection that lives for ever escapes a proxy's balancing.
  int requests_per_connection = 1000;
  // Of plain HTTP: each costs two descriptors and about 1 KiB, and no thread while it waits.
  std::size_t connections = 20'000;
  // A connection with TLS holds a thread (about 40 KiB) while a request arrives: two thousand slow clients must leave
  // room for the others. Those that connect and say nothing are held back by the kernel and cost no thread.
  int threads = 2500;
  int thread_stack = 256 * 1024;
  // Accepted and waiting for a thread; further connections are closed at once rather than left to time out.
  int queued = 512;
  // Connections that the kernel completes and holds, silent ones included.
  int backlog = 4096;
  // From SIGTERM to the end of the last request; the whole end takes less than five seconds.
  std::chrono::milliseconds drain_time{3'500};
  MxLimits mx;
  LoginLimits login;
  SelfTestLimits self_tests;
  AuditLimits audit;
  ClientLimits client;
};

}  // namespace mailconf::server
