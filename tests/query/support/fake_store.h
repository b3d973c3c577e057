// A read-only Store over a FakeSnapshot, so that the engine runs on quads in memory.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "tests/query/fake_snapshot.h"

namespace dossier::query {

class FakeStore : public graph::Store {
 public:
  explicit FakeStore(const std::vector<graph::Quad>& quads)
      : snapshot_(std::make_shared<FakeSnapshot>(quads)) {}
  std::shared_ptr<const graph::Snapshot> GetSnapshot() const override { return snapshot_; }
  std::unique_ptr<graph::Transaction> Begin() override { return nullptr; }
  absl::StatusOr<std::unique_ptr<graph::Transaction>> Begin(absl::Time) override { return FailedPrecondition("this store is not written to"); }

 private:
  std::shared_ptr<const FakeSnapshot> snapshot_;  // shared with results that outlive a call
};

}  // namespace dossier::query
