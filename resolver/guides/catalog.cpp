#include "guides/catalog.h"

#include <algorithm>
#include <fmt/core.h>
#include <set>
#include <toml++/toml.h>

#include "guides/page_files.h"

namespace mailconf::guides {
namespace {

// A table that is read to its end: what is left over is a mistake of whoever wrote the text.
class TextTable {
 public:
  TextTable(const toml::table& table, std::string place) : table_(table), place_(std::move(place)) {}

  std::string text(std::string_view key) {
    const auto value = table(key).value<std::string>();
    if (!value || value->empty()) complain(key, "is missing, or no text");
    return value.value_or("");
  }

  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> result;
    const auto* array = table(key).as_array();
    if (array == nullptr) {
      if (table_.contains(key)) complain(key, "is no list");
      return result;
    }
    for (const auto& element : *array) {
      const auto* const one = element.as_string();
      if (one == nullptr || one->get().empty()) complain(key, "holds what is no text");
      if (one != nullptr) result.push_back(one->get());
    }
    return result;
  }

  std::vector<TextTable> tables(std::string_view key) {
    std::vector<TextTable> result;
    const auto* array = table(key).as_array();
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      if (const auto* each = array->get(i)->as_table()) {
        result.emplace_back(*each, fmt::format("{}{}[{}].", place_, key, i));
      } else {
        complain(key, "is no list of tables");
      }
    }
    return result;
  }

  const toml::table* section(std::string_view key) { return table(key).as_table(); }

  void finish(std::string& problem) {
    for (const auto& [key, node] : table_) {
      if (!known_.contains(key.str())) complain(key.str(), "is not known");
    }
    if (problem.empty()) problem = problem_;
  }

 private:
  toml::node_view<const toml::node> table(std::string_view key) {
    known_.emplace(key);
    return table_[key];
  }
  void complain(std::string_view key, std::string_view clause) {
    if (problem_.empty()) problem_ = fmt::format("{}{} {}", place_, key, clause);
  }

  const toml::table& table_;
  std::string place_;
  std::set<std::string, std::less<>> known_;
  std::string problem_;
};

std::vector<Section> read_sections(TextTable& chapter, std::string& problem) {
  std::vector<Section> sections;
  for (TextTable& table : chapter.tables("section")) {
    sections.push_back({table.text("heading"), table.texts("text"), table.texts("steps"), table.texts("points")});
    table.finish(problem);
  }
  return sections;
}

Chapter read_article(TextTable& table, std::string& problem) {
  Chapter chapter{table.text("id"), table.text("title"), "", {}, table.text("summary"), {}};
  chapter.sections = read_sections(table, problem);
  table.finish(problem);
  return chapter;
}

Chapter read_guide(TextTable& table, std::string& problem) {
  Chapter chapter{table.text("id"), table.text("name"), table.text("platform"), {}, table.text("summary"), {}};
  for (const std::string& word : table.texts("protocols")) {
    if (const auto type = parse_server_type(word)) chapter.protocols.push_back(*type);
  }
  chapter.sections = read_sections(table, problem);
  table.finish(problem);
  return chapter;
}

Catalog read_table(const toml::table& file, std::string& problem) {
  TextTable top(file, "");
  Catalog catalog{top.text("language"), top.text("name"), {}, {}, {}};
  if (const auto* labels = top.section("labels")) {
    TextTable table(*labels, "labels.");
    for (const auto& [key, node] : *labels) catalog.labels.emplace(key.str(), table.text(key.str()));
    table.finish(problem);
  }
  for (TextTable& guide : top.tables("guide")) catalog.guides.push_back(read_guide(guide, problem));
  for (TextTable& article : top.tables("article")) catalog.articles.push_back(read_article(article, problem));
  top.finish(problem);
  return catalog;
}

std::vector<Catalog> compiled_in() {
  constexpr std::string_view kFolder = "lang/";
  constexpr std::string_view kEnd = ".toml";
  std::vector<Catalog> result;
  for (std::string_view name : page_file_names()) {
    if (!name.starts_with(kFolder)) continue;
    const auto language = name.substr(kFolder.size(), name.size() - kFolder.size() - kEnd.size());
    if (auto catalog = read_catalog(language, page_file(name))) result.push_back(*std::move(catalog));
  }
  std::sort(result.begin(), result.end(), [](const Catalog& a, const Catalog& b) { return a.language < b.language; });
  std::stable_partition(result.begin(), result.end(), [](const Catalog& each) { return each.language == "en"; });
  return result;
}

}  // namespace

std::string Catalog::label(std::string_view key) const {
  const auto found = labels.find(key);
  return found == labels.end() ? fmt::format("[{}]", key) : found->second;
}

Result<Catalog> read_catalog(std::string_view language, std::string_view toml) try {
  std::string problem;
  Catalog catalog = read_table(toml::parse(toml), problem);
  if (problem.empty() && catalog.language != language) problem = "language is not that of the file's name";
  if (!problem.empty()) return fail(ErrorCode::bad_document, fmt::format("{}.toml", language), problem);
  return catalog;
} catch (const toml::parse_error& fault) {
  return fail(ErrorCode::bad_document, fmt::format("{}.toml, line {}", language, fault.source().begin.line),
              std::string(fault.description()));
}

const std::vector<Catalog>& catalogs() {
  static const std::vector<Catalog> all = compiled_in();
  return all;
}

const Catalog& catalog_of(std::string_view language) {
  for (const Catalog& catalog : catalogs()) {
    if (catalog.language == language) return catalog;
  }
  return catalogs().front();
}

const Chapter* find_chapter(const std::vector<Chapter>& chapters, std::string_view id) {
  const auto found = std::find_if(chapters.begin(), chapters.end(), [&](const auto& each) { return each.id == id; });
  return found == chapters.end() ? nullptr : &*found;
}

}  // namespace mailconf::guides
