// Reads a TOML table whose every key must be known: a misspelt key in a scenario is an error that names its place, not
// a silently different world.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

#include "mailconf/report.h"

namespace mailconf::simulated {

// A scenario file that cannot be understood: "host.web.ports.443: unknown key 'nmaes'".
class BadScenario : public std::runtime_error {
 public:
  BadScenario(const std::string& place, const std::string& message) : runtime_error(place + ": " + message) {}
};

class Fields {
 public:
  Fields(const toml::table& table, std::string place) : table_(&table), place_(std::move(place)) {}

  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<bool> flag(std::string_view key);
  // A number of milliseconds.
  std::optional<Duration> milliseconds(std::string_view key);
  // A text alone or an array of texts; empty when absent.
  std::vector<std::string> texts(std::string_view key);
  const toml::table* table(std::string_view key);
  // An array of tables; empty when absent.
  std::vector<const toml::table*> tables(std::string_view key);
  // Whatever is there, or nothing.
  const toml::node* node(std::string_view key);

  [[nodiscard]] std::string place(std::string_view key) const;
  [[noreturn]] void refuse(std::string_view key, const std::string& message) const;
  // To be called last: refuses keys that nobody asked for.
  void finish() const;

 private:
  const toml::table* table_;
  std::string place_;
  std::set<std::string, std::less<>> known_;
};

// A text alone or an array of texts.
std::vector<std::string> texts_of(const toml::node& node, const std::string& place);
toml::table parse_toml(std::string_view text, const std::string& place);

}  // namespace mailconf::simulated
