// Tables that fit the terminal: columns aligned by display width, long cells wrapped, notes under a row.
//
//   Table table;  table.columns = {{"#", Align::kRight}, {"who"}, {"whom"}};
//   table.rows.push_back({{Plain("1"), Plain("Azerbaijan"), Plain("Zakir Hasanov")}, {sentence}});
//   std::string text = RenderTable(table, {.width = 80, .box = true, .ansi = true});
//
// Ownership: plain values. Thread-safe. Text must be Printable(). Any width works; below what the columns need at the least, lines get
// longer than the width.
#pragma once

#include <string>
#include <vector>

#include "shell/render/styled_text.h"

namespace dossier::shell {

enum class Align { kLeft, kRight };

struct TableColumn {
  std::string title;
  Align align = Align::kLeft;
};

struct TableRow {
  std::vector<StyledText> cells;   // as many as there are columns
  std::vector<StyledText> notes;   // paragraphs under the row, over the whole width
};

struct Table {
  std::vector<TableColumn> columns;
  std::vector<TableRow> rows;
};

struct TableOptions {
  size_t width = 100;        // columns of the terminal
  bool box = false;          // lines around cells; otherwise two spaces between columns
  bool ansi = false;         // styles by escape sequences
  size_t max_cell_lines = 8; // a longer cell ends with an ellipsis
};

// Ends with a newline. A table without columns is the empty string.
std::string RenderTable(const Table& table, const TableOptions& options);

}  // namespace dossier::shell
