#include "table.h"

#include <algorithm>

#include "display_text.h"

namespace mailconf::cli {
namespace {

constexpr std::size_t kGap = 2;
// A narrower last cell is put on lines of its own.
constexpr std::size_t kLeastRoom = 24;

using Widths = std::vector<std::size_t>;

Widths column_widths(const std::vector<std::vector<Cell>>& rows) {
  Widths widths;
  for (const auto& row : rows) {
    for (std::size_t column = 0; column + 1 < row.size(); ++column) {
      if (widths.size() <= column) widths.push_back(0);
      widths[column] = std::max(widths[column], cells(row[column].text));
    }
  }
  return widths;
}

std::size_t offset(const Widths& widths, std::size_t indent, std::size_t column) {
  for (std::size_t i = 0; i < column && i < widths.size(); ++i) indent += widths[i] + kGap;
  return indent;
}

// Spaces are kept back until something follows them: no line ends with spaces.
class Line {
 public:
  explicit Line(const Style& style) : style_(style) {}

  void move_to(std::size_t column) { wanted_ = std::max(wanted_, column); }
  void put(Paint paint, const std::string& text) {
    if (text.empty()) return;
    out_.append(wanted_ - at_, ' ').append(style_.painted(paint, text));
    wanted_ += cells(text);
    at_ = wanted_;
  }
  [[nodiscard]] bool empty() const { return at_ == 0; }
  void end() {
    out_ += '\n';
    wanted_ = at_ = 0;
  }
  std::string out() && { return std::move(out_); }

 private:
  const Style& style_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t wanted_ = 0;
};

void put_last(Line& line, const Cell& cell, std::size_t start, std::size_t own_line_start, std::size_t width) {
  const std::size_t room = width > start ? width - start : 0;
  if (cells(cell.text) > room && room < kLeastRoom) {
    if (!line.empty()) line.end();
    start = own_line_start;
  }
  const auto lines = wrapped(cell.text, std::max(width > start ? width - start : 0, kLeastRoom));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) line.end();
    line.move_to(start);
    line.put(cell.paint, lines[i]);
  }
}

}  // namespace

void Table::note(std::size_t column, Cell cell) {
  std::vector<Cell> cells(column);
  cells.push_back(std::move(cell));
  row(std::move(cells));
}

std::string Table::text(const Style& style) const {
  auto rows = rows_;
  for (auto& row : rows) {
    for (Cell& cell : row) cell.text = style.text(cell.text);
  }
  const Widths widths = column_widths(rows);
  Line line(style);
  for (const auto& row : rows) {
    for (std::size_t column = 0; column + 1 < row.size(); ++column) {
      const Cell& cell = row[column];
      const std::size_t space = cell.to_the_right ? widths[column] - cells(cell.text) : 0;
      line.move_to(offset(widths, indent_, column) + space);
      line.put(cell.paint, cell.text);
    }
    if (!row.empty()) {
      put_last(line, row.back(), offset(widths, indent_, row.size() - 1), offset(widths, indent_, 1) + kGap,
               style.width);
    }
    line.end();
  }
  return std::move(line).out();
}

}  // namespace mailconf::cli
