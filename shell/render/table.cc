#include "shell/render/table.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

constexpr size_t kMinColumn = 6;
constexpr size_t kNoteIndent = 4;

class Renderer {
 public:
  Renderer(const Table& table, const TableOptions& options) : table_(table), options_(options) { FitColumns(); }

  std::string Run() {
    if (options_.box) Rule("┌", "┬", "┐");
    std::vector<StyledText> titles;
    for (const TableColumn& column : table_.columns) titles.push_back(Plain(column.title, Style::kBold));
    Line(titles);
    if (options_.box) {
      Rule("├", "┼", "┤");
    } else {
      PlainRule();
    }
    for (size_t i = 0; i < table_.rows.size(); ++i) {
      Line(table_.rows[i].cells);
      Notes(table_.rows[i].notes);
      // A row with notes ends with an empty line, so that the next row is seen as one.
      if (!table_.rows[i].notes.empty() && i + 1 < table_.rows.size()) out_ += options_.box ? EmptyBoxLine() : "\n";
    }
    if (options_.box) Rule("└", "┴", "┘");
    return std::move(out_);
  }

 private:
  size_t Overhead() const { return options_.box ? 3 * widths_.size() + 1 : 2 * (widths_.size() - 1); }

  // The widest columns give way first, down to kMinColumn or what they need.
  void FitColumns() {
    for (size_t c = 0; c < table_.columns.size(); ++c) {
      size_t width = DisplayWidth(table_.columns[c].title);
      for (const TableRow& row : table_.rows) {
        if (c < row.cells.size()) width = std::max(width, WidthOf(row.cells[c], options_.ansi));
      }
      widths_.push_back(std::max<size_t>(width, 1));
    }
    const size_t available = options_.width > Overhead() ? options_.width - Overhead() : 0;
    size_t total = 0;
    for (const size_t width : widths_) total += width;
    while (total > available) {
      const auto widest = std::max_element(widths_.begin(), widths_.end());
      if (*widest <= kMinColumn) break;
      size_t second = kMinColumn;
      for (const size_t& width : widths_) {
        if (&width != &*widest) second = std::max(second, width);
      }
      const size_t step = std::max<size_t>(1, std::min(total - available, *widest - std::min(second, *widest)));
      *widest -= std::min(step, *widest - kMinColumn);
      total -= std::min(step, total);
    }
  }

  void Rule(std::string_view left, std::string_view middle, std::string_view right) {
    for (size_t c = 0; c < widths_.size(); ++c) {
      out_ += c == 0 ? left : middle;
      for (size_t i = 0; i < widths_[c] + 2; ++i) out_ += "─";
    }
    Append(out_, right, "\n");
  }

  void PlainRule() {
    std::string line;
    for (size_t c = 0; c < widths_.size(); ++c) {
      if (c > 0) line += "  ";
      for (size_t i = 0; i < widths_[c]; ++i) line += "─";
    }
    Append(out_, line, "\n");
  }

  std::string EmptyBoxLine() const {
    std::string line;
    for (const size_t width : widths_) Append(line, "│", std::string(width + 2, ' '));
    return line + "│\n";
  }

  std::vector<StyledText> CellLines(const StyledText& cell, size_t width) const {
    std::vector<StyledText> lines = Wrap(cell, width, options_.ansi);
    if (lines.size() > options_.max_cell_lines) {
      lines.resize(options_.max_cell_lines);
      StyledText& last = lines.back();
      last.push_back({" …", Style::kPlain});
      last = WidthOf(last, options_.ansi) <= width ? last : Truncate(last, width, options_.ansi);
    }
    return lines;
  }

  void Line(const std::vector<StyledText>& cells) {
    std::vector<std::vector<StyledText>> columns;
    size_t height = 1;
    for (size_t c = 0; c < widths_.size(); ++c) {
      columns.push_back(CellLines(c < cells.size() ? cells[c] : StyledText{}, widths_[c]));
      height = std::max(height, columns.back().size());
    }
    for (size_t y = 0; y < height; ++y) {
      std::string line;
      for (size_t c = 0; c < widths_.size(); ++c) {
        const StyledText piece = y < columns[c].size() ? columns[c][y] : StyledText{};
        const size_t used = WidthOf(piece, true);  // wrapping has put the brackets in
        const std::string padding(widths_[c] - std::min(used, widths_[c]), ' ');
        const bool right = table_.columns[c].align == Align::kRight;
        Append(line, options_.box ? "│ " : (c == 0 ? "" : "  "), right ? padding : "", Render(piece, options_.ansi),
               right ? "" : padding, options_.box ? " " : "");
      }
      if (options_.box) line += "│";
      while (!options_.box && !line.empty() && line.back() == ' ') line.pop_back();
      Append(out_, line, "\n");
    }
  }

  void Notes(const std::vector<StyledText>& notes) {
    if (notes.empty()) return;
    size_t inner = Overhead();
    for (const size_t width : widths_) inner += width;
    // Without a box notes may use the whole terminal, however narrow the columns are.
    const size_t total = options_.box ? inner : std::max(options_.width, inner);
    const size_t margin = kNoteIndent + (options_.box ? 2 : 0);
    const size_t width = total > margin + 10 ? total - margin : 10;
    for (const StyledText& note : notes) {
      for (const StyledText& line : Wrap(note, width, options_.ansi)) {
        const std::string padding(width - std::min(WidthOf(line, true), width), ' ');
        if (options_.box) {
          Append(out_, "│", std::string(kNoteIndent, ' '), Render(line, options_.ansi), padding, "│\n");
        } else {
          Append(out_, std::string(kNoteIndent, ' '), Render(line, options_.ansi), "\n");
        }
      }
    }
  }

  const Table& table_;
  const TableOptions& options_;
  std::vector<size_t> widths_;
  std::string out_;
};

}  // namespace

std::string RenderTable(const Table& table, const TableOptions& options) {
  if (table.columns.empty()) return "";
  return Renderer(table, options).Run();
}

}  // namespace dossier::shell
