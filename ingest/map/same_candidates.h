// Entities that may be one: what `dossier same` and `.same?` list, for people to merge or to tell apart.
//
//   ASSIGN_OR_RETURN(std::vector<SameCandidate> pairs, FindSameCandidates(*snapshot, 100));
//
// Named entities of kinds that do not exclude each other are compared by their names: the same name, a surname or initial for a full name,
// an acronym, all words of the one in the other, one or two letters apart. Pairs that were told apart (corrections.h) are left out.
// Likely ones first, then by IRI. Time is linear in the names but for names that share a word with many others, which are cut off.
#pragma once

#include <string>
#include <vector>

#include "graph/store/store.h"

namespace dossier::ingest {

struct SameCandidate {
  std::string a, b;              // IRIs, a < b
  std::string a_label, b_label;
  std::string reason;            // "the same name", "a part of the name", "an acronym", "spelt alike"
  double score = 0;              // 0 to 1
  bool operator==(const SameCandidate&) const = default;
};

absl::StatusOr<std::vector<SameCandidate>> FindSameCandidates(const graph::Snapshot& snapshot, size_t limit);

}  // namespace dossier::ingest
