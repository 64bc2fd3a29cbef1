#include "result_line.h"

#include <boost/test/unit_test.hpp>

#include "tools/hand_made.h"

using namespace mailconf;
using namespace mailconf::cli;

namespace {

Report about(const std::string& address) {
  Report report;
  report.address = address;
  report.domain = "example.org";
  report.status = Status::not_found;
  return report;
}

std::string address_read(const std::string& address, ResultFormat format) {
  std::string line = result_line(about(address), format);
  line.pop_back();
  return read_result_line(line, format).value().address;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(result_lines)

BOOST_AUTO_TEST_CASE(every_result_is_one_line_whatever_strangers_put_into_it) {
  for (const auto format : {ResultFormat::ndjson, ResultFormat::csv}) {
    for (const auto& [name, report] : hand_made::all()) {
      const std::string line = result_line(report, format);
      BOOST_TEST(line.find('\n') + 1 == line.size(), name);
      BOOST_TEST(line.find('\r') == std::string::npos, name);
      BOOST_TEST(line.find('\x1b') == std::string::npos, name);
    }
  }
}

BOOST_AUTO_TEST_CASE(csv_has_the_best_server_of_each_direction) {
  BOOST_TEST(result_line(about("alice@example.org"), ResultFormat::csv) ==
             "alice@example.org,example.org,not-found,confirm,,,,,,,,,,,,0\n");
  const Report found = hand_made::found();
  const auto& incoming = found.best.incoming.front().server;
  const std::string line = result_line(found, ResultFormat::csv);
  BOOST_TEST(line.find("," + incoming.hostname + "," + std::to_string(incoming.port) + ",") != std::string::npos, line);
}

BOOST_AUTO_TEST_CASE(csv_fields_cannot_be_taken_for_formulas) {
  for (const char* address : {"=cmd()@example.org", "+1@example.org", "-1@example.org", "@example.org"}) {
    const std::string line = result_line(about(address), ResultFormat::csv);
    BOOST_TEST(line.starts_with("\"'"), line);
    BOOST_TEST(address_read(address, ResultFormat::csv) == address);
  }
}

BOOST_AUTO_TEST_CASE(whose_result_a_line_is_survives_writing_and_reading) {
  for (const auto format : {ResultFormat::ndjson, ResultFormat::csv}) {
    for (const char* address : {"alice@example.org", "\"a,b\"@example.org", "\"a\\\"b\"@example.org", "'a@example.org",
                                "jörg@example.org", ""})
      BOOST_TEST(address_read(address, format) == address);
  }
}

BOOST_AUTO_TEST_SUITE_END()
