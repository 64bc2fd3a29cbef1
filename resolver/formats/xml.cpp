#include "formats/xml.h"

#include <algorithm>
#include <fmt/core.h>
#include <pugixml.hpp>

#include "formats/encoding.h"
#include "model/text.h"

namespace mailconf::xml {
namespace {

// What is looked at to tell what kind of text it is.
constexpr std::size_t head = 1024;

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

bool is_text(pugi::xml_node_type type) { return type == pugi::node_pcdata || type == pugi::node_cdata; }

std::string collapsed(std::string_view text) {
  std::string result;
  for (const char c : trim(text)) {
    const bool white = std::string_view(" \t\r\n").find(c) != std::string_view::npos;
    if (!white) result.push_back(c);
    if (white && !result.ends_with(' ')) result.push_back(' ');
  }
  return result;
}

void append_text(std::string& to, const pugi::xml_node& node, bool whole) {
  for (const auto& child : node.children()) {
    if (is_text(child.type())) to += child.value();
    if (whole && child.type() == pugi::node_element) append_text(to, child, whole);
  }
}

// Names and messages of the XML library stay here.
std::string_view meaning_of(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_end_element_mismatch:
      return "an end tag does not match its start tag";
    case pugi::status_bad_start_element:
      return "a start tag is malformed";
    case pugi::status_bad_end_element:
      return "an end tag is malformed";
    case pugi::status_bad_attribute:
      return "an attribute is malformed";
    case pugi::status_bad_comment:
      return "a comment is malformed";
    case pugi::status_bad_cdata:
      return "a CDATA section is malformed";
    case pugi::status_bad_pi:
      return "a processing instruction is malformed";
    case pugi::status_bad_doctype:
      return "a DOCTYPE is not allowed";
    case pugi::status_no_document_element:
      return "there is no element";
    default:
      return "the XML is not well-formed";
  }
}

// What the text is when it cannot be XML, or nothing.
std::string_view other_kind(std::string_view text) {
  if (text.empty()) return "the document is empty";
  if (looks_like_html(text)) return "this is an HTML page, not XML";
  if (text.front() == '{' || text.front() == '[') return "this is JSON, not XML";
  if (text.front() != '<') return "this is plain text, not XML";
  return {};
}

class DepthCheck : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    too_deep_ = node.type() == pugi::node_element && depth() >= deepest_element;
    return !too_deep_;
  }
  [[nodiscard]] bool too_deep() const { return too_deep_; }

 private:
  bool too_deep_ = false;
};

}  // namespace

struct Document::Content {
  std::vector<std::ptrdiff_t> line_ends;
  pugi::xml_document document;
};

Document::Document(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::size_t Document::line_at(std::ptrdiff_t offset) const {
  const auto& ends = content_->line_ends;
  return 1 + static_cast<std::size_t>(std::ranges::lower_bound(ends, offset) - ends.begin());
}

Result<Document> Document::parse(std::string_view bytes) {
  if (bytes.size() > largest_document)
    return fail(ErrorCode::too_large, "", fmt::format("the document is larger than {} KiB", largest_document / 1024));
  const auto text = decode_document(bytes);
  if (!text) return tl::unexpected(text.error());
  if (const auto kind = other_kind(trim(*text)); !kind.empty())
    return fail(ErrorCode::bad_document, "", std::string(kind));
  Document document(std::make_unique<Content>());
  if (auto error = document.load(*text)) return tl::unexpected(*std::move(error));
  return document;
}

std::optional<Error> Document::load(std::string_view text) {
  auto& [line_ends, document] = *content_;
  for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
    line_ends.push_back(static_cast<std::ptrdiff_t>(at));
  const auto error = [&](std::ptrdiff_t offset, std::string_view message) {
    return Error{ErrorCode::bad_document, fmt::format("line {}", line_at(offset)), std::string(message)};
  };
  constexpr unsigned options = pugi::parse_default | pugi::parse_doctype;
  const auto parsed = document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8);
  for (const auto& node : document.children()) {
    if (node.type() == pugi::node_doctype) return error(node.offset_debug(), meaning_of(pugi::status_bad_doctype));
  }
  const bool at_end = static_cast<std::size_t>(parsed.offset) + 1 >= text.size();
  if (!parsed) return error(parsed.offset, at_end ? "the document is truncated" : meaning_of(parsed.status));
  const auto second = document.document_element().next_sibling();
  if (second) return error(second.offset_debug(), "something follows the root element");
  DepthCheck depth;
  document.traverse(depth);
  if (!depth.too_deep()) return std::nullopt;
  return Error{ErrorCode::too_large, "", fmt::format("elements are nested deeper than {}", deepest_element)};
}

Element Document::root() const { return {this, content_->document.document_element().internal_object()}; }

std::string_view Element::name() const { return local_name(pugi::xml_node(node_).name()); }

bool Element::is(std::string_view name) const { return equal_ignoring_case(this->name(), name); }

std::optional<std::string> Element::attribute(std::string_view name) const {
  for (const auto& attribute : pugi::xml_node(node_).attributes()) {
    if (equal_ignoring_case(local_name(attribute.name()), name)) return collapsed(attribute.value());
  }
  return std::nullopt;
}

std::vector<Element> Element::children() const {
  std::vector<Element> result;
  for (const auto& node : pugi::xml_node(node_).children()) {
    if (node.type() == pugi::node_element) result.push_back({document_, node.internal_object()});
  }
  return result;
}

std::vector<Element> Element::children(std::string_view name) const {
  auto result = children();
  std::erase_if(result, [&](const Element& element) { return !element.is(name); });
  return result;
}

std::optional<Element> Element::child(std::string_view name) const {
  const auto named = children(name);
  return named.empty() ? std::nullopt : std::optional(named.front());
}

std::string Element::text() const {
  std::string result;
  append_text(result, pugi::xml_node(node_), false);
  return collapsed(result);
}

std::string Element::whole_text() const {
  std::string result;
  append_text(result, pugi::xml_node(node_), true);
  return collapsed(result);
}

std::size_t Element::line() const { return document_->line_at(pugi::xml_node(node_).offset_debug()); }

bool looks_like_html(std::string_view bytes) {
  const auto start = to_lower(trim(bytes).substr(0, head));
  if (start.find("<clientconfig") != start.npos) return false;
  return start.find("<!doctype html") != start.npos || start.find("<html") != start.npos ||
         start.starts_with("<head") || start.starts_with("<body");
}

}  // namespace mailconf::xml
