#include "guides/filling.h"

#include <fmt/core.h>

namespace mailconf::guides {
namespace {

class StrictContext : public kainjow::mustache::context<std::string> {
 public:
  explicit StrictContext(const Values* values) : context(values) {}

  const Values* get(const std::string& name) const override {
    const Values* found = context::get(name);
    if (found == nullptr && missing_.empty()) missing_ = name;
    return found;
  }
  const Values* get_partial(const std::string& name) const override {
    const Values* found = context::get_partial(name);
    if (found == nullptr && missing_.empty()) missing_ = name;
    return found;
  }
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  mutable std::string missing_;
};

}  // namespace

Result<std::string> filled(std::string_view text, const Values& values, const TextEscape& escape) {
  kainjow::mustache::mustache page{std::string(text)};
  page.set_custom_escape(escape);
  StrictContext context(&values);
  std::string result = page.is_valid() ? page.render(context) : "";
  if (!page.error_message().empty()) return fail(ErrorCode::bad_document, "", page.error_message());
  if (!context.missing().empty()) {
    return fail(ErrorCode::bad_document, "", fmt::format("a text names \"{}\", which is no value", context.missing()));
  }
  return result;
}

}  // namespace mailconf::guides
