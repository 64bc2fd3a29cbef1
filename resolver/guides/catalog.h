// The texts of one language: data/pages/lang/LANGUAGE.toml. Every text is a mustache template for the domain's values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mailconf/result.h"
#include "mailconf/settings.h"

namespace mailconf::guides {

struct Section {
  std::string heading;
  std::vector<std::string> text;    // paragraphs
  std::vector<std::string> steps;   // in order
  std::vector<std::string> points;  // in any order
};

// A guide for a program, or an article.
struct Chapter {
  std::string id;
  std::string title;
  std::string platform;               // of a guide
  std::vector<ServerType> protocols;  // of a guide: what the program speaks
  std::string summary;
  std::vector<Section> sections;
};

struct Catalog {
  std::string language;  // "en", as the html element wants it
  std::string name;      // "English", as its speakers call it
  std::map<std::string, std::string, std::less<>> labels;
  std::vector<Chapter> guides;
  std::vector<Chapter> articles;

  // A label that is not there is its own name in brackets: that no catalogue lacks one is tested.
  [[nodiscard]] std::string label(std::string_view key) const;
};

// Fails for what is no TOML, lacks a field, has one of another kind or one that nobody knows.
Result<Catalog> read_catalog(std::string_view language, std::string_view toml);

// English first, then by the alphabet.
const std::vector<Catalog>& catalogs();
// English for a language that there is not.
const Catalog& catalog_of(std::string_view language);
const Chapter* find_chapter(const std::vector<Chapter>& chapters, std::string_view id);

}  // namespace mailconf::guides
