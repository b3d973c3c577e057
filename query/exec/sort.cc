#include <algorithm>
#include <numeric>

#include "query/exec/operators.h"
#include "query/exec/row_filter.h"
#include "query/exec/term_column.h"
#include "query/exec/ticker.h"

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
    columns_.resize(all_.size());
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
    AppendRows(columns_, all_, chosen_, batch);
    at_ = end;
    return absl::OkStatus();
  }

  absl::Status ReadAll() {
    std::vector<TermId> values;
    for (Batch batch;;) {
      RETURN_IF_ERROR(input_->Next(batch));
      if (batch.rows == 0) return absl::OkStatus();
      if (rows_ + batch.rows >= UINT32_MAX) return ResourceExhausted("sort: more than 4 G rows");
      RETURN_IF_ERROR(ChargeRows(rows_ + batch.rows));
      for (size_t k = 0; k < keys_.size(); ++k) {
        RETURN_IF_ERROR(evaluators_[k]->Evaluate(batch, values));
        RETURN_IF_ERROR(order_.Prepare(values));
        std::vector<const TermOrder::Key*>& keys = row_keys_[k];
        if (keys.capacity() < keys.size() + values.size()) keys.reserve(GrownBy(keys.size(), values.size()));
        for (TermId id : values) {
          ASSIGN_OR_RETURN(const TermOrder::Key* key, order_.KeyOf(id));
          keys.push_back(key);
        }
      }
      for (size_t c = 0; c < all_.size(); ++c) columns_[c].Append(batch.columns[c], batch.rows);
      rows_ += batch.rows;
      if (limit_ && rows_ > 2 * *limit_ + 2 * Batch::kCapacity) RETURN_IF_ERROR(Shrink());
    }
  }

  static size_t GrownBy(size_t size, size_t more) { return size + std::max(more, size / 2); }

  // A row: its ids, the places of its keys (kept twice while they grow), and its numbers in the permutation and in what is merged.
  absl::Status ChargeRows(size_t rows) {
    if (rows <= charged_rows_) return absl::OkStatus();
    const size_t bytes_per_row = all_.size() * sizeof(TermId) + 2 * keys_.size() * sizeof(void*) + 2 * sizeof(uint32_t);
    RETURN_IF_ERROR(Charge((rows - charged_rows_) * bytes_per_row));
    charged_rows_ = rows;
    return absl::OkStatus();
  }

  bool Less(uint32_t a, uint32_t b) const {
    for (size_t k = 0; k < keys_.size(); ++k) {
      if (row_keys_[k][a] == row_keys_[k][b]) continue;
      const int order = TermOrder::Compare(*row_keys_[k][a], *row_keys_[k][b]);
      if (order != 0) return (order < 0) != keys_[k].descending;
    }
    return a < b;  // stable
  }

  absl::Status SortRows() {
    permutation_.resize(rows_);
    std::iota(permutation_.begin(), permutation_.end(), 0);
    const auto less = [this](uint32_t a, uint32_t b) { return Less(a, b); };
    static constexpr size_t kFew = 8192;
    if (limit_ && permutation_.size() <= kFew && *limit_ < permutation_.size() / 8) {
      const auto end = permutation_.begin() + static_cast<std::ptrdiff_t>(*limit_);
      std::partial_sort(permutation_.begin(), end, permutation_.end(), less);
      permutation_.resize(*limit_);
      return execution_.context.Check();
    }
    Ticker ticker(execution_.context);
    // Small runs, and then merges that look at the limits: a comparison of long strings may take long.
    static constexpr size_t kRun = 32;
    for (size_t i = 0; i < permutation_.size(); i += kRun) {
      std::sort(permutation_.begin() + static_cast<std::ptrdiff_t>(i),
                permutation_.begin() + static_cast<std::ptrdiff_t>(std::min(i + kRun, permutation_.size())),
                less);
      RETURN_IF_ERROR(ticker.Tick());
    }
    std::vector<uint32_t> merged(kRun < permutation_.size() ? permutation_.size() : 0);
    for (size_t run = kRun; run < permutation_.size(); run *= 2) {
      for (size_t i = 0; i < permutation_.size(); i += 2 * run) RETURN_IF_ERROR(Merge(i, run, merged, ticker));
      permutation_.swap(merged);
    }
    if (limit_ && *limit_ < permutation_.size()) permutation_.resize(*limit_);
    return absl::OkStatus();
  }

  // The runs of `run` rows at `begin` and behind it to `out`.
  absl::Status Merge(size_t begin, size_t run, std::vector<uint32_t>& out, Ticker& ticker) {
    const std::vector<uint32_t>& in = permutation_;
    const size_t middle = std::min(begin + run, in.size()), end = std::min(begin + 2 * run, in.size());
    size_t a = begin, b = middle;
    for (size_t to = begin; to < end; ++to) {
      RETURN_IF_ERROR(ticker.Tick());
      const bool second = b < end && (a == middle || Less(in[b], in[a]));
      out[to] = second ? in[b++] : in[a++];
    }
    return absl::OkStatus();
  }

  // Keeps only the first `limit_` rows of those read so far, in the order they came.
  absl::Status Shrink() {
    RETURN_IF_ERROR(SortRows());
    std::sort(permutation_.begin(), permutation_.end());
    Batch kept;
    kept.Reset(all_.size());
    AppendRows(columns_, all_, permutation_, kept);
    for (size_t c = 0; c < all_.size(); ++c) {
      columns_[c].Clear();
      columns_[c].Append(kept.columns[c], kept.rows);
    }
    for (auto& keys : row_keys_) {
      std::vector<const TermOrder::Key*> fewer;
      for (uint32_t row : permutation_) fewer.push_back(keys[row]);
      keys = std::move(fewer);
    }
    rows_ = kept.rows;
    return absl::OkStatus();
  }

  OperatorPtr input_;
  const std::vector<algebra::SortKey>& keys_;
  std::optional<uint64_t> limit_;
  TermOrder order_;
  std::vector<std::unique_ptr<Evaluator>> evaluators_;
  std::vector<int> all_;
  std::vector<TermColumn> columns_;
  std::vector<std::vector<const TermOrder::Key*>> row_keys_;  // by sort key
  std::vector<uint32_t> permutation_, chosen_;
  size_t rows_ = 0, at_ = 0, charged_rows_ = 0;
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
