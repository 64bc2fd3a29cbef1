#include "support/toml_fields.h"

#include <fmt/core.h>

namespace mailconf::simulated {

const toml::node* Fields::node(std::string_view key) {
  known_.emplace(key);
  return table_->get(key);
}

std::optional<std::string> Fields::text(std::string_view key) {
  const auto* found = node(key);
  if (!found) return std::nullopt;
  if (const auto value = found->value_exact<std::string>()) return value;
  refuse(key, "a text is expected");
}

std::optional<std::int64_t> Fields::integer(std::string_view key) {
  const auto* found = node(key);
  if (!found) return std::nullopt;
  if (const auto value = found->value_exact<std::int64_t>()) return value;
  refuse(key, "a whole number is expected");
}

std::optional<bool> Fields::flag(std::string_view key) {
  const auto* found = node(key);
  if (!found) return std::nullopt;
  if (const auto value = found->value_exact<bool>()) return value;
  refuse(key, "true or false is expected");
}

std::optional<Duration> Fields::milliseconds(std::string_view key) {
  const auto value = integer(key);
  if (!value) return std::nullopt;
  if (*value < 0) refuse(key, "a time cannot be negative");
  return std::chrono::milliseconds(*value);
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const auto* found = node(key);
  return found ? texts_of(*found, place(key)) : std::vector<std::string>{};
}

const toml::table* Fields::table(std::string_view key) {
  const auto* found = node(key);
  if (found && !found->is_table()) refuse(key, "a table is expected");
  return found ? found->as_table() : nullptr;
}

std::vector<const toml::table*> Fields::tables(std::string_view key) {
  std::vector<const toml::table*> result;
  const auto* found = node(key);
  if (!found) return result;
  if (!found->is_array_of_tables()) refuse(key, "an array of tables is expected");
  for (const auto& element : *found->as_array()) result.push_back(element.as_table());
  return result;
}

std::string Fields::place(std::string_view key) const {
  return place_.empty() ? std::string(key) : fmt::format("{}.{}", place_, key);
}

void Fields::refuse(std::string_view key, const std::string& message) const { throw BadScenario(place(key), message); }

void Fields::finish() const {
  for (const auto& [key, value] : *table_) {
    if (!known_.contains(key.str())) throw BadScenario(place_, fmt::format("unknown key '{}'", key.str()));
  }
}

std::vector<std::string> texts_of(const toml::node& node, const std::string& place) {
  if (const auto text = node.value_exact<std::string>()) return {*text};
  const auto* array = node.as_array();
  if (!array) throw BadScenario(place, "a text or a list of texts is expected");
  std::vector<std::string> result;
  for (const auto& element : *array) {
    const auto text = element.value_exact<std::string>();
    if (!text) throw BadScenario(place, "a list of texts is expected");
    result.push_back(*text);
  }
  return result;
}

toml::table parse_toml(std::string_view text, const std::string& place) {
  try {
    return toml::parse(text, place);
  } catch (const toml::parse_error& error) {
    throw BadScenario(fmt::format("{}:{}", place, error.source().begin.line), std::string(error.description()));
  }
}

}  // namespace mailconf::simulated
