// The makers of all operators, one file each; BuildOperator() (build.cc) chooses among them. Each builds its
// own children.
#pragma once

#include "query/exec/operator.h"

namespace dossier::query {

#define DOSSIER_OPERATOR(Name) \
  absl::StatusOr<OperatorPtr> Name(const plan::PlanNode& node, Execution& execution, const BuildScope& scope)

DOSSIER_OPERATOR(MakeValues);      // values.cc: Rows, KeySource
DOSSIER_OPERATOR(MakeScan);        // scan.cc: Scan, CountScan
DOSSIER_OPERATOR(MakePathScan);    // path_scan.cc
DOSSIER_OPERATOR(MakePathJoin);    // path_join.cc
DOSSIER_OPERATOR(MakeIndexJoin);   // index_join.cc
DOSSIER_OPERATOR(MakeHashJoin);    // hash_join.cc
DOSSIER_OPERATOR(MakeMergeJoin);   // merge_join.cc
DOSSIER_OPERATOR(MakeLeftJoin);    // left_join.cc
DOSSIER_OPERATOR(MakeSemiJoin);    // semi_join.cc: SemiJoin, Minus
DOSSIER_OPERATOR(MakeUnion);       // union.cc
DOSSIER_OPERATOR(MakeFilter);      // filter.cc
DOSSIER_OPERATOR(MakeExtend);      // extend.cc
DOSSIER_OPERATOR(MakeTripleTerm);  // triple_term.cc: Unnest, Nest
DOSSIER_OPERATOR(MakeGraphLoop);   // graph_loop.cc
DOSSIER_OPERATOR(MakeGroup);       // group.cc
DOSSIER_OPERATOR(MakeSort);        // sort.cc: Sort, TopK
DOSSIER_OPERATOR(MakeDistinct);    // distinct.cc: Distinct, Reduced
DOSSIER_OPERATOR(MakeSlice);       // slice.cc
DOSSIER_OPERATOR(MakeService);     // service.cc
DOSSIER_OPERATOR(MakeProject);     // project.cc

#undef DOSSIER_OPERATOR

}  // namespace dossier::query
