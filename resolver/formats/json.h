// JSON shared by the readers and writers: one library, one place for its pitfalls.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/report.h"

namespace mailconf::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// Whatever the octets are, the document stays valid UTF-8.
boost::json::string text(std::string_view text);
array texts(const std::vector<std::string>& texts);
array texts(const std::vector<DomainName>& names);
array texts(const std::vector<Authentication>& values);
// Rounded to whole milliseconds.
std::int64_t milliseconds(Duration duration);

// The octets as one object; errors say what they are instead. At most as large as an XML document may be.
Result<object> parse_object(std::string_view octets);
// Empty unless the member is a string; without white space at both ends.
std::string text_of(const object& from, std::string_view name);
// Not trimmed: for what is compared character by character (RFC 8414 §3.3, RFC 9728 §3.3).
std::string as_it_stands(const object& from, std::string_view name);
// The same fit to be shown: one line of bounded length.
std::string name_of(const object& from, std::string_view name);
// Nothing unless the member is an object.
const object* object_of(const object& from, std::string_view name);

// Members that say nothing are left out.
void put_unless_empty(object& to, std::string_view name, std::string_view text);
void put_unless_empty(object& to, std::string_view name, array values);

template <class Range, class Function>
array array_of(const Range& range, Function to_json) {
  array result;
  for (const auto& element : range) result.push_back(to_json(element));
  return result;
}

// The members that servers and services share, in the order of the documentation.
template <class Body>
void put_endpoint(object& to, const Body& body) {
  to["type"] = text(to_string(body.type));
  put_unless_empty(to, "url", body.url);
  if (!body.url.empty()) return;
  to["hostname"] = text(body.hostname);
  to["port"] = body.port;
  to["socketType"] = text(to_string(body.socket_type));
}

// One line, or indented for people.
std::string serialize(const value& document, bool indent);

}  // namespace mailconf::json
