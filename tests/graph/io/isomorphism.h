// Whether two sets of quads are the same up to the labels of their blank nodes.
//
//   EXPECT_TRUE(Isomorphic(read, expected));
//
// Colours blank nodes by what surrounds them, then tries the mappings that agree with the colours: fine for tests, exponential for
// graphs built to be hard.
#pragma once

#include <vector>

#include "graph/model/term.h"

namespace dossier::graph {

bool Isomorphic(const std::vector<Quad>& a, const std::vector<Quad>& b);

}  // namespace dossier::graph
