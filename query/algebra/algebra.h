// SPARQL algebra (SPARQL 1.1 §18): what a query means. The second of the three trees (AST -> algebra -> plan).
//
// Plain values without a base class: a Node holds one operator in a variant and owns its children. Variables are numbers into
// Query::variables; blank nodes of patterns have become variables that nothing can project (hidden). Scoping has been resolved by the
// translation: two variables of one name in scopes that do not see each other (a variable a subselect does not project) have different
// numbers. Triple patterns with triple terms hold them as PatternTerm of kind kTriple (matched structurally, variables inside bind).
// Reifier and annotation syntax has been expanded into plain triples with rdf:reifies (SPARQL 1.2 §4.1.4).
// Thread-compatible. Print with print.h.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/base/status.h"
#include "graph/model/term.h"
#include "query/algebra/function.h"

namespace dossier::query::algebra {

using VarId = int32_t;

struct Variable {
  std::string name;     // without '?'; for hidden ones a printable made-up name such as ".b0"
  bool hidden = false;  // from a blank node or made by translation: never in SELECT *
};

struct Node;
using NodePtr = std::unique_ptr<Node>;
struct Expression;

// A position of a triple pattern: variable, constant, or a triple term with patterns inside.
struct PatternTerm {
  std::variant<VarId, graph::Term, std::shared_ptr<const std::array<PatternTerm, 3>>> value;
  bool is_variable() const { return value.index() == 0; }
  bool is_constant() const { return value.index() == 1; }
  bool is_triple() const { return value.index() == 2; }
  VarId variable() const { return std::get<0>(value); }
  const graph::Term& constant() const { return std::get<1>(value); }
  const std::array<PatternTerm, 3>& triple() const { return *std::get<2>(value); }
};

struct TriplePattern {
  PatternTerm subject, predicate, object;
};

// Property path expressions (§18.1.7). Simple sequences, alternatives and inverses stay here too: the translation of §18.2.2.4 into BGPs
// and unions is done where that is only syntax (a path that is one IRI, `^iri`, top-level sequences).
struct PathExpression {
  enum class Kind : uint8_t { kIri, kInverse, kSequence, kAlternative, kZeroOrMore, kOneOrMore, kZeroOrOne, kNegatedSet };
  Kind kind = Kind::kIri;
  graph::Term iri;                         // kIri
  std::vector<PathExpression> children;    // operands
  std::vector<graph::Term> forbidden;          // kNegatedSet: forward
  std::vector<graph::Term> forbidden_inverse;  // kNegatedSet: ^iri members
};

struct Call {
  Function function;
  std::string iri;  // kNamed only
  std::vector<Expression> args;
};
struct Exists {
  std::shared_ptr<const Node> pattern;
  bool negated = false;
};

struct Expression {
  std::variant<VarId, graph::Term, Call, Exists> value;
  SourceSpan span;  // where in the query text, for errors
};

// One aggregate of a Group; its result is bound to `result`.
struct AggregateCall {
  Aggregate function;
  bool distinct = false;
  std::optional<Expression> argument;  // nothing: COUNT(*)
  std::string separator = " ";         // GROUP_CONCAT
  VarId result;
};

struct Bgp { std::vector<TriplePattern> triples; };  // empty: the unit pattern (one empty solution)
struct Path { PatternTerm subject; PathExpression path; PatternTerm object; };
struct Join { NodePtr left, right; };
struct LeftJoin { NodePtr left, right; std::optional<Expression> condition; };
struct Filter { NodePtr input; Expression condition; };
struct Union { NodePtr left, right; };
struct Graph { PatternTerm name; NodePtr input; };   // name: variable or IRI
struct Extend { NodePtr input; VarId variable; Expression expression; };
struct Minus { NodePtr left, right; };
struct Values { std::vector<VarId> variables; std::vector<std::vector<std::optional<graph::Term>>> rows; };  // nothing = UNDEF
struct Group {
  NodePtr input;
  std::vector<VarId> keys;  // GROUP BY expressions have become Extends below
  std::vector<AggregateCall> aggregates;
  bool implicit = false;    // no GROUP BY: exactly one group, also of nothing
};
struct Project { NodePtr input; std::vector<VarId> variables; };
struct Distinct { NodePtr input; };
struct Reduced { NodePtr input; };
struct SortKey { Expression expression; bool descending = false; };
struct OrderBy { NodePtr input; std::vector<SortKey> keys; };
struct Slice { NodePtr input; uint64_t offset = 0; std::optional<uint64_t> limit; };
// What is sent is `text`, the group as written; `visible` are the variables it may bind, by the names they have there.
struct Service {
  PatternTerm endpoint;
  bool silent = false;
  NodePtr input;
  std::string text;
  std::vector<std::pair<std::string, VarId>> visible;
};

struct Node {
  std::variant<Bgp, Path, Join, LeftJoin, Filter, Union, Graph, Extend, Minus, Values, Group, Project, Distinct, Reduced, OrderBy,
               Slice, Service>
      op;
};

template <typename Op>
NodePtr Make(Op op) {
  return std::make_unique<Node>(Node{std::move(op)});
}

enum class QueryForm : uint8_t { kSelect, kAsk, kConstruct, kDescribe };

struct Query {
  QueryForm form = QueryForm::kSelect;
  std::vector<Variable> variables;
  NodePtr root;                               // solution modifiers included
  std::vector<VarId> projection;              // kSelect, in column order; kDescribe: the variables described
  std::vector<TriplePattern> construct;       // kConstruct; blank nodes as hidden variables, in `construct_blanks`
  std::vector<VarId> construct_blanks;
  std::vector<graph::Term> describe;          // kDescribe: IRIs
  std::vector<std::string> from, from_named;  // dataset clauses; both empty: the store's own dataset
  bool has_dataset = false;
  std::string base;                           // for IRI()
};

}  // namespace dossier::query::algebra
