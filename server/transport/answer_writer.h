// An answer as the octets of HTTP/1.1 (RFC 9112).
#pragma once

#include <string>
#include <string_view>

#include "server/answer.h"

namespace mailconf::server {

// `version` is that of the request, "HTTP/1.1"; `bare` leaves the content out that the header tells of, for HEAD.
std::string write_answer(const Answer& answer, std::string_view version, bool bare, bool keep_alive);

}  // namespace mailconf::server
