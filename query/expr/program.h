// An expression made ready for evaluation: a tree of nodes in one vector, children before parents. Internal
// to query/expr.
//
// Nodes own their scratch operand, so evaluating a row allocates nothing for numbers and booleans. Logic (&&,
// ||, IF, COALESCE, IN, BOUND, EXISTS) evaluates its arguments itself, for it must not see errors as errors
// or must not evaluate all; every other call is a Builtin on evaluated arguments.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "query/expr/builtin.h"
#include "query/expr/comparison.h"

namespace dossier::query {

struct ExpressionNode {
  enum class Kind : uint8_t { kColumn, kConstant, kUnbound, kCall, kCast, kExists, kUnknownFunction };
  Kind kind = Kind::kUnbound;
  algebra::Function function = algebra::Function::kNamed;
  bool negated = false;       // kExists
  int column = -1;            // kColumn
  Builtin builtin = nullptr;  // kCall, where the function is not a form
  std::string datatype;       // kCast
  std::vector<uint32_t> args;
  Operand result;                        // kConstant: the constant; else scratch for one row
  std::vector<const Operand*> operands;  // of a builtin's arguments, for one row
  std::shared_ptr<CompiledRegex> regex;
  std::unique_ptr<ExistsTester> tester;
  size_t charged = 0;  // for a long text in `result`
  // IN over constants: their ids, when the first argument's id may decide by membership.
  std::shared_ptr<const absl::flat_hash_set<graph::TermId>> members;
};

class Program {
 public:
  explicit Program(const EvaluatorServices& services) : state_(services) {}
  ~Program();
  Program(const Program&) = delete;

  absl::Status Compile(const algebra::Expression& expression, const ColumnOf& columns);

  // Before the rows of a batch.
  void Begin(const Batch& batch);
  // The value of the whole expression for one row; valid until the next row. Check status() afterwards.
  const Operand& EvaluateRow(size_t row);
  const absl::Status& status() const { return state_.status; }
  // The row's id where no evaluation is needed (the expression is a variable or a constant), else nothing.
  const ExpressionNode& root() const { return nodes_.back(); }
  Vocabulary& vocabulary() { return state_.vocabulary; }

 private:
  absl::StatusOr<uint32_t> Add(const algebra::Expression& expression, const ColumnOf& columns, int depth);
  absl::StatusOr<uint32_t> AddCall(const algebra::Call& call, const ColumnOf& columns, int depth);
  absl::Status PrepareMembers(ExpressionNode& node);
  uint32_t Push(ExpressionNode node);

  const Operand& Eval(uint32_t node);
  const Operand& EvalColumn(ExpressionNode& node);
  void EvalForm(ExpressionNode& node);
  void EvalLogic(ExpressionNode& node, bool dominant);
  void EvalIn(ExpressionNode& node, bool negated);
  bool EvalComparisonOfIds(ExpressionNode& node);
  void EvalBuiltin(ExpressionNode& node);
  void EvalExists(ExpressionNode& node);
  graph::TermId IdOfLeaf(const ExpressionNode& node) const;
  void NextSlice();
  void Forget();
  absl::Status DecodeColumn(int column);
  void ChargeResult(ExpressionNode& node);

  EvaluationState state_;
  std::vector<ExpressionNode> nodes_;
  Operand error_;

  // Terms of ids that are not inlined: decoded for a slice of a batch's column at a time, kept up to a limit, charged. Slices are short
  // where terms are long.
  struct Cells {
    bool decoded = false;
    std::vector<const Operand*> rows;
  };
  std::vector<Cells> cells_;  // by column
  absl::flat_hash_map<graph::TermId, const Operand*> known_;
  std::deque<Operand> operands_;
  size_t known_bytes_ = 0;
  size_t slice_begin_ = 0, slice_end_ = 0, slice_rows_ = 256, known_before_ = 0;
};

}  // namespace dossier::query
