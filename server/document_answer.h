// How published documents are answered: cached, tagged and compressed the same way at every endpoint.
#pragma once

#include <string>

#include "server/answer.h"
#include "server/document.h"
#include "server/request.h"

namespace mailconf::server {

// For everybody: tagged, kept by caches, compressed for clients that take it; 304 for those that have it.
Answer public_document(const Request& request, const Document& document, std::string content_type);

// Holds an address: kept by no shared cache, and by no other without asking again; 304 for clients that have it.
Answer personal_document(const Request& request, std::string body, std::string content_type);

// Made for one request: nobody keeps it.
Answer fresh_answer(std::string body, std::string content_type);

}  // namespace mailconf::server
