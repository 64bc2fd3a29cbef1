#include "driver/policy_file.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

using namespace mailconf;
namespace fs = std::filesystem;

namespace {

// A folder of the test's own, gone when the test is over.
struct Folder {
  Folder() : path(fs::temp_directory_path() / ("mailconf-policy-" + std::to_string(::getpid()))) {
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void put(const std::string& name, const std::string& contents) const { std::ofstream(path / name) << contents; }

  fs::path path;
};

const DomainName domain = *DomainName::parse("example.org");

}  // namespace

BOOST_AUTO_TEST_SUITE(policy_file)

BOOST_AUTO_TEST_CASE(the_file_of_the_domain_is_read) {
  const Folder folder;
  folder.put("example.org.xml", "<clientConfig/>");
  const auto file = read_policy_file(folder.path.string(), domain);
  BOOST_REQUIRE(file && *file);
  BOOST_TEST((*file)->contents == "<clientConfig/>");
  BOOST_TEST((*file)->path == (folder.path / "example.org.xml").string());
}

BOOST_AUTO_TEST_CASE(no_folder_and_no_file_are_no_error) {
  const Folder folder;
  folder.put("example.net.xml", "<clientConfig/>");
  for (const auto& path : {std::string(), folder.path.string(), (folder.path / "nowhere").string()}) {
    const auto file = read_policy_file(path, domain);
    BOOST_TEST((file && !*file), path);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_used_is_not_passed_over) {
  const Folder folder;
  fs::create_directory(folder.path / "example.org.xml");
  const auto folder_in_its_place = read_policy_file(folder.path.string(), domain);
  BOOST_REQUIRE(!folder_in_its_place);
  BOOST_TEST(folder_in_its_place.error().message == "is not a regular file");
  fs::remove(folder.path / "example.org.xml");
  folder.put("example.org.xml", std::string(300 * 1024, ' '));
  const auto huge = read_policy_file(folder.path.string(), domain);
  BOOST_REQUIRE(!huge);
  BOOST_TEST((huge.error().code == ErrorCode::too_large));
}

BOOST_AUTO_TEST_SUITE_END()
