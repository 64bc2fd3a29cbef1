// Which mail client asks, as far as its User-Agent tells: for the access log.
#pragma once

#include <string_view>

namespace mailconf::server {

// One of a short list of words, or "other"; never text that the client sent.
std::string_view client_family(std::string_view user_agent);

}  // namespace mailconf::server
