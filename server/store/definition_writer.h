// A domain definition as TOML text, as read_definition() reads it; nothing is checked here.
#pragma once

#include <string>

#include "mailconf/settings.h"

namespace mailconf::server {

// In the order that people read and with the lines of each server together. `registration_url` belongs to
// settings.oauth2; empty when there is none.
std::string definition_text(const Settings& settings, const std::string& registration_url = {});

}  // namespace mailconf::server
