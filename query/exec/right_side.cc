#include "query/exec/right_side.h"

#include <algorithm>
#include <numeric>

#include "graph/base/strings.h"

namespace dossier::query {

RightSide::RightSide(const plan::PlanNode& parent, bool keyed, std::vector<plan::VarId> keys,
                     Execution& execution, const BuildScope& scope)
    : parent_(parent),
      right_(*parent.children[1]),
      keyed_(keyed),
      key_variables_(std::move(keys)),
      execution_(execution),
      scope_(scope) {}

void RightSide::Release() {
  if (charged_ > 0) execution_.context.Charge(-charged_, "").IgnoreError();
  charged_ = 0;
}

absl::Status RightSide::Prepare(const Batch& left) {
  if (!keyed_ && table_ != nullptr) return absl::OkStatus();
  if (keyed_) CollectKeys(left);
  return Read();
}

// The distinct keys of the batch, sorted.
void RightSide::CollectKeys(const Batch& left) {
  std::vector<const std::vector<graph::TermId>*> columns;
  for (plan::VarId v : key_variables_)
    columns.push_back(&left.columns[static_cast<size_t>(parent_.children[0]->ColumnOf(v))]);
  std::vector<uint32_t> rows(left.rows);
  std::iota(rows.begin(), rows.end(), 0);
  const auto less = [&](uint32_t a, uint32_t b) {
    for (const auto* column : columns) {
      if ((*column)[a] != (*column)[b]) return (*column)[a] < (*column)[b];
    }
    return false;
  };
  const auto equal = [&](uint32_t a, uint32_t b) { return !less(a, b) && !less(b, a); };
  std::sort(rows.begin(), rows.end(), less);
  rows.erase(std::unique(rows.begin(), rows.end(), equal), rows.end());
  keys_.Reset(columns.size());
  for (size_t c = 0; c < columns.size(); ++c) {
    for (uint32_t row : rows) keys_.columns[c].push_back((*columns[c])[row]);
  }
  keys_.rows = rows.size();
}

absl::Status RightSide::Read() {
  Release();
  const plan::PlanNode& left = *parent_.children[0];
  table_ = std::make_unique<JoinTable>(SharedColumns(left.columns, right_.columns), right_.columns.size());
  BuildScope scope = scope_;
  if (keyed_) scope.keys = &keys_;
  ASSIGN_OR_RETURN(OperatorPtr right, BuildOperator(right_, execution_, scope));
  for (Batch batch;;) {
    RETURN_IF_ERROR(right->Next(batch));
    if (batch.rows == 0) return absl::OkStatus();
    if (table_->rows() + batch.rows >= UINT32_MAX)
      return ResourceExhausted(Cat(plan::NameOf(parent_), ": more than 4 G rows"));
    const auto bytes = static_cast<int64_t>(batch.rows * table_->BytesPerRow());
    RETURN_IF_ERROR(execution_.context.Charge(bytes, plan::NameOf(parent_)));
    charged_ += bytes;
    table_->Add(batch);
  }
}

}  // namespace dossier::query
