// A sequence of transactions that a number tells: the program that is killed makes them, the test that killed it knows what must be there.
//
//   Updates updates(seed);
//   RETURN_IF_ERROR(updates.Apply(7, *tx));      // the changes of transaction 7
//   updates.StateAfter(7)                         // lines of N-Quads, sorted
//
// Each transaction inserts and removes up to 60 quads of all kinds of terms in four graphs, and moves a marker. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "graph/store/store.h"

namespace dossier::graph {

class Updates {
 public:
  explicit Updates(uint64_t seed) : seed_(seed) {}

  // Transaction `number` counts from 1.
  absl::Status Apply(uint64_t number, Transaction& tx) const;
  // After transactions 1 to `number`; cheap when called with growing numbers.
  const std::set<std::string>& StateAfter(uint64_t number);

 private:
  void EachChange(uint64_t number, const std::function<void(bool insert, const Quad& quad)>& visit) const;

  const uint64_t seed_;
  uint64_t at_ = 0;
  std::set<std::string> state_;
};

// One quad of many kinds, chosen by `random()`.
Quad RandomQuad(const std::function<uint64_t()>& random);

}  // namespace dossier::graph
