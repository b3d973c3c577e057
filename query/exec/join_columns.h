// How the columns of two joined rows become one row.
#pragma once

#include <cstdint>
#include <vector>

#include "query/exec/batch.h"
#include "query/exec/join_table.h"

namespace dossier::query {

class JoinColumns {
 public:
  // `out`: the columns wanted. A column of both sides takes the left value, or the right one where the left
  // is unbound.
  JoinColumns(const std::vector<plan::Column>& left, const std::vector<plan::Column>& right,
              const std::vector<plan::Column>& out);

  // Appends one row for each of `left_rows` and `right_rows` (same length).
  void Append(const Batch& left, const std::vector<uint32_t>& left_rows,
              const std::vector<TermColumn>& right, const std::vector<uint32_t>& right_rows,
              Batch& out) const;
  // Appends a row of the left side alone.
  void AppendLeft(const Batch& left, size_t row, Batch& out) const;

 private:
  struct Source {
    int left = -1;
    int right = -1;
    bool coalesce = false;
  };
  std::vector<Source> sources_;
};

// The columns of both sides, each variable once.
std::vector<plan::Column> JoinedColumns(const std::vector<plan::Column>& left,
                                        const std::vector<plan::Column>& right);

}  // namespace dossier::query
