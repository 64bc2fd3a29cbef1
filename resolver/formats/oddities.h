// What readers tolerate in published files: one table, each entry with its own diagnostic.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mailconf/settings.h"

namespace mailconf {

enum class Oddity {
  // The server or service is left out.
  unknown_server_type,
  unknown_service_type,
  missing_value,
  bad_hostname,
  bad_port,
  bad_url,
  bad_username,
  no_known_socket_type,
  no_usable_authentication,
  // The value is ignored or mended.
  unknown_socket_type,
  unknown_authentication,
  login_required,
  plain_socket,
  deprecated_value,
  repeated_element,
  unclosed_placeholder,
  letter_case,
  // About the document.
  missing_id,
  bad_id,
  missing_domain,
  bad_domain,
  domain_not_listed,
  several_providers,
  missing_display_name,
  markup_in_text,
  missing_outgoing,
  bad_page_url,
  bad_oauth2,
};

// The diagnostics of one document.
class Oddities {
 public:
  // `detail` is the offending value or name, made printable here.
  void add(Oddity oddity, std::string place, std::string_view detail = {});

  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  // The first few whose place mentions `part`, as a clause for an error message; empty when there are none.
  [[nodiscard]] std::string reasons(std::string_view part) const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace mailconf
