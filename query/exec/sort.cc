#include <algorithm>
#include <numeric>

#include "query/exec/operators.h"
#include "query/exec/row_filter.h"

namespace dossier::query {
namespace {

using graph::TermId;

// ORDER BY: keeps all rows, sorts them stably by their keys. With a limit (top-k) it drops, now and then, the
// rows that cannot be among the first `limit`.
class SortOperator : public Operator {
 public:
  SortOperator(const plan::PlanNode& plan_node, Execution& execution, OperatorPtr input,
               const std::vector<algebra::SortKey>& keys, std::optional<uint64_t> limit)
      : Operator(plan_node, execution),
        input_(std::move(input)),
        keys_(keys),
        limit_(limit),
        order_(execution.vocabulary) {
    for (size_t c = 0; c < plan_node.columns.size(); ++c) all_.push_back(static_cast<int>(c));
    rows_.Reset(all_.size());
    row_keys_.resize(keys_.size());
  }

  absl::Status Init(const BuildScope& scope) {
    for (const algebra::SortKey& key : keys_) {
      ASSIGN_OR_RETURN(std::unique_ptr<Evaluator> evaluator,
                       Compile(key.expression, input_->node().columns, scope));
      evaluators_.push_back(std::move(evaluator));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Fill(Batch& batch) override {
    if (!sorted_) {
      sorted_ = true;
      RETURN_IF_ERROR(ReadAll());
      RETURN_IF_ERROR(SortRows());
    }
    const size_t end = std::min(permutation_.size(), at_ + Batch::kCapacity);
    chosen_.assign(permutation_.begin() + static_cast<std::ptrdiff_t>(at_),
                   permutation_.begin() + static_cast<std::ptrdiff_t>(end));
    AppendRows(rows_.columns, all_, chosen_, batch);
    at_ = end;
    return absl::OkStatus();
  }

  absl::Status ReadAll() {
    std::vector<TermId> values;
    for (Batch batch;;) {
      RETURN_IF_ERROR(input_->Next(batch));
      if (batch.rows == 0) return absl::OkStatus();
      for (size_t k = 0; k < keys_.size(); ++k) {
        RETURN_IF_ERROR(evaluators_[k]->Evaluate(batch, values));
        RETURN_IF_ERROR(order_.Prepare(values));
        for (TermId id : values) {
          ASSIGN_OR_RETURN(const TermOrder::Key* key, order_.KeyOf(id));
          row_keys_[k].push_back(key);
        }
      }
      for (size_t c = 0; c < all_.size(); ++c) {
        rows_.columns[c].insert(rows_.columns[c].end(), batch.columns[c].begin(), batch.columns[c].end());
      }
      rows_.rows += batch.rows;
      if (rows_.rows >= UINT32_MAX) return ResourceExhausted("sort: more than 4 G rows");
      if (rows_.rows > charged_rows_) {
        RETURN_IF_ERROR(
            Charge((rows_.rows - charged_rows_) * (all_.size() + keys_.size() + 1) * sizeof(TermId)));
        charged_rows_ = rows_.rows;
      }
      if (limit_ && rows_.rows > 2 * *limit_ + 2 * Batch::kCapacity) RETURN_IF_ERROR(Shrink());
    }
  }

  bool Less(uint32_t a, uint32_t b) const {
    for (size_t k = 0; k < keys_.size(); ++k) {
      const int order = TermOrder::Compare(*row_keys_[k][a], *row_keys_[k][b]);
      if (order != 0) return (order < 0) != keys_[k].descending;
    }
    return a < b;  // stable
  }

  absl::Status SortRows() {
    permutation_.resize(rows_.rows);
    std::iota(permutation_.begin(), permutation_.end(), 0);
    const auto less = [this](uint32_t a, uint32_t b) { return Less(a, b); };
    if (limit_ && *limit_ < permutation_.size()) {
      const auto end = permutation_.begin() + static_cast<std::ptrdiff_t>(*limit_);
      std::partial_sort(permutation_.begin(), end, permutation_.end(), less);
      permutation_.resize(*limit_);
      return absl::OkStatus();
    }
    // Sorted in runs, so that a long sort notices the deadline.
    static constexpr size_t kRun = 1 << 14;
    for (size_t i = 0; i < permutation_.size(); i += kRun) {
      std::sort(permutation_.begin() + static_cast<std::ptrdiff_t>(i),
                permutation_.begin() + static_cast<std::ptrdiff_t>(std::min(i + kRun, permutation_.size())),
                less);
      RETURN_IF_ERROR(execution_.context.Check());
    }
    for (size_t run = kRun; run < permutation_.size(); run *= 2) {
      for (size_t i = 0; i + run < permutation_.size(); i += 2 * run) {
        std::inplace_merge(
            permutation_.begin() + static_cast<std::ptrdiff_t>(i),
            permutation_.begin() + static_cast<std::ptrdiff_t>(i + run),
            permutation_.begin() + static_cast<std::ptrdiff_t>(std::min(i + 2 * run, permutation_.size())),
            less);
        RETURN_IF_ERROR(execution_.context.Check());
      }
    }
    return absl::OkStatus();
  }

  // Keeps only the first `limit_` rows of those read so far, in the order they came.
  absl::Status Shrink() {
    RETURN_IF_ERROR(SortRows());
    std::sort(permutation_.begin(), permutation_.end());
    Batch kept;
    kept.Reset(all_.size());
    AppendRows(rows_.columns, all_, permutation_, kept);
    for (auto& keys : row_keys_) {
      std::vector<const TermOrder::Key*> fewer;
      for (uint32_t row : permutation_) fewer.push_back(keys[row]);
      keys = std::move(fewer);
    }
    rows_ = std::move(kept);
    return absl::OkStatus();
  }

  OperatorPtr input_;
  const std::vector<algebra::SortKey>& keys_;
  std::optional<uint64_t> limit_;
  TermOrder order_;
  std::vector<std::unique_ptr<Evaluator>> evaluators_;
  std::vector<int> all_;
  Batch rows_;
  std::vector<std::vector<const TermOrder::Key*>> row_keys_;  // by sort key
  std::vector<uint32_t> permutation_, chosen_;
  size_t at_ = 0, charged_rows_ = 0;
  bool sorted_ = false;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeSort(const plan::PlanNode& node, Execution& execution,
                                     const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  const auto* top = std::get_if<plan::TopK>(&node.op);
  const auto& keys = top != nullptr ? top->keys : std::get<plan::Sort>(node.op).keys;
  const std::optional<uint64_t> limit = top != nullptr ? std::optional(top->limit) : std::nullopt;
  auto result = std::make_unique<SortOperator>(node, execution, std::move(input), keys, limit);
  RETURN_IF_ERROR(result->Init(scope));
  return result;
}

}  // namespace dossier::query
