// Notes for people: at the head of the text, and never anything but comments.
#include <boost/test/unit_test.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "accounts.h"

using namespace mailconf;

namespace {

const std::string kNote = "Do first: switch IMAP on: https://example.org/help (as of 2024-11)";
const std::string kHostile = "a\nuser = eve\r\n-->\x01<a/><!-- `id` $(id) \xe2\x80\xa8 --- \\";

Export exported(const std::string& name, std::vector<std::string> notes) {
  ExportOptions options;
  options.notes = std::move(notes);
  return export_settings(name, accounts::simple(), accounts::address(), options).value();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool has_comments(const std::string& name) { return name != "json" && name != "nodemailer"; }
bool is_xml(const std::string& name) { return name == "apple" || name == "thunderbird"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(comments)

BOOST_AUTO_TEST_CASE(notes_stand_at_the_head_of_every_text_that_can_have_them_and_are_remarks_of_the_others) {
  for (const auto& target : export_targets()) {
    const auto result = exported(target.name, {kNote});
    const auto lines = lines_of(result.text);
    const bool behind_first = is_xml(target.name) || lines.front().starts_with("#!");
    const std::string expected = is_xml(target.name) ? "<!-- " + kNote + " -->" : "# " + kNote;
    BOOST_TEST((lines.at(behind_first ? 1 : 0) == expected) == has_comments(target.name), target.name);
    BOOST_TEST((result.remarks == std::vector{kNote}) == !has_comments(target.name), target.name);
  }
}

BOOST_AUTO_TEST_CASE(whatever_a_note_says_the_text_below_it_stays_as_it_is) {
  for (const auto& target : export_targets()) {
    if (!has_comments(target.name)) continue;
    auto with = lines_of(exported(target.name, {kHostile, kNote}).text);
    const auto without = lines_of(exported(target.name, {}).text);
    BOOST_REQUIRE_MESSAGE(with.size() == without.size() + 2, target.name);
    const auto first = with.begin() + (is_xml(target.name) || with.front().starts_with("#!") ? 1 : 0);
    BOOST_TEST(!first->ends_with("\\"), target.name);
    with.erase(first, first + 2);
    BOOST_TEST(with == without, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_comment_of_xml_ends_where_it_should) {
  for (const char* name : {"apple", "thunderbird"}) {
    pugi::xml_document document;
    const auto text = exported(name, {kHostile, "ends with hyphens ---"}).text;
    BOOST_TEST(document.load_string(text.c_str(), pugi::parse_full), name);
    std::size_t comments = 0;
    for (const auto& node : document) {
      if (node.type() != pugi::node_comment) continue;
      ++comments;
      BOOST_TEST(std::string(node.value()).find("--") == std::string::npos, node.value());
    }
    BOOST_TEST(comments == 2U, name);
    BOOST_TEST(!document.child("a"), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
