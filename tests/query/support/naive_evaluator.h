// SPARQL 1.1 §18.5-18.6 word by word, over solutions as maps: slow and simple, the truth that the engine's
// plans are compared with. Patterns only (no solution modifiers beyond DISTINCT, projection and simple
// groups); expressions by the engine's own evaluator.
#pragma once

#include <map>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/exec/vocabulary.h"

namespace dossier::query {

using Solution = std::map<algebra::VarId, graph::Term>;
using Solutions = std::vector<Solution>;

class NaiveEvaluator {
 public:
  NaiveEvaluator(const std::vector<graph::Quad>& quads, Vocabulary& vocabulary)
      : quads_(quads), vocabulary_(vocabulary) {}

  // `graph`: nullptr for the default graph.
  Solutions Evaluate(const algebra::Node& node, const graph::Term* graph);

 private:
  using Ends = std::vector<std::pair<graph::Term, graph::Term>>;
  bool Unify(const algebra::PatternTerm& pattern, const graph::Term& term, Solution& solution) const;
  Solutions EvaluateBgp(const algebra::Bgp& bgp, const graph::Term* graph) const;
  Solutions EvaluatePath(const algebra::Path& path, const graph::Term* graph) const;
  Ends Pairs(const algebra::PathExpression& path, const graph::Term* graph,
             const std::vector<graph::Term>& nodes) const;
  Solutions EvaluateGraph(const algebra::Graph& op);
  Solutions EvaluateGroup(const algebra::Group& op, const graph::Term* graph);
  bool Holds(const algebra::Expression& condition, const Solution& solution, const graph::Term* graph);
  std::optional<graph::Term> Value(const algebra::Expression& expression, const Solution& solution,
                                   const graph::Term* graph);
  std::vector<const graph::Quad*> QuadsOf(const graph::Term* graph) const;

  const std::vector<graph::Quad>& quads_;
  Vocabulary& vocabulary_;
};

}  // namespace dossier::query
