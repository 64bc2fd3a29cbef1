// Errors as values.
//
// A function that can be given bad input returns Result<T>. The code is closed and meant for
// programs; `place` and `message` are meant for people. What the world refused (a timeout, a 404)
// is not an error here: it is an outcome inside a Report.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace mailconf {

enum class ErrorCode {
  bad_address,      // not an e-mail address or domain name
  bad_url,          // not an absolute URL, or a scheme that is not allowed here
  bad_document,     // a file or answer that does not follow its format
  bad_option,       // an option that cannot be honoured
  too_large,        // over a documented limit
  io,               // a file that cannot be read or written, a socket that cannot be opened
  not_expressible,  // settings that the configuration of another program cannot say
};

struct Error {
  ErrorCode code = ErrorCode::bad_document;
  std::string place;    // file, line, element or option; empty when the message says it all
  std::string message;  // one clause in lower case, without a full stop

  // "place: message", or the message alone.
  [[nodiscard]] std::string text() const { return place.empty() ? message : place + ": " + message; }
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string place, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(place), std::move(message)});
}

}  // namespace mailconf
