// Whole documents in the style of real providers, with the settings that must come out.
#include <boost/json.hpp>

#include "formats/documents.h"

using namespace mailconf;
using namespace mailconf::test;

namespace {

const std::filesystem::path folder = TEST_DATA "/corpus/autoconfig";

struct Example {
  std::string name;
  std::string document;
  std::string domain;
  boost::json::value settings;
  std::vector<std::string> diagnostics;
};

std::vector<Example> examples() {
  std::vector<Example> result;
  for (const auto& path : xml_files(folder)) {
    auto expected_path = path;
    const auto expected = boost::json::parse(file_contents(expected_path.replace_extension(".json"))).as_object();
    result.push_back({path.filename(), file_contents(path), std::string(expected.at("domain").as_string()),
                      expected.at("settings"),
                      boost::json::value_to<std::vector<std::string>>(expected.at("diagnostics"))});
  }
  return result;
}

std::vector<std::string> told(const ReadSettings& document) {
  std::vector<std::string> result;
  for (const auto& diagnostic : document.diagnostics) result.push_back(diagnostic.code + " " + diagnostic.place);
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(autoconfig_corpus)

BOOST_AUTO_TEST_CASE(X2_each_document_gives_its_settings) {
  const auto all = examples();
  BOOST_TEST(all.size() >= 10U);
  for (const auto& example : all) {
    BOOST_TEST_CONTEXT(example.name) {
      const auto document = read(example.document, example.domain);
      const auto settings = boost::json::parse(write_settings_json(document.settings));
      BOOST_TEST(boost::json::serialize(settings) == boost::json::serialize(example.settings));
      expect_lines(told(document), example.diagnostics);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_was_read_is_written_and_read_again_unchanged) {
  for (const auto& example : examples()) {
    const auto settings = read(example.document, example.domain).settings;
    for (const auto version : {AutoconfigVersion::v1_1, AutoconfigVersion::v1_2}) {
      BOOST_TEST_CONTEXT(example.name) {
        BOOST_TEST((read(write_autoconfig_xml(settings, version), example.domain).settings == settings));
      }
    }
    BOOST_TEST((read_settings_json(write_settings_json(settings))->settings == settings), example.name);
  }
}

BOOST_AUTO_TEST_CASE(X32_a_document_cut_anywhere_is_an_error_not_a_crash) {
  for (const auto& example : examples()) {
    const auto end = example.document.find_last_not_of(std::string_view("\n\r\0", 3));
    for (std::size_t length = 0; length < end; ++length) {
      // A copy of the exact size, so that a sanitizer sees any read beyond the end.
      const std::vector<char> cut(example.document.begin(),
                                  example.document.begin() + static_cast<std::ptrdiff_t>(length));
      const auto result = read_autoconfig_xml({cut.data(), cut.size()}, domain(example.domain));
      BOOST_REQUIRE_MESSAGE(!result, example.name << " cut at " << length << " was accepted");
      BOOST_REQUIRE(!result.error().message.empty());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
