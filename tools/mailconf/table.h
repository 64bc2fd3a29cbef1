// Columns for people.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "style.h"

namespace mailconf::cli {

// Spaces before what stands under a heading.
inline constexpr std::size_t kIndent = 2;

struct Cell {
  std::string text;  // made printable by the table
  Paint paint = Paint::plain;
  bool to_the_right = false;
};

// Rows of different lengths under common columns. The last cell of a row sets no column's width: it runs over the
// columns that the row lacks, and is wrapped under itself.
class Table {
 public:
  explicit Table(std::size_t indent) : indent_(indent) {}

  void row(std::vector<Cell> cells) { rows_.push_back(std::move(cells)); }
  // A text that begins in the given column.
  void note(std::size_t column, Cell cell);
  void blank() { rows_.emplace_back(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  // Every line ends with a line feed and has no spaces before it.
  [[nodiscard]] std::string text(const Style& style) const;

 private:
  std::size_t indent_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace mailconf::cli
