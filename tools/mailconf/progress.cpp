#include "progress.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "display_text.h"

namespace mailconf::cli {
namespace {

constexpr auto kPause = std::chrono::milliseconds(200);  // between two pictures
// Below that a rate is chance.
constexpr double kShortest = 1.0;

std::string time_left(double seconds) {
  const auto whole = static_cast<long>(std::min(seconds, 1e9));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min", whole / 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

std::string progress_text(const Count& count, std::chrono::duration<double> elapsed) {
  const std::size_t done = count.before + count.now;
  std::string text = count.total ? fmt::format("{} of {}", done, *count.total) : fmt::format("{} {}", done, count.noun);
  if (elapsed.count() < kShortest || count.now == 0) return text;
  const double rate = static_cast<double>(count.now) / elapsed.count();
  text += fmt::format("; {:.1f} a second", rate);
  if (count.total && *count.total >= done)
    text += fmt::format("; {} left", time_left(static_cast<double>(*count.total - done) / rate));
  return text;
}

std::optional<std::size_t> lines_ahead(int descriptor) {
  struct stat facts {};
  off_t place = lseek(descriptor, 0, SEEK_CUR);
  if (place < 0 || fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  std::array<char, 65536> octets;
  std::size_t lines = 0;
  bool empty = true;
  for (ssize_t count = 0; (count = pread(descriptor, octets.data(), octets.size(), place)) > 0; place += count) {
    for (const char octet : std::string_view(octets.data(), static_cast<std::size_t>(count))) {
      if (octet == '\n')
        empty = true;
      else if (std::isspace(static_cast<unsigned char>(octet)) == 0 && std::exchange(empty, false))
        ++lines;
    }
  }
  return lines;
}

void Progress::show(const Count& count) {
  const auto now = Clock::now();
  if (drawn_ && now - drawn_at_ < kPause) return;
  drawn_at_ = now;
  drawn_ = true;
  const std::string text = shortened(progress_text(count, now - began_), width_ > 1 ? width_ - 1 : 1, "");
  sink_(fmt::format("\r{}\x1b[K", text));
}

void Progress::erase() {
  if (!drawn_) return;
  drawn_ = false;
  sink_("\r\x1b[K");
}

}  // namespace mailconf::cli
