// Where the variables of a quad pattern are: shared by scans and index joins. Positions: 0 subject, 1
// predicate, 2 object, 3 graph.
#pragma once

#include <array>
#include <utility>
#include <vector>

#include "query/plan/plan.h"

namespace dossier::query {

class PatternColumns {
 public:
  explicit PatternColumns(const plan::Scan& scan) {
    slots_ = {scan.subject, scan.predicate, scan.object, {}};
    if (scan.graph.kind == plan::GraphSlot::Kind::kVariable) slots_[3].variable = scan.graph.variable;
    for (int i = 0; i < 4; ++i) {
      const plan::Slot& slot = slots_[static_cast<size_t>(i)];
      if (!slot.is_variable()) continue;
      const int first = PositionOf(slot.variable);
      if (first != i) equal_.emplace_back(first, i);
    }
  }

  // The first position of a variable, or -1.
  int PositionOf(algebra::VarId variable) const {
    for (int i = 0; i < 4; ++i) {
      if (slots_[static_cast<size_t>(i)].is_variable() && slots_[static_cast<size_t>(i)].variable == variable)
        return i;
    }
    return -1;
  }
  // Pairs of positions with the same variable.
  const std::vector<std::pair<int, int>>& equal_positions() const { return equal_; }

 private:
  std::array<plan::Slot, 4> slots_;
  std::vector<std::pair<int, int>> equal_;
};

}  // namespace dossier::query
