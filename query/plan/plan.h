// Physical plans: how a query is answered. The third of the three trees (AST -> algebra -> plan).
//
//   ASSIGN_OR_RETURN(PlanPtr plan, Planner(vocabulary, dataset, options).Plan(*query.root, required));
//   std::cout << PrintPlan(*plan, printer);                  // EXPLAIN
//
// A PlanNode is a value: one operator in a variant, its children, the columns of its rows (one variable each), the columns its rows are
// sorted by (bits of ids, ascending), and estimates. Immutable once made; exec builds operators from it, any number of times, so state
// and counters live there. Constants are ids of the query's vocabulary, so a plan belongs to one execution.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/model/term_id.h"
#include "graph/store/store.h"
#include "query/algebra/algebra.h"

namespace dossier::query::plan {

using algebra::VarId;
using graph::TermId;

struct Column {
  VarId variable;
  bool maybe_unbound = false;
};

// A position of a pattern: a variable or a constant (an id that the store does not have matches nothing).
struct Slot {
  VarId variable = -1;
  TermId constant;
  bool is_variable() const { return variable >= 0; }
};

// Which graph patterns match in. kCurrent: that of the enclosing GraphLoop, known when operators are built. kVariable: any named graph,
// its name a column.
struct GraphSlot {
  enum class Kind : uint8_t { kDefault, kConstant, kVariable, kCurrent };
  Kind kind = Kind::kDefault;
  TermId constant;
  VarId variable = -1;
};

struct PlanNode;
using PlanPtr = std::shared_ptr<const PlanNode>;

// Leaves.
struct Rows { std::vector<std::vector<TermId>> columns; size_t count = 0; };  // VALUES; count 1 without columns: the unit
struct KeySource {};                                              // rows handed down by the enclosing keyed operator
struct Scan { Slot subject, predicate, object; GraphSlot graph; graph::Order order; };
struct PathScan { Slot subject, object; std::shared_ptr<const algebra::PathExpression> path; GraphSlot graph; };
struct CountScan { Scan scan; };                                   // one row: how many quads match

// Joins: children are left, right. `shared` variables are compared as SPARQL compatibility (unbound matches all).
struct IndexJoin { Scan scan; char probe; };                       // one child; the pattern looked up by the probe component
struct PathJoin { PathScan scan; bool forward; };                  // one child; from its subject (forward) or object
struct HashJoin {};                                                // probes with left, builds right
struct MergeJoin { VarId variable; };                              // both sorted on it
// In keyed operators the right plan reads the distinct keys of each left batch through KeySource.
struct LeftJoin { std::optional<algebra::Expression> condition; bool keyed = false; std::vector<VarId> keys; };
struct SemiJoin { bool anti = false; bool keyed = false; std::vector<VarId> keys; };
struct Minus {};
struct Union {};

// One input.
struct Filter { std::vector<algebra::Expression> conditions; };
struct Extend { VarId variable; algebra::Expression expression; };
struct Unnest { VarId triple; Slot subject, predicate, object; };  // splits a triple term, binding or comparing its parts
struct Nest { VarId triple; Slot subject, predicate, object; };    // makes the triple term of bound parts (only if the store has it)
struct GraphLoop { VarId variable; };                              // its child once per named graph
struct Group {
  std::vector<VarId> keys;
  std::vector<algebra::AggregateCall> aggregates;
  bool implicit;
};
struct Sort { std::vector<algebra::SortKey> keys; };
struct TopK { std::vector<algebra::SortKey> keys; uint64_t limit; };
struct Distinct {};
struct Reduced {};
struct Slice { uint64_t offset; std::optional<uint64_t> limit; };
// One child: for its rows the endpoint is asked, with the values of the variables both sides have; rows are joined with the answers.
struct Service {
  Slot endpoint;
  bool silent = false, optional = false;  // optional: a row without answer stays (OPTIONAL { SERVICE ... })
  std::string text;
  std::vector<std::pair<std::string, VarId>> visible;
};
struct Project {};                                                 // the columns say it all

struct PlanNode {
  std::variant<Rows, KeySource, Scan, PathScan, CountScan, IndexJoin, PathJoin, HashJoin, MergeJoin, LeftJoin, SemiJoin, Minus, Union,
               Filter, Extend, Unnest, Nest, GraphLoop, Group, Sort, TopK, Distinct, Reduced, Slice, Service, Project>
      op;
  std::vector<PlanPtr> children;
  std::vector<Column> columns;
  std::vector<VarId> sorted;  // the rows are sorted by these columns, the first most significant
  GraphSlot graph;            // the active graph of expressions here (EXISTS)
  double rows = 0;            // estimates; cost in units of about one scanned row
  double cost = 0;

  int ColumnOf(VarId variable) const;  // -1: no such column
  bool IsCertain(VarId variable) const;
};

// The operator's name as it appears in EXPLAIN and in error messages: "index join".
std::string_view NameOf(const PlanNode& node);

// How the parts of other layers print; given by the caller. `counters`: what EXPLAIN ANALYZE adds to a node's line; may be empty.
struct PlanPrinter {
  std::vector<std::string> variables;  // names by number
  std::function<std::string(TermId)> term;
  std::function<std::string(const algebra::Expression&)> expression;
  std::function<std::string(const PlanNode&)> counters;
};

// One line per node, children indented: "index join ?who <p> ?whom [?who ?whom] ~12 rows, cost 34".
std::string PrintPlan(const PlanNode& root, const PlanPrinter& printer);

}  // namespace dossier::query::plan
