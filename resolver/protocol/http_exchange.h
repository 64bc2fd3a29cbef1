// One HTTP/1.1 exchange as bytes: the request written, the response read as it arrives (Beast's parser inside).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/question.h"

namespace mailconf {

// A GET or POST with Connection: close, a neutral User-Agent and Accept for XML and JSON.
std::string http_request(const HttpQuestion& question);

class HttpResponseReader {
 public:
  HttpResponseReader();
  ~HttpResponseReader();
  HttpResponseReader(HttpResponseReader&&) noexcept;
  HttpResponseReader& operator=(HttpResponseReader&&) noexcept;

  // Takes the next bytes; an answer once the message is complete or can no longer become one (Failure nonsense,
  // too_large). Only a success (2xx) has a body worth waiting for: any other status is answered at the end of its
  // header. Octets behind the message are left alone, since the connection is used once.
  std::optional<Answer> feed(std::string_view bytes);
  // The peer closed: completes a message delimited by close, else Failure closed.
  Answer close();

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace mailconf
