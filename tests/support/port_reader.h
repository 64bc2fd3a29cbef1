// Ports, certificates and mail services as scenario files describe them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "support/toml_fields.h"
#include "support/world.h"

namespace mailconf::simulated {

template <class T>
using Words = std::map<std::string_view, T>;

// What a word stands for. Throws BadScenario.
template <class T>
T meaning(const Words<T>& words, std::string_view text, const std::string& place) {
  const auto found = words.find(text);
  if (found == words.end()) throw BadScenario(place, "'" + std::string(text) + "' means nothing here");
  return found->second;
}

// "refuse", "drop", "unreachable".
extern const Words<Reach> reach_words;

// A fault alone or a table; `certificate` is what it starts from.
Certificate read_certificate(const toml::node& node, Certificate certificate, const std::string& place);

// A word ("imap", "drop") or a table with a service; `port` is what it starts from.
Port read_port(const toml::node& node, Port port, const std::string& place);

}  // namespace mailconf::simulated
