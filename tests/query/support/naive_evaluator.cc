#include "tests/query/support/naive_evaluator.h"

#include <algorithm>
#include <set>

#include "query/expr/evaluator.h"
#include "query/optimize/substitute.h"

namespace dossier::query {
namespace {

using algebra::Node;
using algebra::PathExpression;
using algebra::PatternTerm;
using graph::Quad;
using graph::Term;

bool Compatible(const Solution& a, const Solution& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& binding) {
    const auto at = b.find(binding.first);
    return at == b.end() || at->second == binding.second;
  });
}

bool Disjoint(const Solution& a, const Solution& b) {
  return std::none_of(a.begin(), a.end(), [&](const auto& binding) { return b.count(binding.first) != 0; });
}

Solution MergeOf(const Solution& a, const Solution& b) {
  Solution out = a;
  out.insert(b.begin(), b.end());
  return out;
}

// EXISTS within an expression: the solution is substituted and the pattern evaluated.
class NaiveExists : public ExistsTester {
 public:
  NaiveExists(NaiveEvaluator& evaluator, const Node& pattern, const Solution& solution, const Term* graph)
      : evaluator_(evaluator), pattern_(pattern), solution_(solution), graph_(graph) {}
  absl::StatusOr<bool> Test(const Batch&, size_t) override {
    const algebra::Bindings bindings(solution_.begin(), solution_.end());
    const algebra::NodePtr pattern = algebra::Substitute(pattern_, bindings);
    const Solutions found = evaluator_.Evaluate(*pattern, graph_);
    // What the pattern assigns itself must agree with the outer solution.
    return std::any_of(found.begin(), found.end(),
                       [&](const Solution& s) { return Compatible(s, solution_); });
  }

 private:
  NaiveEvaluator& evaluator_;
  const Node& pattern_;
  const Solution& solution_;
  const Term* graph_;
};

}  // namespace

std::vector<const Quad*> NaiveEvaluator::QuadsOf(const Term* graph) const {
  std::vector<const Quad*> out;
  std::set<std::vector<Term>> seen;
  for (const Quad& quad : quads_) {
    const bool here =
        graph == nullptr ? quad.in_default_graph : !quad.in_default_graph && quad.graph == *graph;
    if (here && seen.insert({quad.subject, quad.predicate, quad.object}).second) out.push_back(&quad);
  }
  return out;
}

bool NaiveEvaluator::Unify(const PatternTerm& pattern, const Term& term, Solution& solution) const {
  if (pattern.is_constant()) return pattern.constant() == term;
  if (pattern.is_variable()) return solution.emplace(pattern.variable(), term).first->second == term;
  if (!term.is_triple()) return false;
  const auto& parts = pattern.triple();
  return Unify(parts[0], term.triple().subject, solution) &&
         Unify(parts[1], term.triple().predicate, solution) &&
         Unify(parts[2], term.triple().object, solution);
}

Solutions NaiveEvaluator::EvaluateBgp(const algebra::Bgp& bgp, const Term* graph) const {
  Solutions current = {{}};
  const auto quads = QuadsOf(graph);
  for (const algebra::TriplePattern& triple : bgp.triples) {
    Solutions next;
    for (const Solution& solution : current) {
      for (const Quad* quad : quads) {
        Solution extended = solution;
        if (Unify(triple.subject, quad->subject, extended) &&
            Unify(triple.predicate, quad->predicate, extended) &&
            Unify(triple.object, quad->object, extended)) {
          next.push_back(std::move(extended));
        }
      }
    }
    current = std::move(next);
  }
  return current;
}

// All pairs of nodes that the path connects, with multiplicity (§18.4).
NaiveEvaluator::Ends NaiveEvaluator::Pairs(const PathExpression& path, const Term* graph,
                                           const std::vector<Term>& nodes) const {
  using Kind = PathExpression::Kind;
  Ends out;
  std::set<std::pair<Term, Term>> set;
  switch (path.kind) {
    case Kind::kIri:
      for (const Quad* quad : QuadsOf(graph)) {
        if (quad->predicate == path.iri) out.emplace_back(quad->subject, quad->object);
      }
      return out;
    case Kind::kInverse:
      for (const auto& [a, b] : Pairs(path.children[0], graph, nodes)) out.emplace_back(b, a);
      return out;
    case Kind::kSequence:
      out = Pairs(path.children[0], graph, nodes);
      for (size_t i = 1; i < path.children.size(); ++i) {
        Ends next;
        const Ends step = Pairs(path.children[i], graph, nodes);
        for (const auto& [a, b] : out) {
          for (const auto& [c, d] : step) {
            if (b == c) next.emplace_back(a, d);
          }
        }
        out = std::move(next);
      }
      return out;
    case Kind::kAlternative:
      for (const PathExpression& child : path.children) {
        const Ends more = Pairs(child, graph, nodes);
        out.insert(out.end(), more.begin(), more.end());
      }
      return out;
    case Kind::kNegatedSet:
      for (const Quad* quad : QuadsOf(graph)) {
        const auto in = [&](const std::vector<Term>& set_of) {
          return std::find(set_of.begin(), set_of.end(), quad->predicate) != set_of.end();
        };
        const bool forward = !path.forbidden.empty() || path.forbidden_inverse.empty();
        if (forward && !in(path.forbidden)) out.emplace_back(quad->subject, quad->object);
        if (!path.forbidden_inverse.empty() && !in(path.forbidden_inverse))
          out.emplace_back(quad->object, quad->subject);
      }
      return out;
    case Kind::kZeroOrOne:
    case Kind::kZeroOrMore:
    case Kind::kOneOrMore: {
      const Ends step = Pairs(path.children[0], graph, nodes);
      set.insert(step.begin(), step.end());
      if (path.kind != Kind::kZeroOrOne) {
        for (size_t before = 0; before != set.size();) {
          before = set.size();
          const Ends known(set.begin(), set.end());
          for (const auto& [a, b] : known) {
            for (const auto& [c, d] : step) {
              if (b == c) set.emplace(a, d);
            }
          }
        }
      }
      if (path.kind != Kind::kOneOrMore) {
        for (const Term& node : nodes) set.emplace(node, node);
      }
      return Ends(set.begin(), set.end());
    }
  }
  return out;
}

Solutions NaiveEvaluator::EvaluatePath(const algebra::Path& path, const Term* graph) const {
  // The nodes of the graph, and the terms of the path pattern.
  std::set<Term> nodes;
  for (const Quad* quad : QuadsOf(graph)) {
    nodes.insert(quad->subject);
    nodes.insert(quad->object);
  }
  for (const PatternTerm* end : {&path.subject, &path.object}) {
    if (end->is_constant()) nodes.insert(end->constant());
  }
  Solutions out;
  for (const auto& [a, b] : Pairs(path.path, graph, std::vector<Term>(nodes.begin(), nodes.end()))) {
    Solution solution;
    if (Unify(path.subject, a, solution) && Unify(path.object, b, solution))
      out.push_back(std::move(solution));
  }
  return out;
}

std::optional<Term> NaiveEvaluator::Value(const algebra::Expression& expression, const Solution& solution,
                                          const Term* graph) {
  Batch batch;
  batch.rows = 1;
  std::map<algebra::VarId, int> columns;
  for (const auto& [variable, term] : solution) {
    columns[variable] = static_cast<int>(batch.columns.size());
    batch.columns.push_back({*vocabulary_.Intern(term)});
  }
  EvaluatorServices services;
  services.vocabulary = &vocabulary_;
  services.make_exists = [&](const Node& pattern,
                             const ColumnOf&) -> absl::StatusOr<std::unique_ptr<ExistsTester>> {
    return std::make_unique<NaiveExists>(*this, pattern, solution, graph);
  };
  const auto evaluator = Evaluator::Compile(
      expression,
      [&](algebra::VarId v) {
        const auto at = columns.find(v);
        return at == columns.end() ? -1 : at->second;
      },
      services);
  std::vector<graph::TermId> values;
  if (!evaluator.ok() || !(*evaluator)->Evaluate(batch, values).ok() || values[0].is_unbound())
    return std::nullopt;
  return *vocabulary_.Lookup(values[0]);
}

bool NaiveEvaluator::Holds(const algebra::Expression& condition, const Solution& solution,
                           const Term* graph) {
  algebra::Expression negated;  // the effective boolean value as a term: !!condition
  negated.value = algebra::Call{algebra::Function::kNot, "", {condition}};
  algebra::Expression twice;
  twice.value = algebra::Call{algebra::Function::kNot, "", {negated}};
  const std::optional<Term> value = Value(twice, solution, graph);
  return value && value->value() == "true";
}

Solutions NaiveEvaluator::EvaluateGraph(const algebra::Graph& op) {
  std::set<Term> names;
  for (const Quad& quad : quads_) {
    if (!quad.in_default_graph) names.insert(quad.graph);
  }
  Solutions out;
  if (op.name.is_constant()) {
    return names.count(op.name.constant()) != 0 ? Evaluate(*op.input, &op.name.constant()) : out;
  }
  for (const Term& name : names) {
    const Solution binding = {{op.name.variable(), name}};
    for (const Solution& solution : Evaluate(*op.input, &name)) {
      if (Compatible(solution, binding)) out.push_back(MergeOf(solution, binding));
    }
  }
  return out;
}

// COUNT(*) only, as the random queries use it.
Solutions NaiveEvaluator::EvaluateGroup(const algebra::Group& op, const Term* graph) {
  std::map<Solution, uint64_t> counts;
  if (op.implicit) counts[{}] = 0;
  for (const Solution& solution : Evaluate(*op.input, graph)) {
    Solution key;
    for (algebra::VarId v : op.keys) {
      if (const auto at = solution.find(v); at != solution.end()) key.insert(*at);
    }
    ++counts[key];
  }
  Solutions out;
  for (const auto& [key, count] : counts) {
    Solution solution = key;
    for (const algebra::AggregateCall& call : op.aggregates) {
      solution[call.result] =
          Term::Literal(std::to_string(count), "http://www.w3.org/2001/XMLSchema#integer");
    }
    out.push_back(std::move(solution));
  }
  return out;
}

Solutions NaiveEvaluator::Evaluate(const Node& node, const Term* graph) {
  Solutions out;
  if (const auto* op = std::get_if<algebra::Bgp>(&node.op)) return EvaluateBgp(*op, graph);
  if (const auto* op = std::get_if<algebra::Path>(&node.op)) return EvaluatePath(*op, graph);
  if (const auto* op = std::get_if<algebra::Graph>(&node.op)) return EvaluateGraph(*op);
  if (const auto* op = std::get_if<algebra::Group>(&node.op)) return EvaluateGroup(*op, graph);
  if (const auto* op = std::get_if<algebra::Join>(&node.op)) {
    const Solutions right = Evaluate(*op->right, graph);
    for (const Solution& a : Evaluate(*op->left, graph)) {
      for (const Solution& b : right) {
        if (Compatible(a, b)) out.push_back(MergeOf(a, b));
      }
    }
  } else if (const auto* left_join = std::get_if<algebra::LeftJoin>(&node.op)) {
    const Solutions right = Evaluate(*left_join->right, graph);
    for (const Solution& a : Evaluate(*left_join->left, graph)) {
      bool matched = false;
      for (const Solution& b : right) {
        if (!Compatible(a, b)) continue;
        Solution merged = MergeOf(a, b);
        if (left_join->condition && !Holds(*left_join->condition, merged, graph)) continue;
        matched = true;
        out.push_back(std::move(merged));
      }
      if (!matched) out.push_back(a);
    }
  } else if (const auto* filter = std::get_if<algebra::Filter>(&node.op)) {
    for (const Solution& a : Evaluate(*filter->input, graph)) {
      if (Holds(filter->condition, a, graph)) out.push_back(a);
    }
  } else if (const auto* both = std::get_if<algebra::Union>(&node.op)) {
    out = Evaluate(*both->left, graph);
    const Solutions more = Evaluate(*both->right, graph);
    out.insert(out.end(), more.begin(), more.end());
  } else if (const auto* extend = std::get_if<algebra::Extend>(&node.op)) {
    for (Solution a : Evaluate(*extend->input, graph)) {
      if (const auto value = Value(extend->expression, a, graph)) a[extend->variable] = *value;
      out.push_back(std::move(a));
    }
  } else if (const auto* minus = std::get_if<algebra::Minus>(&node.op)) {
    const Solutions right = Evaluate(*minus->right, graph);
    for (const Solution& a : Evaluate(*minus->left, graph)) {
      const bool removed = std::any_of(
          right.begin(), right.end(), [&](const Solution& b) { return Compatible(a, b) && !Disjoint(a, b); });
      if (!removed) out.push_back(a);
    }
  } else if (const auto* values = std::get_if<algebra::Values>(&node.op)) {
    for (const auto& row : values->rows) {
      Solution solution;
      for (size_t i = 0; i < row.size(); ++i) {
        if (row[i]) solution[values->variables[i]] = *row[i];
      }
      out.push_back(std::move(solution));
    }
  } else if (const auto* project = std::get_if<algebra::Project>(&node.op)) {
    for (const Solution& a : Evaluate(*project->input, graph)) {
      Solution kept;
      for (algebra::VarId v : project->variables) {
        if (const auto at = a.find(v); at != a.end()) kept.insert(*at);
      }
      out.push_back(std::move(kept));
    }
  } else if (const auto* distinct = std::get_if<algebra::Distinct>(&node.op)) {
    const Solutions all = Evaluate(*distinct->input, graph);
    const std::set<Solution> set(all.begin(), all.end());
    out.assign(set.begin(), set.end());
  }
  return out;
}

}  // namespace dossier::query
