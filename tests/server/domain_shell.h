// mailconf domain as from a shell, on a store of its own.
#pragma once

#include <sstream>

#include "server/domain_command.h"
#include "server/published.h"
#include "server/store/definition_toml.h"

namespace mailconf::testing {

struct DomainShell {
  struct Outcome {
    int status;
    std::string output;
    std::string errors;
  };

  TemporaryFolder folder;
  std::string store;
  server::ImportWishes wishes;

  // "directory:" or "sqlite:".
  explicit DomainShell(const std::string& kind) {
    store = kind + (folder.path() / (kind == "sqlite:" ? "mailconf.db" : "domains")).string();
    std::filesystem::create_directories(folder.path() / "domains");
  }
  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
    return folder.write(name, text).string();
  }
  Outcome run(const std::string& action, const std::vector<std::string>& operands = {}) const {
    std::ostringstream output;
    std::ostringstream errors;
    const int status = server::run({action, operands, store, "", wishes}, output, errors);
    return {status, output.str(), errors.str()};
  }
  [[nodiscard]] Outcome run_import(const std::vector<std::string>& operands) const { return run("import", operands); }
  void add(const std::string& text) const { run("add", {file("added.toml", text)}); }
  [[nodiscard]] std::string shown(const std::string& domain) const { return run("show", {domain}).output; }
  [[nodiscard]] Settings settings(const std::string& domain) const {
    return server::read_definition("shown", shown(domain)).definition.value().settings;
  }
  // The domains that are listed.
  [[nodiscard]] std::vector<std::string> listed() const {
    std::istringstream lines(run("list").output);
    std::vector<std::string> names;
    for (std::string line; std::getline(lines, line);) names.push_back(line.substr(0, line.find('\t')));
    return names;
  }
};

}  // namespace mailconf::testing
