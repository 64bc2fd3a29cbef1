#include "exports/templates.h"

// Laid down by templates.S.
extern "C" {
extern const char mailconf_export_templates[];
extern const char mailconf_export_templates_end[];
}

namespace mailconf::exports {
namespace {

std::string_view take_string(std::string_view& rest) {
  const std::string_view text = rest.substr(0, rest.find('\0'));
  rest.remove_prefix(text.size() + 1);
  return text;
}

}  // namespace

std::string_view template_text(std::string_view name) {
  const char* const begin = mailconf_export_templates;
  std::string_view rest(begin, static_cast<std::size_t>(mailconf_export_templates_end - begin));
  while (!rest.empty()) {
    const std::string_view found = take_string(rest);
    const std::string_view text = take_string(rest);
    if (found == name) return text;
  }
  return {};
}

}  // namespace mailconf::exports
