#include "server/store/directory_editor.h"
#include "server/store/directory_store.h"
#include "server/store/sql/sql_editor.h"
#include "server/store/sql/sql_store.h"

namespace mailconf::server {
namespace {

constexpr std::string_view directory = "directory:";

bool is_of_a_directory(const std::string& url) { return url.starts_with(directory) && url.size() > directory.size(); }

// The URL is not repeated: there may be a password in it.
tl::unexpected<Error> no_store() {
  return fail(ErrorCode::bad_option, "store.url",
              "must be \"directory:FOLDER\", \"sqlite:FILE\", \"postgresql://HOST/DATABASE\" or "
              "\"mysql://HOST/DATABASE\"");
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& url, const std::filesystem::path& base, Reading reading) {
  if (is_of_a_directory(url)) return std::make_unique<DirectoryStore>(base / url.substr(directory.size()));
  if (!is_sql_url(url)) return no_store();
  auto place = sql_place(url, base);
  if (!place) return tl::unexpected(place.error());
  return std::make_unique<SqlStore>(*std::move(place), reading);
}

Result<std::unique_ptr<Editor>> open_editor(const std::string& url, const std::filesystem::path& base) {
  if (is_of_a_directory(url)) return std::make_unique<DirectoryEditor>(base / url.substr(directory.size()));
  if (!is_sql_url(url)) return no_store();
  auto place = sql_place(url, base);
  if (!place) return tl::unexpected(place.error());
  return std::make_unique<SqlEditor>(*std::move(place));
}

tl::unexpected<Error> taken_by(const DomainName& domain, const std::string& owner) {
  return fail(ErrorCode::bad_option, domain.ascii(), "is defined in " + owner + " already");
}

tl::unexpected<Error> is_alias(const DomainName& domain, const std::string& owner) {
  return fail(ErrorCode::bad_option, domain.ascii(), "is not the first domain of its definition " + owner);
}

}  // namespace mailconf::server
