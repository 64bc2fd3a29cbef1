#include "model/embedded.h"

#include <boost/test/unit_test.hpp>
#include <string_view>

using namespace mailconf;

namespace {

constexpr char laid_down[] = "a.txt\0one\ntwo\n\0lang/en.toml\0\0b.txt.old\0three";

std::vector<EmbeddedFile> listed_files() { return embedded_files(std::begin(laid_down), std::end(laid_down)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(embedded)

BOOST_AUTO_TEST_CASE(files_are_listed_with_their_texts_also_an_empty_one) {
  const auto files = listed_files();
  BOOST_TEST_REQUIRE(files.size() == 3U);
  BOOST_TEST(files[0].name == "a.txt");
  BOOST_TEST(files[0].text == "one\ntwo\n");
  BOOST_TEST(files[1].name == "lang/en.toml");
  BOOST_TEST(files[1].text.empty());
  BOOST_TEST(files[2].text == "three");
  BOOST_TEST(embedded_files(laid_down, laid_down).empty());
}

BOOST_AUTO_TEST_CASE(a_text_is_found_by_its_whole_name_alone) {
  const auto files = listed_files();
  BOOST_TEST(embedded_text(files, "a.txt") == "one\ntwo\n");
  BOOST_TEST(embedded_text(files, "a", ".txt") == "one\ntwo\n");
  BOOST_TEST(embedded_text(files, "b.txt").empty());
  BOOST_TEST(embedded_text(files, "b", ".old").empty());
  BOOST_TEST(embedded_text(files, "b.txt", ".old") == "three");
}

BOOST_AUTO_TEST_SUITE_END()
