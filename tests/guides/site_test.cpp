// A site of files: everything that a page links is there.
#include <boost/test/unit_test.hpp>
#include <set>

#include "subjects.h"

using namespace subjects;

namespace {

std::set<std::string> values_of(const std::string& text, const std::string& attribute) {
  std::set<std::string> values;
  const std::string begin = attribute + "=\"";
  for (auto at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
    const auto start = at + begin.size();
    values.insert(text.substr(start, text.find('"', start) - start));
  }
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(site)

BOOST_AUTO_TEST_CASE(every_link_leads_to_a_file) {
  auto subjects = all();
  subjects.push_back(without_encryption());
  for (const GuideSubject& subject : subjects) {
    const auto files = write_site(subject);
    BOOST_TEST_REQUIRE(files.has_value(), (files ? "" : files.error().text()));
    std::set<std::string> names;
    for (const SiteFile& file : *files) BOOST_TEST(names.insert(file.name).second, file.name << " is there twice");
    BOOST_TEST(names.contains("index.html"));
    for (const SiteFile& file : *files) {
      for (const auto& link : values_of(file.text, "href")) {
        const bool elsewhere = link.find(':') != link.npos || link.starts_with('#');
        const auto name = link.substr(0, link.find('#'));
        BOOST_TEST((elsewhere || names.contains(name)), file.name << " links " << link);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(it_has_every_guide_for_both_protocols_and_every_article_in_every_language) {
  const auto files = write_site(subject());
  BOOST_TEST_REQUIRE(files.has_value());
  const auto count = guide_languages().size() * (2 * (guide_titles("en").size() + 1) + article_titles("en").size()) + 2;
  BOOST_TEST(files->size() == count);
}

BOOST_AUTO_TEST_CASE(a_site_without_encrypted_servers_has_no_guides) {
  const auto files = write_site(without_encryption());
  BOOST_TEST_REQUIRE(files.has_value());
  for (const SiteFile& file : *files) BOOST_TEST(!file.name.starts_with("guide-"));
}

BOOST_AUTO_TEST_SUITE_END()
