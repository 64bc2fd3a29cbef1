// XML read and written: the one wrapper round the XML library. Reading is for hostile octets: no DOCTYPE and so no
// entities but the five, bounded size and depth, no file and no network.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/result.h"

namespace pugi {
struct xml_node_struct;
}

namespace mailconf::xml {

// The largest autoconfig file in the wild is below 20 KiB.
inline constexpr std::size_t largest_document = 256 * 1024;
// Autoconfig needs five, Autodiscover seven.
inline constexpr int deepest_element = 32;

class Document;

// A view of an element; valid as long as its document. Names are compared without prefix and letter case.
class Element {
 public:
  [[nodiscard]] std::string_view name() const;  // as written, without prefix
  [[nodiscard]] bool is(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> attribute(std::string_view name) const;
  [[nodiscard]] std::vector<Element> children() const;
  [[nodiscard]] std::vector<Element> children(std::string_view name) const;
  [[nodiscard]] std::optional<Element> child(std::string_view name) const;  // the first
  // The text directly in the element, without that of its children: white space trimmed and runs of it one space.
  [[nodiscard]] std::string text() const;
  // The same with the text of all elements inside.
  [[nodiscard]] std::string whole_text() const;
  [[nodiscard]] std::size_t line() const;

 private:
  friend class Document;
  Element(const Document* document, pugi::xml_node_struct* node) : document_(document), node_(node) {}
  const Document* document_;
  pugi::xml_node_struct* node_;
};

class Document {
 public:
  // Errors say what the octets are instead: empty, HTML, JSON, plain text, truncated, not well-formed and where.
  static Result<Document> parse(std::string_view bytes);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  [[nodiscard]] Element root() const;

 private:
  friend class Element;
  struct Content;
  explicit Document(std::unique_ptr<Content> content);
  std::optional<Error> load(std::string_view text);
  [[nodiscard]] std::size_t line_at(std::ptrdiff_t offset) const;
  std::unique_ptr<Content> content_;
};

// A document being written: what cannot stand in XML is replaced, everything else is escaped.
class Builder {
 public:
  class Node {
   public:
    Node child(std::string_view name);
    Node& attribute(std::string_view name, std::string_view value);
    Node& text(std::string_view text);
    // A child that holds nothing but text; none when the text is empty.
    Node& leaf(std::string_view name, std::string_view text);

   private:
    friend class Builder;
    explicit Node(pugi::xml_node_struct* node) : node_(node) {}
    pugi::xml_node_struct* node_;
  };

  // `doctype`: what stands between "<!DOCTYPE " and ">"; none when empty.
  explicit Builder(std::string_view root, std::string_view doctype = {});
  ~Builder();
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  Node root();
  // UTF-8 with a declaration, indented.
  [[nodiscard]] std::string text() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

// The octets are a web page: login portals, parked domains and single-page applications answer every path with one.
bool looks_like_html(std::string_view bytes);

}  // namespace mailconf::xml
