#include "query/exec/operators.h"

namespace dossier::query {

absl::StatusOr<OperatorPtr> BuildOperator(const plan::PlanNode& node, Execution& execution,
                                          const BuildScope& scope) {
  struct Visitor {
    const plan::PlanNode& node;
    Execution& execution;
    const BuildScope& scope;
    using Result = absl::StatusOr<OperatorPtr>;
    Result operator()(const plan::Rows&) const { return MakeValues(node, execution, scope); }
    Result operator()(const plan::KeySource&) const { return MakeValues(node, execution, scope); }
    Result operator()(const plan::Scan&) const { return MakeScan(node, execution, scope); }
    Result operator()(const plan::CountScan&) const { return MakeScan(node, execution, scope); }
    Result operator()(const plan::PathScan&) const { return MakePathScan(node, execution, scope); }
    Result operator()(const plan::PathJoin&) const { return MakePathJoin(node, execution, scope); }
    Result operator()(const plan::IndexJoin&) const { return MakeIndexJoin(node, execution, scope); }
    Result operator()(const plan::HashJoin&) const { return MakeHashJoin(node, execution, scope); }
    Result operator()(const plan::MergeJoin&) const { return MakeMergeJoin(node, execution, scope); }
    Result operator()(const plan::LeftJoin&) const { return MakeLeftJoin(node, execution, scope); }
    Result operator()(const plan::SemiJoin&) const { return MakeSemiJoin(node, execution, scope); }
    Result operator()(const plan::Minus&) const { return MakeSemiJoin(node, execution, scope); }
    Result operator()(const plan::Union&) const { return MakeUnion(node, execution, scope); }
    Result operator()(const plan::Filter&) const { return MakeFilter(node, execution, scope); }
    Result operator()(const plan::Extend&) const { return MakeExtend(node, execution, scope); }
    Result operator()(const plan::Unnest&) const { return MakeTripleTerm(node, execution, scope); }
    Result operator()(const plan::Nest&) const { return MakeTripleTerm(node, execution, scope); }
    Result operator()(const plan::GraphLoop&) const { return MakeGraphLoop(node, execution, scope); }
    Result operator()(const plan::Group&) const { return MakeGroup(node, execution, scope); }
    Result operator()(const plan::Sort&) const { return MakeSort(node, execution, scope); }
    Result operator()(const plan::TopK&) const { return MakeSort(node, execution, scope); }
    Result operator()(const plan::Distinct&) const { return MakeDistinct(node, execution, scope); }
    Result operator()(const plan::Reduced&) const { return MakeDistinct(node, execution, scope); }
    Result operator()(const plan::Slice&) const { return MakeSlice(node, execution, scope); }
    Result operator()(const plan::Service&) const { return MakeService(node, execution, scope); }
    Result operator()(const plan::Project&) const { return MakeProject(node, execution, scope); }
  };
  return std::visit(Visitor{node, execution, scope}, node.op);
}

}  // namespace dossier::query
