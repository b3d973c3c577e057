// Rows between operators: columns of term ids, a few thousand rows at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/model/term_id.h"

namespace dossier::query {

// `rows` entries are valid in each column. TermId::Unbound() marks an unbound variable. Column numbers are those of the operator that
// fills the batch (see plan/plan.h for which variable a column holds). Reused between calls to keep its memory.
struct Batch {
  static constexpr size_t kCapacity = 2048;  // operators aim for this; joins may exceed it
  size_t rows = 0;
  std::vector<std::vector<graph::TermId>> columns;

  void Reset(size_t column_count) {
    rows = 0;
    columns.resize(column_count);
    for (auto& column : columns) column.clear();
  }
};

}  // namespace dossier::query
