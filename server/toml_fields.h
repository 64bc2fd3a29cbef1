// TOML tables read field by field: every value of a wrong kind, every missing field and every key that nobody knows is
// a problem with its line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

#include "server/problem.h"

namespace mailconf::server {

// The octets of a file, cut behind TomlFile::largest; nothing when it cannot be opened or is a directory.
std::optional<std::string> text_of_file(const std::filesystem::path& path);

// A file that is being read: where each field stands, and what is wrong.
class TomlFile {
 public:
  // A definition has 2 KiB; a file of megabytes is not one.
  static constexpr std::size_t largest = std::size_t{1024} * 1024;

  explicit TomlFile(std::string name) : name_(std::move(name)) {}

  // The whole file, or nothing and a problem when it cannot be read, is larger than 1 MiB or is not TOML.
  std::optional<toml::table> parse(const std::filesystem::path& path);
  // The same of what stands elsewhere than in a file.
  std::optional<toml::table> parse_text(std::string_view text);

  void error(const std::string& field, std::string message) { add(Severity::error, field, std::move(message)); }
  void warning(const std::string& field, std::string message) { add(Severity::warning, field, std::move(message)); }
  // Its file and line are filled in here.
  void add(Problem problem);

  void remember(const std::string& field, const toml::node& node);
  // The line of the field, or of the nearest thing around it: "incoming[0]" for "incoming[0].port".
  [[nodiscard]] int line_of(std::string field) const;

  [[nodiscard]] bool failed() const { return has_errors(problems_); }
  [[nodiscard]] Problems take_problems() { return std::move(problems_); }

 private:
  void add(Severity severity, const std::string& field, std::string message);

  std::string name_;
  std::map<std::string, int> lines_;
  Problems problems_;
};

// One table of the file. Fields that were not asked for when finish() is called are unknown.
class TomlFields {
 public:
  TomlFields(TomlFile& file, const toml::table& table, std::string path);

  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::optional<TomlFields> table(std::string_view key);
  std::vector<TomlFields> tables(std::string_view key);

  // The same, and a problem when the field is missing or empty.
  std::string required_text(std::string_view key);
  std::vector<std::string> required_texts(std::string_view key);

  // A field that is known, but not at home in this table.
  void refuse(std::string_view key, std::string_view reason);

  [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }
  [[nodiscard]] std::string path_of(std::string_view key) const;
  void error(std::string_view key, std::string message) { file_->error(path_of(key), std::move(message)); }
  void warning(std::string_view key, std::string message) { file_->warning(path_of(key), std::move(message)); }
  void finish();

 private:
  const toml::node* find(std::string_view key);

  TomlFile* file_;
  const toml::table* table_;
  std::string path_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace mailconf::server
