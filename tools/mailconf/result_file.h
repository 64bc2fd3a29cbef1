// A file of results that grows over several runs.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "mailconf/report.h"
#include "result_line.h"

namespace mailconf::cli {

class ResultFile {
 public:
  // Makes the file, with mode 600, or reads what is in it: `known` is called for each whole result. What a run that was
  // cut off left of its last line is removed. Fails for a file that is none of results, and for one that another run is
  // writing; it is then left as it was.
  static Result<ResultFile> open(const std::string& path, ResultFormat format,
                                 const std::function<void(const Report&)>& known);
  ResultFile(ResultFile&& other) noexcept;
  ResultFile& operator=(ResultFile&&) = delete;
  ~ResultFile();

  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  explicit ResultFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace mailconf::cli
