#include <algorithm>

#include "query/optimize/rules.h"
#include "query/optimize/variables.h"

namespace dossier::query::algebra {
namespace {

// The value of IF, COALESCE, BOUND and the like hangs on errors and on what is bound, which folding bottom-up
// of single calls respects: only a call whose arguments are all constants and that has a value is replaced.
bool FoldExpression(Expression& expression, const OptimizerOptions& options) {
  auto* call = std::get_if<Call>(&expression.value);
  if (call == nullptr) return false;
  bool changed = false;
  for (Expression& arg : call->args) changed |= FoldExpression(arg, options);
  const bool constant = std::all_of(call->args.begin(), call->args.end(), [](const Expression& arg) {
    return std::holds_alternative<graph::Term>(arg.value);
  });
  // NOW() and NULLARY functions keep their call: one value per query, but made by the execution.
  if (!constant || call->args.empty() || call->function == Function::kNamed || IsVolatile(expression))
    return changed;
  if (std::optional<graph::Term> value = options.fold(expression)) {
    expression.value = *std::move(value);
    return true;
  }
  return changed;
}

std::optional<bool> ConstantBoolean(const Expression& expression) {
  const auto* term = std::get_if<graph::Term>(&expression.value);
  if (term == nullptr || !term->is_literal() ||
      term->datatype() != "http://www.w3.org/2001/XMLSchema#boolean")
    return std::nullopt;
  if (term->value() == "true" || term->value() == "1") return true;
  if (term->value() == "false" || term->value() == "0") return false;
  return std::nullopt;
}

}  // namespace

bool FoldConstants(NodePtr& node, const OptimizerOptions& options) {
  if (!options.fold) return false;
  bool changed = false;
  if (auto* extend = std::get_if<Extend>(&node->op)) return FoldExpression(extend->expression, options);
  if (auto* left_join = std::get_if<LeftJoin>(&node->op)) {
    if (!left_join->condition) return false;
    changed = FoldExpression(*left_join->condition, options);
    if (ConstantBoolean(*left_join->condition) == true) {
      left_join->condition.reset();
      changed = true;
    }
    return changed;
  }
  while (auto* filter = std::get_if<Filter>(&node->op)) {
    changed |= FoldExpression(filter->condition, options);
    const std::optional<bool> value = ConstantBoolean(filter->condition);
    if (value == true) {
      NodePtr input = std::move(filter->input);
      node = std::move(input);
      changed = true;
      continue;
    }
    if (value == false) {
      // VALUES without rows, of the variables that were bound: what is above keeps its view of them.
      node = Make(Values{PossibleVariables(*filter->input).ToVector(), {}});
      changed = true;
    }
    break;
  }
  return changed;
}

}  // namespace dossier::query::algebra
