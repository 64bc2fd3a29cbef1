// No catalogue has holes: every language has the keys, guides, articles and placeholders of English.
#include <boost/test/unit_test.hpp>
#include <set>

#include "guides/catalog.h"
#include "guides/page_files.h"
#include "subjects.h"

using namespace mailconf::guides;

namespace {

// "{{#oauth2}}" and "{{username}}", each once.
std::set<std::string> tags_of(const std::string& text) {
  std::set<std::string> tags;
  for (auto at = text.find("{{"); at != text.npos; at = text.find("{{", at + 2))
    tags.insert(text.substr(at, text.find("}}", at) - at));
  return tags;
}

void compare_texts(const std::string& place, const std::vector<std::string>& texts,
                   const std::vector<std::string>& english) {
  BOOST_TEST_REQUIRE(texts.size() == english.size(), place << " has " << texts.size() << " texts");
  for (std::size_t i = 0; i < texts.size(); ++i)
    BOOST_TEST(tags_of(texts[i]) == tags_of(english[i]), place << ", placeholders of: " << texts[i]);
}

void compare(const std::string& place, const Chapter& chapter, const Chapter& english) {
  BOOST_TEST_REQUIRE(chapter.id == english.id, place << " is not " << english.id);
  BOOST_TEST(chapter.platform == english.platform, place);
  BOOST_TEST((chapter.protocols == english.protocols), place);
  compare_texts(place, {chapter.title, chapter.summary}, {english.title, english.summary});
  BOOST_TEST_REQUIRE(chapter.sections.size() == english.sections.size(), place);
  for (std::size_t i = 0; i < chapter.sections.size(); ++i) {
    const Section& own = chapter.sections[i];
    const Section& other = english.sections[i];
    const std::string where = place + ", \"" + own.heading + "\"";
    compare_texts(where, {own.heading}, {other.heading});
    compare_texts(where + " text", own.text, other.text);
    compare_texts(where + " steps", own.steps, other.steps);
    compare_texts(where + " points", own.points, other.points);
  }
}

void compare(const std::string& place, const std::vector<Chapter>& chapters, const std::vector<Chapter>& english) {
  BOOST_TEST_REQUIRE(chapters.size() == english.size(), place);
  for (std::size_t i = 0; i < chapters.size(); ++i) compare(place + "/" + english[i].id, chapters[i], english[i]);
}

constexpr auto kTop = "language = \"xx\"\nname = \"X\"\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogs_)

BOOST_AUTO_TEST_CASE(every_file_of_a_language_is_read) {
  std::size_t files = 0;
  for (const auto name : page_file_names()) {
    if (!name.starts_with("lang/")) continue;
    ++files;
    const auto read = read_catalog(name.substr(5, name.size() - 10), page_file(name));
    BOOST_TEST(read.has_value(), (read ? "" : read.error().text()));
  }
  BOOST_TEST(files == catalogs().size());
  BOOST_TEST(catalogs().front().language == "en");
}

BOOST_AUTO_TEST_CASE(every_language_says_what_english_says) {
  const Catalog& english = catalogs().front();
  for (const Catalog& catalog : catalogs()) {
    for (const auto& [key, text] : english.labels) {
      BOOST_TEST_REQUIRE(catalog.labels.contains(key), catalog.language << " lacks the label " << key);
      compare_texts(catalog.language + "/" + key, {catalog.labels.at(key)}, {text});
    }
    BOOST_TEST(catalog.labels.size() == english.labels.size(), catalog.language);
    compare(catalog.language, catalog.guides, english.guides);
    compare(catalog.language, catalog.articles, english.articles);
  }
}

BOOST_AUTO_TEST_CASE(the_guides_and_articles_are_those_that_were_asked_for) {
  std::set<std::string> ids;
  for (const Chapter& guide : catalogs().front().guides) ids.insert(guide.id);
  BOOST_TEST(ids == (std::set<std::string>{"em-client", "evolution", "gmail-app", "ipad", "iphone", "kmail", "mac",
                                           "microsoft-365", "other", "outlook", "outlook-new", "samsung-mail",
                                           "thunderbird", "thunderbird-android"}));
  BOOST_TEST(catalogs().front().articles.size() == 14U);
}

BOOST_AUTO_TEST_CASE(no_text_holds_the_signs_of_an_output_format) {
  for (const auto name : page_file_names()) {
    if (!name.starts_with("lang/")) continue;
    const std::string text(page_file(name));
    for (const char* sign : {"<", "**", "`", "]("}) BOOST_TEST(text.find(sign) == text.npos, name << " holds " << sign);
  }
}

BOOST_AUTO_TEST_CASE(a_key_that_nobody_knows_is_an_error) {
  BOOST_TEST(read_catalog("xx", kTop).has_value());
  const auto read = read_catalog("xx", std::string(kTop) +
                                           "[[guide]]\nid = \"a\"\nname = \"A\"\nplatform = \"any\"\n"
                                           "summary = \"s\"\ncolour = \"red\"\n");
  BOOST_TEST_REQUIRE(!read.has_value());
  BOOST_TEST(read.error().text() == "xx.toml: guide[0].colour is not known");
}

BOOST_AUTO_TEST_CASE(a_missing_text_is_an_error) {
  const auto read = read_catalog("xx", std::string(kTop) + "[[article]]\nid = \"a\"\ntitle = \"A\"\n");
  BOOST_TEST_REQUIRE(!read.has_value());
  BOOST_TEST(read.error().text() == "xx.toml: article[0].summary is missing, or no text");
}

BOOST_AUTO_TEST_CASE(what_is_no_toml_is_an_error_with_its_line) {
  const auto read = read_catalog("xx", "language = \"xx\"\nname = ");
  BOOST_TEST_REQUIRE(!read.has_value());
  BOOST_TEST(read.error().place == "xx.toml, line 2");
}

BOOST_AUTO_TEST_SUITE_END()
