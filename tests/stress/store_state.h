// What a store holds, and whether it agrees with itself: read through the interface alone, so independent of VerifyDatabase().
//
//   ASSIGN_OR_RETURN(std::set<std::string> lines, ReadLines(*snapshot));
//   RETURN_IF_ERROR(CheckDatabase(directory));
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "graph/store/store.h"

namespace dossier::graph {

// All quads as lines of canonical N-Quads.
absl::StatusOr<std::set<std::string>> ReadLines(const Snapshot& snapshot);

// Every order has the same quads, sorted; size(), Count() and NamedGraphs() are what was counted; every term is found under its id.
// DataLoss says what does not agree.
absl::Status CheckSnapshot(const Snapshot& snapshot);

// CheckSnapshot() of a database opened for reading, and VerifyDatabase().
absl::Status CheckDatabase(const std::string& directory);

// How often: few times usually, `full` with DOSSIER_STRESS=1 in the environment.
int Rounds(int few, int full);
// DOSSIER_SEED, or a new one. Printed, so that a failure can be repeated.
uint64_t SeedOf(const char* test);

}  // namespace dossier::graph
