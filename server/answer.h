// What an endpoint answers: a value, written to the connection in one place (exchange.cpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mailconf::server {

struct Answer {
  int status = 200;
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  bool last = false;  // the connection cannot be used any more
  bool sign = false;  // the body is a profile, to be signed where there is a key for that

  [[nodiscard]] const std::string* header(std::string_view name) const;
};

// A sentence for a person who reads it in a browser; never stored by caches.
Answer explain(int status, std::string sentence);
// The same, and the connection ends: where the next request begins is not certain.
Answer explain_and_close(int status, std::string sentence);

}  // namespace mailconf::server
