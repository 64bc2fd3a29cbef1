// How far a long list has got, for people who wait at a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mailconf::cli {

struct Count {
  std::size_t before = 0;  // done by an earlier run
  std::size_t now = 0;
  std::optional<std::size_t> total;
  std::string_view noun = "done";  // where there is no total
};

// "1200 of 30000; 14.5 a second; 33 min left". Without a total nothing is said about what is left.
std::string progress_text(const Count& count, std::chrono::duration<double> elapsed);

// The lines that are not empty between here and the end of a regular file; nothing for any other descriptor. What is
// read later is not affected.
std::optional<std::size_t> lines_ahead(int descriptor);

// One line that is drawn over itself, a few times a second at most and at once after it was erased. Leaves nothing
// behind.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;
  using Sink = std::function<void(std::string_view)>;

  Progress(std::size_t width, Sink sink) : width_(width), sink_(std::move(sink)) {}
  ~Progress() { erase(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const Count& count);
  // To be called before anything else is written to the terminal.
  void erase();

 private:
  std::size_t width_;
  Sink sink_;
  Clock::time_point began_ = Clock::now();
  Clock::time_point drawn_at_;
  bool drawn_ = false;
};

}  // namespace mailconf::cli
