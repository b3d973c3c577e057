#include "query/optimize/rules.h"
#include "query/optimize/substitute.h"
#include "query/optimize/variables.h"

namespace dossier::query::algebra {
namespace {

constexpr size_t kMaxCopiedTriples = 256;

// The variable and the term it must be, when the condition says so by term identity.
bool IsIdentity(const Expression& condition, VarId* variable, graph::Term* term) {
  const auto* call = std::get_if<Call>(&condition.value);
  if (call == nullptr || call->args.size() != 2) return false;
  if (call->function != Function::kEqual && call->function != Function::kSameTerm) return false;
  for (int i = 0; i < 2; ++i) {
    const auto* v = std::get_if<VarId>(&call->args[static_cast<size_t>(i)].value);
    const auto* t = std::get_if<graph::Term>(&call->args[static_cast<size_t>(1 - i)].value);
    if (v == nullptr || t == nullptr ||
        !(t->is_iri() || (t->is_literal() && call->function == Function::kSameTerm)))
      continue;
    *variable = *v;
    *term = *t;
    return true;
  }
  return false;
}

// Only patterns that match by term identity, wherever the variable occurs.
bool IsPlain(const Node& node, VarId variable) {
  // The pattern is copied; that of a person is small.
  if (const auto* op = std::get_if<Bgp>(&node.op)) return op->triples.size() <= kMaxCopiedTriples;
  if (const auto* op = std::get_if<Path>(&node.op)) {
    VarSet ends;
    AddVariables(op->subject, ends);
    AddVariables(op->object, ends);
    return !ends.Has(variable) || !MatchesZeroLength(op->path);
  }
  if (const auto* op = std::get_if<Join>(&node.op))
    return IsPlain(*op->left, variable) && IsPlain(*op->right, variable);
  if (const auto* op = std::get_if<Filter>(&node.op))
    return !HasExists(op->condition) && IsPlain(*op->input, variable);
  return false;
}

}  // namespace

bool BindEqual(NodePtr& node, const OptimizerOptions&) {
  auto* filter = std::get_if<Filter>(&node->op);
  VarId variable = -1;
  graph::Term term;
  if (filter == nullptr || !IsIdentity(filter->condition, &variable, &term)) return false;
  if (!IsPlain(*filter->input, variable) || !CertainVariables(*filter->input).Has(variable)) return false;
  Expression value;
  value.span = filter->condition.span;
  value.value = term;
  node = Make(Extend{Substitute(*filter->input, {{variable, term}}), variable, std::move(value)});
  return true;
}

}  // namespace dossier::query::algebra
