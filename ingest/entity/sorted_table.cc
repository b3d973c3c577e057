#include "ingest/entity/sorted_table.h"

namespace dossier::ingest {

SortedTable::SortedTable(std::string_view bytes) : bytes_(bytes) {
  while (!bytes_.empty() && bytes_.front() == '#') {
    const size_t end = bytes_.find('\n');
    bytes_.remove_prefix(end == std::string_view::npos ? bytes_.size() : end + 1);
  }
}

std::string_view SortedTable::Find(std::string_view key) const {
  size_t low = 0, high = bytes_.size();  // both at starts of lines
  while (low < high) {
    size_t line = low + (high - low) / 2;
    while (line > low && bytes_[line - 1] != '\n') --line;
    size_t end = bytes_.find('\n', line);
    if (end == std::string_view::npos) end = bytes_.size();
    const std::string_view row = bytes_.substr(line, end - line);
    const size_t tab = row.find('\t');
    const std::string_view row_key = row.substr(0, tab);
    const int order = row_key.compare(key);
    if (order == 0) return tab == std::string_view::npos ? row.substr(row.size()) : row.substr(tab + 1);
    if (order < 0) {
      low = end + 1;
    } else {
      high = line;
    }
  }
  return {};
}

std::string_view Column(std::string_view row, int index) {
  for (; index > 0; --index) {
    const size_t tab = row.find('\t');
    if (tab == std::string_view::npos) return {};
    row.remove_prefix(tab + 1);
  }
  return row.substr(0, row.find('\t'));
}

}  // namespace dossier::ingest
