// How built-in functions are implemented: one plain C++ function each, in the file of its topic; found once,
// at compile time.
//
//   Builtin f = FindBuiltinImplementation(Function::kStrLen);
//   f(call, args, out);                          // precondition: no argument is an error, `out` is one
//
// An implementation leaves `out` an error for a SPARQL type error; call.status is for what must stop the
// query. Internal to query/expr.
#pragma once

#include <array>
#include <memory>
#include <random>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "query/algebra/function.h"
#include "query/expr/evaluator.h"
#include "query/expr/operand.h"

namespace dossier::query {

struct CompiledRegex;

// Strings that functions make may not be longer.
inline constexpr size_t kMaxStringBytes = size_t{64} << 20;

// What the functions of one evaluator share.
struct EvaluationState {
  explicit EvaluationState(const EvaluatorServices& s) : services(s), vocabulary(*s.vocabulary) {}
  EvaluatorServices services;
  Vocabulary& vocabulary;
  absl::Status status;           // not OK: stop the query
  const Batch* batch = nullptr;  // the row being evaluated
  size_t row = 0;
  uint64_t solution = 0;  // of BNODE(label) in this row; 0: none yet
  absl::flat_hash_set<uint64_t> used_solutions;
  std::mt19937_64 random{std::random_device{}()};
};

// One call in an expression.
struct BuiltinCall {
  EvaluationState& state;
  std::shared_ptr<CompiledRegex>& regex;  // the last pattern this call used
};

using Args = absl::Span<const Operand* const>;
using Builtin = void (*)(BuiltinCall& call, Args args, Operand& out);

// nullptr for the forms (logic, IF, COALESCE, BOUND, IN) and casts, which the evaluator handles.
Builtin FindBuiltinImplementation(algebra::Function function);

// By topic; nullptr when the function is of another.
Builtin FindOperator(algebra::Function function);
Builtin FindStringBuiltin(algebra::Function function);
Builtin FindRegexBuiltin(algebra::Function function);
Builtin FindTermBuiltin(algebra::Function function);
Builtin FindNumberBuiltin(algebra::Function function);
Builtin FindDateBuiltin(algebra::Function function);
Builtin FindHashBuiltin(algebra::Function function);
Builtin FindTripleBuiltin(algebra::Function function);

// A literal of `text` with the language and direction of `like` (simple where it has none). Precondition:
// like.is_string().
graph::Term LiteralLike(const Operand& like, std::string text);
// ResourceExhausted in the state, and false, when `bytes` is more than a function may make or than the query has left.
bool CheckStringSize(EvaluationState& state, size_t bytes);
// DeadlineExceeded in the state, and false, when there is no time left for work on a text of `bytes`.
bool CheckTime(EvaluationState& state, size_t bytes, int nanoseconds_per_byte);

}  // namespace dossier::query
