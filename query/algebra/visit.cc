#include "query/algebra/visit.h"

namespace dossier::query::algebra {
namespace {

struct Copy {
  NodePtr operator()(const Bgp& op) const { return Make(Bgp{op}); }
  NodePtr operator()(const Path& op) const { return Make(Path{op}); }
  NodePtr operator()(const Values& op) const { return Make(Values{op}); }
  NodePtr operator()(const Join& op) const { return Make(Join{Clone(*op.left), Clone(*op.right)}); }
  NodePtr operator()(const Union& op) const { return Make(Union{Clone(*op.left), Clone(*op.right)}); }
  NodePtr operator()(const Minus& op) const { return Make(Minus{Clone(*op.left), Clone(*op.right)}); }
  NodePtr operator()(const LeftJoin& op) const {
    return Make(LeftJoin{Clone(*op.left), Clone(*op.right), op.condition});
  }
  NodePtr operator()(const Filter& op) const { return Make(Filter{Clone(*op.input), op.condition}); }
  NodePtr operator()(const Graph& op) const { return Make(Graph{op.name, Clone(*op.input)}); }
  NodePtr operator()(const Extend& op) const {
    return Make(Extend{Clone(*op.input), op.variable, op.expression});
  }
  NodePtr operator()(const Group& op) const {
    return Make(Group{Clone(*op.input), op.keys, op.aggregates, op.implicit});
  }
  NodePtr operator()(const Project& op) const { return Make(Project{Clone(*op.input), op.variables}); }
  NodePtr operator()(const Distinct& op) const { return Make(Distinct{Clone(*op.input)}); }
  NodePtr operator()(const Reduced& op) const { return Make(Reduced{Clone(*op.input)}); }
  NodePtr operator()(const OrderBy& op) const { return Make(OrderBy{Clone(*op.input), op.keys}); }
  NodePtr operator()(const Slice& op) const { return Make(Slice{Clone(*op.input), op.offset, op.limit}); }
  NodePtr operator()(const Service& op) const {
    return Make(Service{op.endpoint, op.silent, Clone(*op.input), op.text, op.visible});
  }
};

}  // namespace

NodePtr Clone(const Node& node) { return std::visit(Copy{}, node.op); }

}  // namespace dossier::query::algebra
