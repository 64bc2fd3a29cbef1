#include "progress.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

#include "tools/folder.h"

using namespace mailconf::cli;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(progress)

BOOST_AUTO_TEST_CASE(with_a_total_the_rate_says_what_is_left) {
  BOOST_TEST(progress_text({0, 100, 1000}, 10s) == "100 of 1000; 10.0 a second; 1 min left");
  BOOST_TEST(progress_text({0, 10, 100'000}, 10s) == "10 of 100000; 1.0 a second; 27 h 46 min left");
  BOOST_TEST(progress_text({0, 50, 100}, 10s) == "50 of 100; 5.0 a second; 10 s left");
}

BOOST_AUTO_TEST_CASE(what_an_earlier_run_did_counts_as_done_and_not_as_speed) {
  BOOST_TEST(progress_text({900, 10, 1000}, 10s) == "910 of 1000; 1.0 a second; 1 min left");
}

BOOST_AUTO_TEST_CASE(without_a_total_nothing_is_said_of_what_is_left) {
  BOOST_TEST(progress_text({0, 20, {}}, 10s) == "20 done; 2.0 a second");
  BOOST_TEST(progress_text({0, 20, {}, "answers"}, 10s) == "20 answers; 2.0 a second");
}

BOOST_AUTO_TEST_CASE(in_the_first_second_there_is_no_rate) {
  BOOST_TEST(progress_text({0, 1, 100}, 500ms) == "1 of 100");
  BOOST_TEST(progress_text({0, 0, 100}, 5s) == "0 of 100");
}

BOOST_AUTO_TEST_CASE(the_lines_of_a_regular_file_are_counted_from_where_it_stands_without_moving_it) {
  const Folder folder;
  std::ofstream(folder.file("list")) << "one\n\n  \ntwo\r\nthree";
  const int descriptor = open(folder.file("list").c_str(), O_RDONLY | O_CLOEXEC);
  BOOST_TEST(lines_ahead(descriptor).value() == 3U);
  BOOST_TEST(lseek(descriptor, 4, SEEK_SET) == 4);
  BOOST_TEST(lines_ahead(descriptor).value() == 2U);
  BOOST_TEST(lseek(descriptor, 0, SEEK_CUR) == 4);
  close(descriptor);
}

BOOST_AUTO_TEST_CASE(of_a_pipe_nobody_knows_the_end) {
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  BOOST_TEST(!lines_ahead(ends[0]).has_value());
  for (const int end : ends) close(end);
}

BOOST_AUTO_TEST_CASE(after_something_else_was_written_it_is_there_again_at_once) {
  std::string drawn;
  Progress progress(40, [&](std::string_view text) { drawn += text; });
  progress.show({0, 1, 10});
  progress.erase();
  drawn += "result\n";
  progress.show({0, 2, 10});
  BOOST_TEST(drawn == "\r1 of 10\x1b[K\r\x1b[Kresult\n\r2 of 10\x1b[K");
}

BOOST_AUTO_TEST_CASE(it_draws_over_itself_seldom_and_leaves_nothing_behind) {
  std::string drawn;
  {
    Progress progress(40, [&](std::string_view text) { drawn += text; });
    for (std::size_t number = 1; number < 100; ++number) progress.show({0, number, 1000});
    BOOST_TEST(drawn == "\r1 of 1000\x1b[K");
  }
  BOOST_TEST(drawn == "\r1 of 1000\x1b[K\r\x1b[K");
}

BOOST_AUTO_TEST_SUITE_END()
