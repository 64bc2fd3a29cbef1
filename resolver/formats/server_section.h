// The body that servers and services of autoconfig XML share (draft-ietf-mailmaint-autoconfig-06 §4.2).
#pragma once

#include <optional>
#include <string>

#include "formats/oddities.h"
#include "formats/xml.h"
#include "mailconf/settings.h"

namespace mailconf {

// An element of the document and what it is called in diagnostics: "incomingServer 2".
struct Section {
  xml::Element element;
  std::string label;

  [[nodiscard]] std::string place() const;
};

// Nothing, and a diagnostic, for a section that cannot be used.
std::optional<Server> read_incoming_server(const Section& section, Oddities& oddities);
std::optional<Server> read_outgoing_server(const Section& section, Oddities& oddities);

// Calendars, address books and the like: what the element describes when it is not mail.
bool is_service_element(const xml::Element& element);
std::optional<Service> read_service(const Section& section, Oddities& oddities);

// "line 12, incomingServer 2".
std::string place_of(const xml::Element& element, std::string_view label);

}  // namespace mailconf
