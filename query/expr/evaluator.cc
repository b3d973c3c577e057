#include "query/expr/evaluator.h"

#include <algorithm>

#include "query/exec/ticker.h"
#include "query/expr/program.h"

namespace dossier::query {
namespace {

using graph::TermId;

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
    static constexpr size_t kLongText = size_t{64} << 10;
    program_.Begin(batch);
    Ticker ticker(program_.vocabulary().context());
    for (size_t row = 0; row < batch.rows; ++row) {
      RETURN_IF_ERROR(ticker.Tick());
      const Operand& value = program_.EvaluateRow(row);
      if (!program_.status().ok()) return program_.status();
      if (value.text_bytes() > kLongText) RETURN_IF_ERROR(program_.vocabulary().context().Check());
      RETURN_IF_ERROR(take(row, value));
    }
    return absl::OkStatus();
  }

  Program program_;
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
