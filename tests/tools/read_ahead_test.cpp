#include "read_ahead.h"

#include <boost/test/unit_test.hpp>
#include <future>
#include <unistd.h>

using namespace mailconf;
using namespace mailconf::cli;

namespace {

struct Pipe {
  Pipe() { BOOST_REQUIRE(pipe(ends) == 0); }
  ~Pipe() {
    close(ends[0]);
    end();
  }
  // Also from a thread that must not report to the test framework.
  bool put(std::string_view text) const {
    return write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  void end() {
    if (ends[1] >= 0) close(ends[1]);
    ends[1] = -1;
  }
  int ends[2] = {-1, -1};
};

// The next line; waits for it as the callback allows.
class Reader {
 public:
  explicit Reader(int descriptor) : lines_(descriptor, [this] { signal(); }) {}

  std::string next() {
    for (;;) {
      std::unique_lock lock(mutex_);
      const auto line = lines_.next();
      if (const auto* text = std::get_if<std::string>(&line)) return *text;
      if (std::get<Batch::Pause>(line) == Batch::Pause::ended) return "ended";
      told_.wait(lock, [this] { return std::exchange(there_, false); });
    }
  }

 private:
  void signal() {
    {
      const std::lock_guard lock(mutex_);
      there_ = true;
    }
    told_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable told_;
  bool there_ = false;
  ReadAhead lines_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(read_ahead)

BOOST_AUTO_TEST_CASE(all_lines_come_in_order_however_many_there_are) {
  Pipe pipe;
  Reader reader(pipe.ends[0]);
  auto writing = std::async(std::launch::async, [&] {
    bool good = true;
    for (int number = 0; number < 5000; ++number) good = pipe.put(std::to_string(number) + "\n") && good;
    pipe.end();
    return good;
  });
  for (int number = 0; number < 5000; ++number) BOOST_REQUIRE(reader.next() == std::to_string(number));
  BOOST_TEST(reader.next() == "ended");
  BOOST_TEST(reader.next() == "ended");
  BOOST_TEST(writing.get());
}

BOOST_AUTO_TEST_CASE(who_had_nothing_is_told_when_there_is_something) {
  Pipe pipe;
  Reader reader(pipe.ends[0]);
  auto line = std::async(std::launch::async, [&] { return reader.next(); });
  BOOST_REQUIRE(pipe.put("late\n"));
  BOOST_TEST(line.get() == "late");
}

BOOST_AUTO_TEST_CASE(it_can_be_given_up_while_nothing_comes_and_while_too_much_comes) {
  const Pipe silent;
  {
    const ReadAhead lines(silent.ends[0], [] {});
  }
  const Pipe full;
  std::string many;
  for (std::size_t number = 0; number < 2 * ReadAhead::kMost; ++number) many += "line\n";
  BOOST_REQUIRE(full.put(many));
  {
    const ReadAhead lines(full.ends[0], [] {});
  }
}

BOOST_AUTO_TEST_SUITE_END()
