#include "server/toml_fields.h"

#include <fmt/core.h>
#include <fstream>
#include <iterator>

namespace mailconf::server {
namespace {

int line_of_node(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

}  // namespace

std::optional<std::string> text_of_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(TomlFile::largest + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream.bad() || (stream.fail() && !stream.eof())) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

std::optional<toml::table> TomlFile::parse(const std::filesystem::path& path) {
  const auto bytes = text_of_file(path);
  if (!bytes) {
    error("", "cannot be read");
    return std::nullopt;
  }
  return parse_text(*bytes);
}

std::optional<toml::table> TomlFile::parse_text(std::string_view text) {
  if (text.size() > largest) {
    error("", "is larger than 1 MiB");
    return std::nullopt;
  }
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& fault) {
    lines_[""] = static_cast<int>(fault.source().begin.line);
    error("", std::string(fault.description()));
    return std::nullopt;
  }
}

void TomlFile::remember(const std::string& field, const toml::node& node) { lines_[field] = line_of_node(node); }

int TomlFile::line_of(std::string field) const {
  for (;;) {
    if (const auto found = lines_.find(field); found != lines_.end()) return found->second;
    if (field.empty()) return 0;
    const auto cut = field.find_last_of(".[");
    field.resize(cut == field.npos ? 0 : cut);
  }
}

void TomlFile::add(Severity severity, const std::string& field, std::string message) {
  add(Problem{severity, "", 0, field, std::move(message)});
}

void TomlFile::add(Problem problem) {
  problem.file = name_;
  problem.line = line_of(problem.field);
  problems_.push_back(std::move(problem));
}

TomlFields::TomlFields(TomlFile& file, const toml::table& table, std::string path)
    : file_(&file), table_(&table), path_(std::move(path)) {
  for (const auto& [key, node] : table) file.remember(path_of(key.str()), node);
}

std::string TomlFields::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

const toml::node* TomlFields::find(std::string_view key) {
  known_.emplace(key);
  return table_->get(key);
}

std::optional<std::string> TomlFields::text(std::string_view key) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_string()) return value->get();
  error(key, "must be a text in quotes");
  return std::nullopt;
}

std::optional<std::int64_t> TomlFields::integer(std::string_view key) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_integer()) return value->get();
  error(key, "must be a whole number");
  return std::nullopt;
}

std::optional<bool> TomlFields::boolean(std::string_view key) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_boolean()) return value->get();
  error(key, "must be true or false");
  return std::nullopt;
}

std::vector<std::string> TomlFields::texts(std::string_view key) {
  std::vector<std::string> texts;
  const auto* node = find(key);
  if (node == nullptr) return texts;
  const auto* array = node->as_array();
  if (array == nullptr) {
    error(key, "must be a list of texts");
    return texts;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto element = fmt::format("{}[{}]", key, i);
    file_->remember(path_of(element), *array->get(i));
    if (const auto* value = array->get(i)->as_string()) {
      texts.push_back(value->get());
    } else {
      error(element, "must be a text in quotes");
    }
  }
  return texts;
}

std::optional<TomlFields> TomlFields::table(std::string_view key) {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_table()) return TomlFields(*file_, *value, path_of(key));
  error(key, "must be a table");
  return std::nullopt;
}

std::vector<TomlFields> TomlFields::tables(std::string_view key) {
  std::vector<TomlFields> tables;
  const auto* node = find(key);
  if (node == nullptr) return tables;
  const auto* array = node->as_array();
  if (array == nullptr) {
    error(key, fmt::format("must be a list of tables, each under [[{}]]", key));
    return tables;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto element = fmt::format("{}[{}]", key, i);
    file_->remember(path_of(element), *array->get(i));
    if (const auto* value = array->get(i)->as_table()) {
      tables.emplace_back(*file_, *value, path_of(element));
    } else {
      error(element, "must be a table");
    }
  }
  return tables;
}

std::string TomlFields::required_text(std::string_view key) {
  auto value = text(key);
  if (!has(key)) error(key, "is missing");
  if (value && value->empty()) error(key, "is empty");
  return std::move(value).value_or("");
}

std::vector<std::string> TomlFields::required_texts(std::string_view key) {
  if (!has(key)) error(key, "is missing");
  if (const auto* array = table_->get_as<toml::array>(key); array != nullptr && array->empty()) error(key, "is empty");
  return texts(key);
}

void TomlFields::refuse(std::string_view key, std::string_view reason) {
  if (find(key) != nullptr) error(key, fmt::format("does not belong here: {}", reason));
}

void TomlFields::finish() {
  for (const auto& [key, node] : *table_) {
    if (!known_.contains(key.str())) error(key.str(), "is no known field");
  }
}

}  // namespace mailconf::server
