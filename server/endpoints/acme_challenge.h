// Answers to the challenges of certificate authorities (RFC 8555 §8.3), which an ACME client of the operator writes.
#pragma once

#include <filesystem>

#include "server/answer.h"
#include "server/request.h"

namespace mailconf::server {

// The file WEBROOT/.well-known/acme-challenge/TOKEN, as `certbot --webroot` and `lego --http.webroot` lay it down.
Answer acme_challenge(const Request& request, const std::filesystem::path& webroot);

}  // namespace mailconf::server
