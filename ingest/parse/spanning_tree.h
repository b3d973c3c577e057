// The best dependency tree over scored arcs (Chu and Liu 1965, Edmonds 1967), with exactly one root.
//
//   std::vector<uint32_t> heads = BestTree(scores, words);     // scores[word * (words + 1) + head]
//
// Head 0 is the root, head k is word k - 1. Where the best head of every word gives a tree, that is the answer in
// O(n^2); else O(n^3) at worst. Scores must be finite; a word is never its own head. Of equal trees always the same one.
// Pure; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dossier::ingest {

std::vector<uint32_t> BestTree(const float* scores, size_t words);

}  // namespace dossier::ingest
