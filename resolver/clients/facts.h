// What is known of one mail client, as data: the ways in which it looks for settings, what it waits for, what it takes.
// data/clients/README.md tells every key of the files that these are read from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mailconf/simulate.h"

namespace mailconf::clients {

// When a stage is over.
enum class Settles {
  best,   // the best way that found something, once all better ones have ended
  all,    // the same, once every way has ended
  first,  // whichever is there first
};

// What the answers of a way are taken for.
enum class Reads {
  autoconfig,    // a document each
  autodiscover,  // an answer of Autodiscover each, or where to ask next
  profile,       // a configuration profile of Apple's each
  services,      // mail servers by service records, all answers together
  hosts,         // names for other ways
};

// Which names a way leaves for others.
enum class Takes {
  provider,         // of the best MX host: without its first label, then its registrable domain; none of the own domain
  host,             // the best MX host
  host_and_parent,  // the same, then without its first label
  host_and_parents,  // of the first name server: the host, then one label less each time while two are left
  target,            // of the best service record
};

// Ports that are tried where nothing is published.
struct Guess {
  std::vector<Server> incoming;  // host names with placeholders, in order of preference
  std::vector<Server> outgoing;
  Duration every{};             // the next one starts so much later
  bool in_turn = false;         // the next one starts when the one before has failed
  bool both_protocols = false;  // POP3 is waited for where IMAP is found, and the other way round
};

struct Way {
  std::string name;
  int stage = 1;                 // stages follow each other as long as nothing is found
  std::vector<std::string> ask;  // "GET https://…", "MX {domain}", …
  bool at_once = false;          // all of them; else each when the one before gave nothing
  Reads reads = Reads::autoconfig;
  Takes takes = Takes::host;
  Duration patience{};        // for each question
  std::string after;          // a way that must have ended
  std::string unless_found;   // a way that found something makes this one needless
  std::string each;           // a way whose names stand for {name}, one after the other …
  bool each_at_once = false;  // … or side by side
  std::optional<Guess> guess;
  std::vector<Server> assumed;  // set up without being asked for
  std::string asks;             // what the user has to approve when this way finds something
};

struct Facts {
  SimulatedClient client;
  std::vector<Way> ways;  // in order of preference
  Settles settles = Settles::best;
  Duration limit{};           // for all of it; zero: none
  bool keeps_names = true;    // false: a name is looked up again for every request
  std::string stand_in;       // what it writes itself in the place of the user, and reads as the user
  std::size_t redirects = 0;  // followed, of documents
  bool takes_plaintext = false;
  bool first_only = false;  // a document is refused for its first server each way
  bool imap_only = false;
  bool http_needs_approval = false;
};

}  // namespace mailconf::clients
