#include "formats/json.h"

#include <utility>

#include "formats/xml.h"
#include "model/text.h"

namespace mailconf::json {
namespace {

constexpr std::size_t step = 2;

class Printer {
 public:
  std::string print(const value& document) && {
    put(document, 0);
    return std::move(result_);
  }

 private:
  void put(const value& node, std::size_t depth) {
    if (const auto* members = node.if_object(); members != nullptr && !members->empty()) return put(*members, depth);
    if (const auto* elements = node.if_array(); elements != nullptr) return put(*elements, depth);
    result_ += boost::json::serialize(node);
  }

  void put(const object& members, std::size_t depth) {
    result_ += '{';
    bool first = true;
    for (const auto& member : members) {
      begin_line(first, depth + 1);
      result_ += boost::json::serialize(boost::json::string(member.key()));
      result_ += ": ";
      put(member.value(), depth + 1);
    }
    end_line(depth, '}');
  }

  // Lists of plain values are short and read better on one line.
  void put(const array& elements, std::size_t depth) {
    const bool spans_lines = !elements.empty() && elements.front().is_object();
    result_ += '[';
    bool first = true;
    for (const auto& element : elements) {
      if (spans_lines) {
        begin_line(first, depth + 1);
      } else if (!std::exchange(first, false)) {
        result_ += ", ";
      }
      put(element, depth + 1);
    }
    spans_lines ? end_line(depth, ']') : result_.push_back(']');
  }

  void begin_line(bool& first, std::size_t depth) {
    if (!std::exchange(first, false)) result_ += ',';
    result_.append("\n").append(depth * step, ' ');
  }

  void end_line(std::size_t depth, char bracket) { result_.append("\n").append(depth * step, ' ') += bracket; }

  std::string result_;
};

}  // namespace

boost::json::string text(std::string_view text) { return boost::json::string(valid_utf8(text)); }

array texts(const std::vector<std::string>& texts) {
  return array_of(texts, [](const std::string& each) { return text(each); });
}

array texts(const std::vector<DomainName>& names) {
  return array_of(names, [](const DomainName& name) { return text(name.ascii()); });
}

array texts(const std::vector<Authentication>& values) {
  return array_of(values, [](Authentication each) { return text(to_string(each)); });
}

std::int64_t milliseconds(Duration duration) { return std::chrono::round<std::chrono::milliseconds>(duration).count(); }

Result<object> parse_object(std::string_view octets) {
  if (octets.size() > xml::largest_document)
    return fail(ErrorCode::too_large, "", "the document is larger than 256 KiB");
  boost::system::error_code error;
  auto document = boost::json::parse(boost::json::string_view(octets.data(), octets.size()), error);
  if (error) return fail(ErrorCode::bad_document, "", "the JSON is not well-formed: " + error.message());
  if (!document.is_object()) return fail(ErrorCode::bad_document, "", "the JSON is no object");
  return std::move(document.get_object());
}

std::string text_of(const object& from, std::string_view name) { return std::string(trim(as_it_stands(from, name))); }

std::string as_it_stands(const object& from, std::string_view name) {
  const auto* const found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::string name_of(const object& from, std::string_view name) {
  constexpr std::size_t longest = 240;
  return std::string(trim(printable(text_of(from, name), longest)));
}

const object* object_of(const object& from, std::string_view name) {
  const auto* const found = from.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

void put_unless_empty(object& to, std::string_view name, std::string_view content) {
  if (!content.empty()) to[name] = text(content);
}

void put_unless_empty(object& to, std::string_view name, array values) {
  if (!values.empty()) to[name] = std::move(values);
}

std::string serialize(const value& document, bool indent) {
  return indent ? Printer().print(document) : boost::json::serialize(document);
}

}  // namespace mailconf::json
