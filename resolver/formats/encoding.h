// Octets of a document as UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "mailconf/result.h"

namespace mailconf {

// By byte order mark, else by the pattern of UTF-16, else by the XML declaration; UTF-8 when nothing says otherwise.
// Reads UTF-8, UTF-16, ISO-8859-1 and US-ASCII; refuses octets that do not follow the encoding, and what no text
// holds (XML 1.0 §2.2). The result has no byte order mark.
Result<std::string> decode_document(std::string_view bytes);

}  // namespace mailconf
