// The right input of hash, left, semi joins and MINUS, kept in a JoinTable: read once, or in keyed operators
// once per left batch for the distinct keys of that batch.
#pragma once

#include <memory>
#include <vector>

#include "query/exec/join_table.h"
#include "query/exec/operator.h"

namespace dossier::query {

class RightSide {
 public:
  // `parent`: the joining node (left and right children). All borrowed.
  RightSide(const plan::PlanNode& parent, bool keyed, std::vector<plan::VarId> keys, Execution& execution,
            const BuildScope& scope);
  ~RightSide() { Release(); }
  RightSide(const RightSide&) = delete;

  // To be called with every left batch before probing.
  absl::Status Prepare(const Batch& left);
  // As Prepare(), for operators without keys that want the right side first.
  absl::Status Load() { return Prepare(Batch()); }
  JoinTable& table() { return *table_; }

 private:
  void CollectKeys(const Batch& left);
  absl::Status Read();
  void Release();

  const plan::PlanNode& parent_;
  const plan::PlanNode& right_;
  bool keyed_;
  std::vector<plan::VarId> key_variables_;
  Execution& execution_;
  BuildScope scope_;
  Batch keys_;
  std::unique_ptr<JoinTable> table_;
  int64_t charged_ = 0;
};

}  // namespace dossier::query
