#include <pugixml.hpp>
#include <sstream>

#include "formats/encoding.h"
#include "formats/xml.h"
#include "model/text.h"

namespace mailconf::xml {
namespace {

std::string allowed(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string result;
  for (std::string_view rest = valid; !rest.empty();) {
    const auto character = rest.substr(0, utf8_character(rest));
    result += is_xml_character(character) ? character : "?";
    rest.remove_prefix(character.size());
  }
  return result;
}

}  // namespace

struct Builder::Content {
  pugi::xml_document document;
};

Builder::Builder(std::string_view root, std::string_view doctype) : content_(std::make_unique<Content>()) {
  auto declaration = content_->document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  if (!doctype.empty()) content_->document.append_child(pugi::node_doctype).set_value(std::string(doctype).c_str());
  content_->document.append_child(std::string(root).c_str());
}

Builder::~Builder() = default;

Builder::Node Builder::root() { return Node(content_->document.document_element().internal_object()); }

std::string Builder::text() const {
  std::ostringstream stream;
  content_->document.save(stream, "  ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(stream).str();
}

Builder::Node Builder::Node::child(std::string_view name) {
  return Node(pugi::xml_node(node_).append_child(std::string(name).c_str()).internal_object());
}

Builder::Node& Builder::Node::attribute(std::string_view name, std::string_view value) {
  pugi::xml_node(node_).append_attribute(std::string(name).c_str()) = allowed(value).c_str();
  return *this;
}

Builder::Node& Builder::Node::text(std::string_view text) {
  pugi::xml_node(node_).append_child(pugi::node_pcdata).set_value(allowed(text).c_str());
  return *this;
}

Builder::Node& Builder::Node::leaf(std::string_view name, std::string_view text) {
  if (!text.empty()) child(name).text(text);
  return *this;
}

}  // namespace mailconf::xml
