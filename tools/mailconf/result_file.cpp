#include "result_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "private_file.h"
#include "terminal.h"

namespace mailconf::cli {
namespace {

// Longer than any result: what has no line end by then is no file of results.
constexpr std::size_t kLongestLine = 8 * 1024 * 1024;

// Reads a file of results line by line.
class Contents {
 public:
  Contents(ResultFormat format, const std::function<void(const Report&)>& known) : format_(format), known_(known) {}

  Result<void> read(int descriptor);
  // So many octets are whole lines.
  [[nodiscard]] off_t whole() const { return whole_; }

 private:
  Result<void> take_lines();
  Result<void> take(std::string_view line);
  [[nodiscard]] bool could_be_a_beginning() const;

  ResultFormat format_;
  const std::function<void(const Report&)>& known_;
  std::string text_;  // not taken yet
  off_t whole_ = 0;
  std::size_t number_ = 0;  // of the line
};

Result<void> Contents::read(int descriptor) {
  std::array<char, 65536> octets;
  for (;;) {
    const ssize_t count = ::read(descriptor, octets.data(), octets.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(ErrorCode::io, "", std::strerror(errno));
    if (count == 0) break;
    text_.append(octets.data(), static_cast<std::size_t>(count));
    if (auto taken = take_lines(); !taken) return taken;
    if (text_.size() > kLongestLine) return fail(ErrorCode::bad_document, std::to_string(number_ + 1), "it has no end");
  }
  // What is torn is only removed where it is the beginning of a result: never from a file of another kind.
  if (!could_be_a_beginning())
    return fail(ErrorCode::bad_document, std::to_string(number_ + 1), "it is no result of a search");
  return {};
}

Result<void> Contents::take_lines() {
  std::size_t begin = 0;
  for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', begin)) {
    ++number_;
    auto taken = take(std::string_view(text_).substr(begin, end - begin));
    if (!taken) return fail(taken.error().code, std::to_string(number_), taken.error().message);
    whole_ += static_cast<off_t>(end + 1 - begin);
    begin = end + 1;
  }
  text_.erase(0, begin);
  return {};
}

Result<void> Contents::take(std::string_view line) {
  const std::string header = header_line(format_);
  if (number_ == 1 && !header.empty()) {
    if (line == std::string_view(header).substr(0, header.size() - 1)) return {};
    return fail(ErrorCode::bad_document, "", "it is not the line of column names");
  }
  const auto report = read_result_line(line, format_);
  if (!report) return tl::unexpected(report.error());
  known_(*report);
  return {};
}

bool Contents::could_be_a_beginning() const {
  if (format_ == ResultFormat::ndjson) return text_.empty() || text_.front() == '{';
  return number_ > 0 || header_line(format_).starts_with(text_);
}

}  // namespace

Result<ResultFile> ResultFile::open(const std::string& path, ResultFormat format,
                                    const std::function<void(const Report&)>& known) {
  ResultFile file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, kPrivate));
  if (file.descriptor_ < 0) return file_failure(path);
  struct stat facts {};
  if (fstat(file.descriptor_, &facts) != 0) return file_failure(path);
  if (!S_ISREG(facts.st_mode)) return fail(ErrorCode::io, path, "is no regular file");
  if (flock(file.descriptor_, LOCK_EX | LOCK_NB) != 0) return fail(ErrorCode::io, path, "another run is writing it");
  Contents contents(format, known);
  const auto read = contents.read(file.descriptor_);
  if (!read) {
    const auto& place = read.error().place;
    return fail(read.error().code, place.empty() ? path : fmt::format("{}:{}", path, place), read.error().message);
  }
  if (ftruncate(file.descriptor_, contents.whole()) != 0) return file_failure(path);
  if (contents.whole() == 0 && !write_all(file.descriptor_, header_line(format))) return file_failure(path);
  return file;
}

ResultFile::ResultFile(ResultFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

ResultFile::~ResultFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace mailconf::cli
