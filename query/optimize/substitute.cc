#include "query/optimize/substitute.h"

#include "query/algebra/visit.h"

namespace dossier::query::algebra {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

class Substituter {
 public:
  explicit Substituter(const Bindings& bindings) : bindings_(bindings) {}

  NodePtr Apply(const NodePtr& node) const { return node == nullptr ? nullptr : Apply(*node); }

  NodePtr Apply(const Node& node) const {
    return std::visit(Overloaded{
                          [&](const Bgp& op) {
                            Bgp out;
                            for (const TriplePattern& t : op.triples)
                              out.triples.push_back({Apply(t.subject), Apply(t.predicate), Apply(t.object)});
                            return Make(std::move(out));
                          },
                          [&](const Path& op) {
                            return Make(Path{Apply(op.subject), op.path, Apply(op.object)});
                          },
                          [&](const Join& op) {
                            return Make(Join{Apply(op.left), Apply(op.right)});
                          },
                          [&](const LeftJoin& op) {
                            LeftJoin out{Apply(op.left), Apply(op.right), std::nullopt};
                            if (op.condition) out.condition = Apply(*op.condition);
                            return Make(std::move(out));
                          },
                          [&](const Filter& op) {
                            return Make(Filter{Apply(op.input), Apply(op.condition)});
                          },
                          [&](const Union& op) {
                            return Make(Union{Apply(op.left), Apply(op.right)});
                          },
                          [&](const Graph& op) {
                            return Make(Graph{Apply(op.name), Apply(op.input)});
                          },
                          [&](const Extend& op) {
                            return Make(Extend{Apply(op.input), op.variable, Apply(op.expression)});
                          },
                          [&](const Minus& op) {
                            return Make(Minus{Apply(op.left), Apply(op.right)});
                          },
                          [&](const Values& op) { return Make(Values(op)); },
                          [&](const Group& op) {
                            Group out{Apply(op.input), op.keys, op.aggregates, op.implicit};
                            for (AggregateCall& a : out.aggregates) {
                              if (a.argument) a.argument = Apply(*a.argument);
                            }
                            return Make(std::move(out));
                          },
                          [&](const Project& op) {
                            return Make(Project{Apply(op.input), op.variables});
                          },
                          [&](const Distinct& op) { return Make(Distinct{Apply(op.input)}); },
                          [&](const Reduced& op) { return Make(Reduced{Apply(op.input)}); },
                          [&](const OrderBy& op) {
                            OrderBy out{Apply(op.input), op.keys};
                            for (SortKey& key : out.keys) key.expression = Apply(key.expression);
                            return Make(std::move(out));
                          },
                          [&](const Slice& op) {
                            return Make(Slice{Apply(op.input), op.offset, op.limit});
                          },
                          [&](const Service& op) {
                            return ApplyToService(op);
                          },
                      },
                      node.op);
  }

 private:
  // The text that is sent keeps its variables: its solutions are joined with the values instead.
  NodePtr ApplyToService(const Service& op) const {
    NodePtr service = Make(Service{Apply(op.endpoint), op.silent, Clone(*op.input), op.text, op.visible});
    Values values;
    values.rows.emplace_back();
    for (const auto& [name, variable] : op.visible) {
      const auto at = bindings_.find(variable);
      if (at == bindings_.end()) continue;
      values.variables.push_back(variable);
      values.rows[0].push_back(at->second);
    }
    return values.variables.empty() ? std::move(service) : Make(Join{Make(std::move(values)), std::move(service)});
  }

  PatternTerm Apply(const PatternTerm& term) const {
    if (term.is_variable()) {
      const auto at = bindings_.find(term.variable());
      return at == bindings_.end() ? term : PatternTerm{at->second};
    }
    if (!term.is_triple()) return term;
    const auto& parts = term.triple();
    return {std::make_shared<const std::array<PatternTerm, 3>>(
        std::array<PatternTerm, 3>{Apply(parts[0]), Apply(parts[1]), Apply(parts[2])})};
  }

  Expression Apply(const Expression& expression) const {
    Expression out = expression;
    if (const auto* v = std::get_if<VarId>(&expression.value)) {
      const auto at = bindings_.find(*v);
      if (at != bindings_.end()) out.value = at->second;
    } else if (auto* call = std::get_if<Call>(&out.value)) {
      // BOUND(?x) needs its variable; a substituted one is bound.
      if (call->function == Function::kBound && call->args.size() == 1) {
        const auto* v_arg = std::get_if<VarId>(&call->args[0].value);
        if (v_arg != nullptr && bindings_.contains(*v_arg)) {
          out.value = graph::Term::Literal("true", "http://www.w3.org/2001/XMLSchema#boolean");
        }
        return out;
      }
      for (Expression& arg : call->args) arg = Apply(arg);
    } else if (auto* exists = std::get_if<Exists>(&out.value)) {
      exists->pattern = Apply(*exists->pattern);
    }
    return out;
  }

  const Bindings& bindings_;
};

void AddAssigned(const Node& node, VarSet& out) {
  std::visit(Overloaded{
                 [&](const Bgp&) {},
                 [&](const Path&) {},
                 [&](const Service&) {},
                 [&](const Values& op) {
                   for (VarId v : op.variables) out.Add(v);
                 },
                 [&](const Extend& op) {
                   out.Add(op.variable);
                   AddAssigned(*op.input, out);
                 },
                 [&](const Group& op) {
                   for (const AggregateCall& a : op.aggregates) out.Add(a.result);
                   AddAssigned(*op.input, out);
                 },
                 [&](const auto& op) {
                   if constexpr (requires { op.left; }) {
                     AddAssigned(*op.left, out);
                     AddAssigned(*op.right, out);
                   } else {
                     AddAssigned(*op.input, out);
                   }
                 },
             },
             node.op);
}

}  // namespace

NodePtr Substitute(const Node& node, const Bindings& bindings) { return Substituter(bindings).Apply(node); }

VarSet AssignedVariables(const Node& node) {
  VarSet out;
  AddAssigned(node, out);
  return out;
}

}  // namespace dossier::query::algebra
