// Conditional requests and content coding (RFC 9110 §8.4, §12.5.3, §13.1.2).
#pragma once

#include <string>
#include <string_view>

namespace mailconf::server {

// The field If-None-Match names `etag`, weakly or strongly, or says "*".
bool names_etag(std::string_view if_none_match, std::string_view etag);

// The field Accept-Encoding allows gzip with a quality above zero.
bool accepts_gzip(std::string_view accept_encoding);

// The entity tag of the coded form of the document that has `etag`.
std::string gzip_etag(const std::string& etag);

}  // namespace mailconf::server
