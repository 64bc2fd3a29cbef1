#include "result_file.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "tools/folder.h"
#include "tools/hand_made.h"

using namespace mailconf;
using namespace mailconf::cli;

namespace {

constexpr ResultFormat kFormats[] = {ResultFormat::ndjson, ResultFormat::csv};

// A file with all hand-made reports.
std::string whole_file(ResultFormat format) {
  std::string text = header_line(format);
  for (const auto& [name, report] : hand_made::all()) text += result_line(report, format);
  return text;
}

struct Opened {
  std::vector<Report> known;
  std::string error;
};

Opened opened(const std::string& path, ResultFormat format) {
  Opened result;
  const auto file = ResultFile::open(path, format, [&](const Report& report) { result.known.push_back(report); });
  if (!file) result.error = file.error().text();
  return result;
}

Opened opened_with(const std::string& text, ResultFormat format, std::string* left = nullptr) {
  const Folder folder;
  const std::string path = folder.file("results");
  std::ofstream(path) << text;
  auto result = opened(path, format);
  if (left != nullptr) *left = text_of(path);
  const std::size_t place = result.error.find(path);
  if (place == 0) result.error.erase(0, path.size());
  return result;
}

std::string beginning(const std::string& text, std::size_t lines) {
  std::size_t end = 0;
  for (; lines > 0; --lines) end = text.find('\n', end) + 1;
  return text.substr(0, end);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(result_file)

BOOST_AUTO_TEST_CASE(what_was_written_is_known_again_with_its_status_and_trust) {
  const auto all = hand_made::all();
  for (const auto format : kFormats) {
    const auto file = opened_with(whole_file(format), format);
    BOOST_TEST(file.error == "");
    BOOST_REQUIRE(file.known.size() == all.size());
    for (std::size_t index = 0; index < all.size(); ++index) {
      const auto& [name, report] = all[index];
      if (name != "hostile") BOOST_TEST(file.known[index].address == report.address, name);
      BOOST_TEST(to_string(file.known[index].status) == to_string(report.status), name);
      BOOST_TEST(to_string(file.known[index].best.trust) == to_string(report.best.trust), name);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_new_file_is_for_its_owner_alone_and_begins_with_the_header) {
  for (const auto format : kFormats) {
    const Folder folder;
    const std::string path = folder.file("results");
    BOOST_TEST(opened(path, format).error == "");
    BOOST_TEST(text_of(path) == header_line(format));
    struct stat facts {};
    BOOST_REQUIRE(stat(path.c_str(), &facts) == 0);
    BOOST_TEST((facts.st_mode & 0777U) == 0600U);
  }
}

BOOST_AUTO_TEST_CASE(wherever_a_file_was_torn_the_whole_lines_stay_and_the_rest_goes) {
  for (const auto format : kFormats) {
    const std::string text =
        header_line(format) + result_line(hand_made::found(), format) + result_line(hand_made::not_found(), format);
    for (std::size_t size = 0; size <= text.size(); ++size) {
      const std::string torn = text.substr(0, size);
      const std::size_t end = torn.rfind('\n');
      const std::string whole = end == std::string::npos ? "" : torn.substr(0, end + 1);
      std::string left;
      const auto file = opened_with(torn, format, &left);
      BOOST_REQUIRE_MESSAGE(file.error.empty(), file.error << " after " << size << " octets");
      BOOST_REQUIRE(left == (whole.empty() ? header_line(format) : whole));
    }
  }
}

struct Bad {
  ResultFormat format;
  const char* text;
  const char* error;
};
std::ostream& operator<<(std::ostream& out, const Bad& bad) { return out << bad.text; }

const Bad kBad[]{
    {ResultFormat::ndjson, "alice@example.org\nbob@example.org\n", ":1: the JSON is not well-formed"},
    {ResultFormat::ndjson, "alice@example.org", ":1: it is no result of a search"},
    {ResultFormat::ndjson, "[]\n", ":1: the JSON is no object"},
    {ResultFormat::ndjson, "{\"address\": \"a@b.example\"}\n", ":1: it is no result of a search"},
    {ResultFormat::ndjson, "{\"status\": \"splendid\", \"trust\": \"confirm\"}\n", ":1: it is no result of a search"},
    {ResultFormat::csv, "alice@example.org\n", ":1: it is not the line of column names"},
    {ResultFormat::csv, "alice@example.org", ":1: it is no result of a search"},
};

BOOST_DATA_TEST_CASE(a_file_of_another_kind_is_refused_and_left_as_it_was, kBad) {
  std::string left;
  const auto file = opened_with(sample.text, sample.format, &left);
  BOOST_TEST(file.error.starts_with(sample.error), file.error);
  BOOST_TEST(left == sample.text);
}

BOOST_AUTO_TEST_CASE(a_bad_line_amid_good_ones_is_named_by_its_number) {
  for (const auto format : kFormats) {
    const std::string good = whole_file(format);
    const auto file =
        opened_with(beginning(good, 3) + "{\"torn\": \n" + good.substr(beginning(good, 3).size()), format);
    BOOST_TEST(file.error.starts_with(":4: "), file.error);
  }
}

BOOST_AUTO_TEST_CASE(two_runs_do_not_write_one_file) {
  const Folder folder;
  const std::string path = folder.file("results");
  const auto first = ResultFile::open(path, ResultFormat::ndjson, [](const Report&) {});
  BOOST_REQUIRE(first.has_value());
  BOOST_TEST(opened(path, ResultFormat::ndjson).error == path + ": another run is writing it");
}

BOOST_AUTO_TEST_CASE(what_is_no_regular_file_is_refused) {
  BOOST_TEST(opened("/dev/null", ResultFormat::ndjson).error == "/dev/null: is no regular file");
  BOOST_TEST(opened("/nonexistent/results", ResultFormat::ndjson).error ==
             "/nonexistent/results: No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
