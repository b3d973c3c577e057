#include "query/expr/evaluator.h"

#include <algorithm>
#include <chrono>

#include "query/expr/program.h"

namespace dossier::query {
namespace {

using graph::TermId;

constexpr size_t kRowsBetweenChecks = 1024;

class ProgramEvaluator : public Evaluator {
 public:
  explicit ProgramEvaluator(const EvaluatorServices& services) : program_(services) {}

  absl::Status Compile(const algebra::Expression& expression, const ColumnOf& columns) {
    return program_.Compile(expression, columns);
  }

  absl::Status Evaluate(const Batch& batch, std::vector<TermId>& out) override {
    out.assign(batch.rows, TermId::Unbound());
    const ExpressionNode& root = program_.root();
    if (root.kind == ExpressionNode::Kind::kColumn) {
      const std::vector<TermId>& column = batch.columns[static_cast<size_t>(root.column)];
      std::copy_n(column.begin(), batch.rows, out.begin());
      return absl::OkStatus();
    }
    return ForEachRow(batch, [&](size_t row, const Operand& value) -> absl::Status {
      ASSIGN_OR_RETURN(out[row], IdOf(value, program_.vocabulary()));
      return absl::OkStatus();
    });
  }

  absl::Status Test(const Batch& batch, std::vector<uint8_t>& keep) override {
    keep.assign(batch.rows, 0);
    return ForEachRow(batch, [&](size_t row, const Operand& value) {
      keep[row] = EffectiveBooleanValue(value) == Truth::kTrue ? 1 : 0;
      return absl::OkStatus();
    });
  }

 private:
  template <typename Take>
  absl::Status ForEachRow(const Batch& batch, Take take) {
    program_.Begin(batch);
    size_t next = 0;
    last_check_ = QueryContext::Clock::now();
    for (size_t row = 0; row < batch.rows; ++row) {
      if (row >= next) {
        RETURN_IF_ERROR(program_.vocabulary().context().Check());
        AdaptStep();
        next = row + step_;
      }
      const Operand& value = program_.EvaluateRow(row);
      if (!program_.status().ok()) return program_.status();
      RETURN_IF_ERROR(take(row, value));
    }
    return absl::OkStatus();
  }

  // A row may take nanoseconds or, with long strings, milliseconds: limits are looked at about every millisecond.
  void AdaptStep() {
    const QueryContext::Clock::time_point now = QueryContext::Clock::now();
    const auto took = now - last_check_;
    last_check_ = now;
    if (took < std::chrono::milliseconds(1)) {
      step_ = std::min(kRowsBetweenChecks, 2 * step_);
    } else if (took > std::chrono::milliseconds(4)) {
      step_ = std::max<size_t>(1, step_ / 8);
    }
  }

  Program program_;
  size_t step_ = 1;
  QueryContext::Clock::time_point last_check_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Evaluator>> Evaluator::Compile(const algebra::Expression& expression,
                                                              const ColumnOf& columns,
                                                              const EvaluatorServices& services) {
  auto evaluator = std::make_unique<ProgramEvaluator>(services);
  RETURN_IF_ERROR(evaluator->Compile(expression, columns));
  return evaluator;
}

}  // namespace dossier::query
