#include "exports/templates.h"

#include "model/embedded.h"

extern "C" {
extern const char mailconf_export_templates[];
extern const char mailconf_export_templates_end[];
}

namespace mailconf::exports {

std::string_view template_text(std::string_view name) {
  static const auto all = embedded_files(mailconf_export_templates, mailconf_export_templates_end);
  return embedded_text(all, name, ".mustache");
}

}  // namespace mailconf::exports
