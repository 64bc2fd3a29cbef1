#include "private_file.h"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "tools/folder.h"

using namespace mailconf;
using namespace mailconf::cli;

namespace {

namespace fs = std::filesystem;

auto files_in(const Folder& folder) {
  return std::distance(fs::directory_iterator(folder.path), fs::directory_iterator());
}

mode_t mode_of(const std::string& file) {
  struct stat facts {};
  BOOST_REQUIRE(stat(file.c_str(), &facts) == 0);
  return facts.st_mode & 0777u;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(private_file)

BOOST_AUTO_TEST_CASE(a_new_file_is_for_its_owner_alone) {
  const Folder folder;
  for (const bool replace : {false, true}) {
    const std::string file = folder.file(replace ? "a" : "b");
    BOOST_REQUIRE(write_private_file(file, "text\n", replace).has_value());
    BOOST_TEST(text_of(file) == "text\n");
    BOOST_TEST(mode_of(file) == 0600u);
  }
  BOOST_TEST(files_in(folder) == 2);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_there_stays_as_it_is_unless_it_is_to_be_replaced) {
  const Folder folder;
  const std::string file = folder.file("a");
  std::ofstream(file) << "old";
  fs::permissions(file, fs::perms(0644));
  BOOST_TEST(!write_private_file(file, "new", false).has_value());
  BOOST_TEST(text_of(file) == "old");
  BOOST_TEST(write_private_file(file, "new", true).has_value());
  BOOST_TEST(text_of(file) == "new");
  BOOST_TEST(mode_of(file) == 0600u);
  BOOST_TEST(files_in(folder) == 1);
}

BOOST_AUTO_TEST_CASE(a_link_is_not_written_through) {
  const Folder folder;
  const std::string target = folder.file("target");
  const std::string link = folder.file("link");
  fs::create_symlink(target, link);
  BOOST_TEST(!write_private_file(link, "text", false).has_value());
  BOOST_TEST(!fs::exists(target));
  std::ofstream(target) << "old";
  BOOST_TEST(write_private_file(link, "text", true).has_value());
  BOOST_TEST(text_of(target) == "old");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_an_error_that_names_the_file) {
  const auto written = write_private_file("/nonexistent/a", "text", true);
  BOOST_REQUIRE(!written.has_value());
  BOOST_TEST(written.error().text() == "/nonexistent/a: No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
