#include "server/store/directory_editor.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "server/store/directory_store.h"

namespace mailconf::server {
namespace {

namespace fs = std::filesystem;

struct Owner {
  std::string file;
  DomainName first;  // domain of the definition
};
// As a server settles it: of two definitions that name a domain the first has it.
struct Owners : std::map<DomainName, Owner> {
  std::set<std::string> broken;  // files that define nothing
};

Result<Owners> owners_in(const fs::path& folder) {
  const auto loaded = DirectoryStore(folder).load();
  if (!loaded) return tl::unexpected(loaded.error());
  Owners owners;
  owners.broken = {loaded->refused.begin(), loaded->refused.end()};
  for (const auto& definition : loaded->definitions) {
    const auto& domains = definition.settings.provider.domains;
    for (const auto& domain : domains) owners.emplace(domain, Owner{definition.origin, domains.front()});
  }
  return owners;
}

tl::unexpected<Error> cannot_be_written(const fs::path& file, int fault) {
  return fail(ErrorCode::io, file.string(), "cannot be written: " + std::generic_category().message(fault));
}

// A server that looks at the folder meanwhile sees the old file or the new one, and passes over names with a dot.
Result<void> replace(const fs::path& file, const std::string& text) {
  auto draft = (file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkstemp(draft.data());
  if (descriptor < 0) return cannot_be_written(file, errno);
  bool good = ::fchmod(descriptor, 0644) == 0;
  for (std::string_view rest = text; good && !rest.empty();) {
    const auto written = ::write(descriptor, rest.data(), rest.size());
    good = written > 0;
    if (good) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  good = good && ::fsync(descriptor) == 0;
  int fault = good ? 0 : errno;
  ::close(descriptor);
  if (good && ::rename(draft.c_str(), file.c_str()) == 0) return {};
  if (good) fault = errno;
  ::unlink(draft.c_str());
  return cannot_be_written(file, fault);
}

}  // namespace

Result<void> DirectoryEditor::add(const std::vector<NewDefinition>& definitions) {
  auto owners = owners_in(folder_);
  if (!owners) return tl::unexpected(owners.error());
  std::map<fs::path, const std::string*> files;
  for (const auto& [definition, text] : definitions) {
    const auto& domains = definition.settings.provider.domains;
    const auto& first = domains.front();
    const auto old = owners->find(first);
    const bool replaces = old != owners->end() && old->second.first == first;
    const auto file = replaces ? fs::path(old->second.file) : folder_ / (first.ascii() + ".toml");
    for (const auto& domain : domains) {
      const auto [owner, is_new] = owners->emplace(domain, Owner{file.string(), first});
      if (!is_new && owner->second.file != file.string()) return taken_by(domain, owner->second.file);
    }
    // Its name says so, but what it holds is another definition.
    if (!replaces && fs::exists(file) && !owners->broken.contains(file.string())) return taken_by(first, file.string());
    files[file] = &text;
  }
  for (const auto& [file, text] : files) {
    if (auto written = replace(file, *text); !written) return written;
  }
  return {};
}

Result<void> DirectoryEditor::list(const std::function<void(const ListedDomain&)>& tell) {
  const auto owners = owners_in(folder_);
  if (!owners) return tl::unexpected(owners.error());
  for (const auto& [domain, owner] : *owners) tell({domain.ascii(), owner.file});
  return {};
}

Result<std::optional<std::string>> DirectoryEditor::text_of(const DomainName& domain) {
  const auto owners = owners_in(folder_);
  if (!owners) return tl::unexpected(owners.error());
  const auto owner = owners->find(domain);
  if (owner == owners->end()) return std::nullopt;
  std::ostringstream text;
  if (text << std::ifstream(owner->second.file, std::ios::binary).rdbuf()) return text.str();
  return fail(ErrorCode::io, owner->second.file, "cannot be read");
}

Result<bool> DirectoryEditor::remove(const DomainName& domain) {
  const auto owners = owners_in(folder_);
  if (!owners) return tl::unexpected(owners.error());
  const auto owner = owners->find(domain);
  if (owner == owners->end()) return false;
  if (owner->second.first != domain) return is_alias(domain, owner->second.file);
  std::error_code fault;
  if (fs::remove(owner->second.file, fault)) return true;
  return fail(ErrorCode::io, owner->second.file, "cannot be removed: " + fault.message());
}

}  // namespace mailconf::server
