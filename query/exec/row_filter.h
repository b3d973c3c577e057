// Copies chosen rows of one batch to another.
#pragma once

#include <cstdint>
#include <vector>

#include "query/exec/batch.h"

namespace dossier::query {

// Appends rows `rows` of `columns[sources[c]]` to column c of `out`; a source of -1 gives unbound.
template <typename Column>
void AppendRows(const std::vector<Column>& columns, const std::vector<int>& sources, const std::vector<uint32_t>& rows, Batch& out) {
  for (size_t c = 0; c < sources.size(); ++c) {
    std::vector<graph::TermId>& to = out.columns[c];
    if (sources[c] < 0) {
      to.resize(to.size() + rows.size());
      continue;
    }
    const Column& from = columns[static_cast<size_t>(sources[c])];
    to.reserve(to.size() + rows.size());
    for (uint32_t row : rows) to.push_back(from[row]);
  }
  out.rows += rows.size();
}

// The rows whose flag is set.
inline void KeptRows(const std::vector<uint8_t>& keep, std::vector<uint32_t>& rows) {
  rows.clear();
  for (size_t i = 0; i < keep.size(); ++i) {
    if (keep[i] != 0) rows.push_back(static_cast<uint32_t>(i));
  }
}

}  // namespace dossier::query
