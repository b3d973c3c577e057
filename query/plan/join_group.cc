#include "query/plan/join_group.h"

#include <array>
#include <string_view>

namespace dossier::query::plan {

Slot SlotOf(const Scan& scan, char component) {
  switch (component) {
    case 's':
      return scan.subject;
    case 'p':
      return scan.predicate;
    case 'o':
      return scan.object;
    default: {
      if (scan.graph.kind == GraphSlot::Kind::kVariable) return {scan.graph.variable, {}};
      return {};
    }
  }
}

PlanPtr MakeScan(const Relation& relation, graph::Order order, const VarSet& required) {
  static constexpr std::array<std::string_view, 7> kComponents = {"spog", "sopg", "psog", "posg",
                                                                  "ospg", "opsg", "gspo"};
  auto node = std::make_shared<PlanNode>();
  Scan scan = relation.scan;
  scan.order = order;
  bool prefix = true;
  for (char c : kComponents[static_cast<size_t>(order)]) {
    const Slot slot = SlotOf(scan, c);
    if (!slot.is_variable() || node->ColumnOf(slot.variable) >= 0) continue;
    if (!required.Has(slot.variable)) {
      prefix = false;
      continue;
    }
    node->columns.push_back({slot.variable});
    if (prefix) node->sorted.push_back(slot.variable);
  }
  node->op = scan;
  node->rows = relation.rows;
  node->cost = kSeek + relation.rows;
  return node;
}

PlanPtr MakeUnit(size_t count) {
  auto node = std::make_shared<PlanNode>();
  node->op = Rows{{}, count};
  node->rows = static_cast<double>(count);
  return node;
}

}  // namespace dossier::query::plan
