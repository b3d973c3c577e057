// A tab-separated table whose lines are sorted by their first column (bytewise), searched where it lies.
//
//   SortedTable nouns(bytes);                          // lines that start with '#' are comments, at the top
//   only std::string_view row = nouns.Find("army");         // the columns after the key, or empty view with
//   null data std::string_view cls = Column(row, 0);
//
// Borrows its bytes. Immutable, thread-safe. O(log n) per lookup, nothing is built.
#pragma once

#include <string_view>

namespace dossier::ingest {

class SortedTable {
 public:
  SortedTable() = default;
  explicit SortedTable(std::string_view bytes);
  // The rest of the line of `key` after its tab; null data() when there is no such line.
  std::string_view Find(std::string_view key) const;

 private:
  std::string_view bytes_;
};

// The `index`-th tab-separated column of a row, or "".
std::string_view Column(std::string_view row, int index);

// Calls visit(part) for every part of `list` between `separator`s.
template <typename Visit>
void ForEachPart(std::string_view list, char separator, Visit visit) {
  while (!list.empty()) {
    const size_t end = list.find(separator);
    if (end != 0) visit(list.substr(0, end));
    if (end == std::string_view::npos) return;
    list.remove_prefix(end + 1);
  }
}

}  // namespace dossier::ingest
