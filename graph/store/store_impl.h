// The one implementation of Store. Internal to graph/store: use store.h. Its core is what the bulk loader and maintenance work on.
#pragma once

#include <memory>
#include <utility>

#include "graph/store/store.h"
#include "graph/store/store_core.h"

namespace dossier::graph {

class StoreImpl : public Store {
 public:
  explicit StoreImpl(std::unique_ptr<StoreCore> core) : core_(std::move(core)) {}

  std::shared_ptr<const Snapshot> GetSnapshot() const override;
  std::unique_ptr<Transaction> Begin() override;
  absl::StatusOr<std::unique_ptr<Transaction>> Begin(absl::Time deadline) override;
  absl::Status Fold() override { return core_->Fold(); }
  StoreLayout Layout() const override;

  StoreCore& core() const { return *core_; }

 private:
  std::unique_ptr<Transaction> BeginHoldingTurn();
  std::unique_ptr<StoreCore> core_;
};

}  // namespace dossier::graph
