#include "formats/encoding.h"

#include <algorithm>
#include <cstdint>
#include <fmt/core.h>

#include "model/text.h"

namespace mailconf {
namespace {

std::uint8_t octet(std::string_view bytes, std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); }

void append_utf8(std::string& to, std::uint32_t code_point) {
  const auto put = [&](std::uint32_t value) { to.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xc0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3f));
  } else if (code_point < 0x10000) {
    put(0xe0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3f));
    put(0x80 | (code_point & 0x3f));
  } else {
    put(0xf0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3f));
    put(0x80 | ((code_point >> 6) & 0x3f));
    put(0x80 | (code_point & 0x3f));
  }
}

enum class Endian { little, big };

// RFC 2781 §2.2. A lone surrogate or an odd number of octets is broken.
Result<std::string> from_utf16(std::string_view bytes, Endian endian) {
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const std::uint32_t first = octet(bytes, i);
    const std::uint32_t second = octet(bytes, i + 1);
    return endian == Endian::big ? first << 8 | second : second << 8 | first;
  };
  const auto is_surrogate = [](std::uint32_t value, std::uint32_t kind) { return (value & 0xfc00) == kind; };
  if (bytes.size() % 2 != 0) return fail(ErrorCode::bad_document, "", "the UTF-16 text ends inside a character");
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::uint32_t code_point = unit(i);
    const bool pair = is_surrogate(code_point, 0xd800) && i + 2 < bytes.size() && is_surrogate(unit(i + 2), 0xdc00);
    if (pair) {
      code_point = 0x10000 + ((code_point & 0x3ff) << 10) + (unit(i + 2) & 0x3ff);
      i += 2;
    } else if ((code_point & 0xf800) == 0xd800) {
      return fail(ErrorCode::bad_document, "", "the text is not valid UTF-16");
    }
    append_utf8(result, code_point);
  }
  return result;
}

std::string from_latin1(std::string_view bytes) {
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); ++i) append_utf8(result, octet(bytes, i));
  return result;
}

// The encoding that an XML declaration names, in lower case; empty without one.
std::string declared_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return {};
  const auto declaration = bytes.substr(0, bytes.find("?>"));
  const auto key = declaration.find("encoding");
  if (key == declaration.npos) return {};
  const auto open = declaration.find_first_of("\"'", key);
  if (open == declaration.npos) return {};
  const auto close = declaration.find(declaration[open], open + 1);
  if (close == declaration.npos) return {};
  return to_lower(trim(declaration.substr(open + 1, close - open - 1)));
}

std::string at_line(std::string_view text, std::size_t offset) {
  return fmt::format("line {}", 1 + std::ranges::count(text.substr(0, offset), '\n'));
}

Result<std::string> checked(std::string text) {
  const std::string_view all = text;
  for (std::size_t i = 0; i < all.size();) {
    const auto length = utf8_character(all.substr(i));
    if (length == 0) return fail(ErrorCode::bad_document, at_line(all, i), "the text is not valid UTF-8");
    if (!is_xml_character(all.substr(i, length)))
      return fail(ErrorCode::bad_document, at_line(all, i), "a control character stands here: is this a binary file?");
    i += length;
  }
  return text;
}

Result<std::string> from_declared(std::string_view bytes) {
  const auto encoding = declared_encoding(bytes);
  if (encoding == "iso-8859-1" || encoding == "latin1") return from_latin1(bytes);
  // A declaration may be wrong in a text that says itself what it is.
  const bool utf8 = encoding.empty() || encoding == "utf-8" || encoding == "utf8" || encoding == "us-ascii";
  if (!utf8 && valid_utf8(bytes) != bytes)
    return fail(ErrorCode::bad_document, "line 1",
                fmt::format("the encoding \"{}\" is not supported", printable(encoding, 40)));
  return std::string(bytes);
}

Result<std::string> decoded(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) return std::string(bytes.substr(3));
  if (bytes.starts_with("\xff\xfe")) return from_utf16(bytes.substr(2), Endian::little);
  if (bytes.starts_with("\xfe\xff")) return from_utf16(bytes.substr(2), Endian::big);
  if (bytes.starts_with(std::string_view("<\0", 2))) return from_utf16(bytes, Endian::little);
  if (bytes.starts_with(std::string_view("\0<", 2))) return from_utf16(bytes, Endian::big);
  return from_declared(bytes);
}

}  // namespace

bool is_xml_character(std::string_view character) {
  if (character.size() > 1) return character != "\xef\xbf\xbe" && character != "\xef\xbf\xbf";
  return octet(character, 0) >= 0x20 || character == "\t" || character == "\n" || character == "\r";
}

Result<std::string> decode_document(std::string_view bytes) { return decoded(bytes).and_then(checked); }

}  // namespace mailconf
