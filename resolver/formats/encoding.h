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

// The UTF-8 character may stand in XML, escaped or not (XML 1.0 §2.2): no control characters but tab and line ends.
bool is_xml_character(std::string_view character);

}  // namespace mailconf
