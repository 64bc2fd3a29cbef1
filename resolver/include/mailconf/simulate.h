// What other mail clients would make of a domain: which requests they send, what they end up with, in how long.
//
// A simulated client asks what the real one asks, by facts with a version, a source and a date; Resolver::simulate()
// runs it. It is more careful than the real one: it never signs in, never follows a redirect to plain HTTP or to an
// address that is not public, asks over plain HTTP only where that is allowed, and has "postmaster" in the place of the
// user.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mailconf/address.h"
#include "mailconf/report.h"
#include "mailconf/settings.h"

namespace mailconf {

struct SimulatedClient {
  std::string name;  // "thunderbird"
  std::string title;
  std::string version;
  std::string source;              // where the facts are from
  std::string date;                // of the facts, ISO 8601
  std::vector<std::string> notes;  // sentences: what it does that the simulation does not

  bool operator==(const SimulatedClient&) const = default;
};
// In the order of the alphabet.
std::vector<SimulatedClient> simulated_clients();

struct SimulationOptions {
  std::vector<std::string> clients;  // names; empty: all
  // The address, when there is one, goes where the client would send it, as far as that is a host of the domain itself
  // over TLS. Everybody else is told of "postmaster" all the same.
  bool send_address = false;
};

struct SimulatedRequest {
  std::string way;                     // of finding settings, as the client's facts call it
  std::string request;                 // "GET https://…", "MX example.org", "imap.example.org:993 (imap, SSL)"
  Outcome outcome = Outcome::unknown;  // skipped: not sent, or the client went on without the answer
  std::string answer;                  // one clause
  Duration started{};                  // since the client began
  Duration elapsed{};

  bool operator==(const SimulatedRequest&) const = default;
};

struct Prediction {
  SimulatedClient client;
  bool found = false;
  bool ended = true;             // false: it was stopped, or had no more time
  std::string found_by;          // a way; empty unless found
  std::string told_by;           // the request whose answer held the settings; empty for a guess
  std::vector<Server> incoming;  // what it sets up, then what else it offers
  std::vector<Server> outgoing;
  std::vector<std::string> asks;  // what the user has to say or to approve on the way, one clause each
  std::string reason;             // why there are no settings
  Duration elapsed{};
  std::vector<SimulatedRequest> requests;

  // Both servers that it sets up are.
  [[nodiscard]] bool encrypted() const;
  // The settings came over plain HTTP: whoever is on the way could have written them.
  [[nodiscard]] bool told_in_clear() const { return told_by.find(" http://") != std::string::npos; }

  bool operator==(const Prediction&) const = default;
};

// As data/schema/simulation.schema.json describes it.
std::string write_simulation_json(std::string_view domain, const std::vector<Prediction>& predictions, bool indent);

}  // namespace mailconf
