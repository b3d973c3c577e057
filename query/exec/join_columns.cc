#include "query/exec/join_columns.h"

#include "query/exec/operator.h"

namespace dossier::query {

using graph::TermId;

JoinColumns::JoinColumns(const std::vector<plan::Column>& left, const std::vector<plan::Column>& right,
                         const std::vector<plan::Column>& out) {
  const ColumnOf in_left = ColumnLookup(left), in_right = ColumnLookup(right);
  for (const plan::Column& column : out) {
    Source source{in_left(column.variable), in_right(column.variable)};
    source.coalesce =
        source.left >= 0 && source.right >= 0 && left[static_cast<size_t>(source.left)].maybe_unbound;
    sources_.push_back(source);
  }
}

void JoinColumns::Append(const Batch& left, const std::vector<uint32_t>& left_rows,
                         const std::vector<TermColumn>& right,
                         const std::vector<uint32_t>& right_rows, Batch& out) const {
  for (size_t c = 0; c < sources_.size(); ++c) {
    const Source& source = sources_[c];
    std::vector<TermId>& to = out.columns[c];
    to.reserve(to.size() + left_rows.size());
    if (source.coalesce) {
      const auto& l = left.columns[static_cast<size_t>(source.left)];
      const auto& r = right[static_cast<size_t>(source.right)];
      for (size_t i = 0; i < left_rows.size(); ++i) {
        const TermId id = l[left_rows[i]];
        to.push_back(id.is_bound() ? id : r[right_rows[i]]);
      }
    } else if (source.left >= 0) {
      const auto& l = left.columns[static_cast<size_t>(source.left)];
      for (uint32_t row : left_rows) to.push_back(l[row]);
    } else if (source.right >= 0) {
      const auto& r = right[static_cast<size_t>(source.right)];
      for (uint32_t row : right_rows) to.push_back(r[row]);
    } else {
      to.resize(to.size() + left_rows.size());
    }
  }
  out.rows += left_rows.size();
}

void JoinColumns::AppendLeft(const Batch& left, size_t row, Batch& out) const {
  for (size_t c = 0; c < sources_.size(); ++c) {
    const int from = sources_[c].left;
    out.columns[c].push_back(from >= 0 ? left.columns[static_cast<size_t>(from)][row] : TermId::Unbound());
  }
  ++out.rows;
}

std::vector<plan::Column> JoinedColumns(const std::vector<plan::Column>& left,
                                        const std::vector<plan::Column>& right) {
  std::vector<plan::Column> out = left;
  const ColumnOf in_left = ColumnLookup(left);
  for (const plan::Column& column : right) {
    if (in_left(column.variable) < 0) out.push_back(column);
  }
  return out;
}

}  // namespace dossier::query
