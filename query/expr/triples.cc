// Functions on triple terms: SPARQL 1.2 §17.4.7.
#include "graph/base/strings.h"
#include "query/expr/builtin.h"

namespace dossier::query {
namespace {

using algebra::Function;
using graph::Term;

constexpr int kMaxDepth = 500;  // as in the store

void Triple(BuiltinCall& call, Args args, Operand& out) {
  const bool subject = args[0]->is_iri() || args[0]->is_blank();
  if (!subject || !args[1]->is_iri()) return;
  int depth = 1;
  for (const Term* part = &args[2]->term(); part->is_triple(); part = &part->triple().object) ++depth;
  if (depth > kMaxDepth) {
    call.state.status = ResourceExhausted(Cat("TRIPLE: triple terms nested deeper than ", kMaxDepth));
    return;
  }
  out.SetTerm(Term::TripleTerm(args[0]->term(), args[1]->term(), args[2]->term()));
}

void Subject(BuiltinCall&, Args args, Operand& out) {
  if (args[0]->is_triple()) out.SetTerm(args[0]->term().triple().subject);
}
void Predicate(BuiltinCall&, Args args, Operand& out) {
  if (args[0]->is_triple()) out.SetTerm(args[0]->term().triple().predicate);
}
void Object(BuiltinCall&, Args args, Operand& out) {
  if (args[0]->is_triple()) out.SetTerm(args[0]->term().triple().object);
}
void IsTriple(BuiltinCall&, Args args, Operand& out) { out.SetBoolean(args[0]->is_triple()); }

}  // namespace

Builtin FindTripleBuiltin(Function function) {
  switch (function) {
    case Function::kTriple:
      return Triple;
    case Function::kSubject:
      return Subject;
    case Function::kPredicate:
      return Predicate;
    case Function::kObject:
      return Object;
    case Function::kIsTriple:
      return IsTriple;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
