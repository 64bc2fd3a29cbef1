#include "line_reader.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string_view>
#include <unistd.h>

using mailconf::cli::LineReader;

namespace {

struct Pipe {
  std::array<int, 2> ends{};
  Pipe() { BOOST_REQUIRE(pipe(ends.data()) == 0); }
  ~Pipe() {
    close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
  }
  void put(std::string_view text) const {
    BOOST_REQUIRE(write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void end() {
    close(ends[1]);
    ends[1] = -1;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(line_reader)

BOOST_AUTO_TEST_CASE(lines_end_with_lf_or_crlf_and_the_last_may_lack_it) {
  Pipe pipe;
  pipe.put("one\r\ntwo\n\nthree");
  pipe.end();
  LineReader lines(pipe.ends[0], {});
  for (const char* expected : {"one", "two", "", "three"}) BOOST_TEST(lines.next().value() == expected);
  BOOST_TEST(!lines.next().has_value());
  BOOST_TEST(!lines.next().has_value());
}

BOOST_AUTO_TEST_CASE(a_line_is_given_before_the_input_ends) {
  Pipe pipe;
  pipe.put("one\ntw");
  LineReader lines(pipe.ends[0], {});
  BOOST_TEST(lines.next().value() == "one");
  pipe.put("o\n");
  BOOST_TEST(lines.next().value() == "two");
}

BOOST_AUTO_TEST_CASE(a_line_without_end_is_cut_and_the_next_one_is_whole) {
  Pipe pipe;
  pipe.put(std::string(20000, 'x') + "\nnext\n");
  LineReader lines(pipe.ends[0], {});
  BOOST_TEST(lines.next().value().size() == LineReader::kLongest);
  BOOST_TEST(lines.next().value() == "next");
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_the_waiting) {
  Pipe pipe;
  std::stop_source stop;
  LineReader lines(pipe.ends[0], stop.get_token());
  stop.request_stop();
  BOOST_TEST(!lines.next().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
