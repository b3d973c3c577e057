// Parser actions as the classifier numbers them: 0 is SHIFT, then LEFT with each label, then RIGHT with each
// label. Label 0 is "root", and LEFT onto the root takes no other.
#pragma once

#include <cstddef>

#include "ingest/parse/arc_hybrid.h"

namespace dossier::ingest {

inline constexpr size_t kMaxParserLabels = 64;  // label sets are 64 bits

struct Action {
  Move move = Move::kShift;
  LabelId label = 0;
};

inline size_t ActionCount(size_t labels) { return 1 + 2 * labels; }
inline size_t ActionIndex(Action action, size_t labels) {
  if (action.move == Move::kShift) return 0;
  return 1 + action.label + (action.move == Move::kRight ? labels : 0);
}

// The legal action with the highest score among those that `allowed(move, label)` accepts; the first of
// equals. `found` tells whether there was one.
template <typename Score, typename Allowed>
Action BestAction(const ParseState& state, const Score* scores, size_t labels, const Allowed& allowed,
                  bool& found) {
  Action best;
  Score best_score{};
  found = false;
  const auto consider = [&](Action action) {
    const Score score = scores[ActionIndex(action, labels)];
    if ((found && score <= best_score) || !allowed(action)) return;
    best = action;
    best_score = score;
    found = true;
  };
  if (state.IsLegal(Move::kShift)) consider({Move::kShift, 0});
  for (const Move move : {Move::kLeft, Move::kRight}) {
    if (!state.IsLegal(move)) continue;
    const bool to_root = move == Move::kLeft && state.AtEnd();
    const size_t first = to_root ? 0 : 1;
    const size_t last = to_root ? 1 : labels;
    for (size_t label = first; label < last; ++label) consider({move, static_cast<LabelId>(label)});
  }
  return best;
}

template <typename Score>
Action BestLegalAction(const ParseState& state, const Score* scores, size_t labels) {
  bool found = false;
  return BestAction(
      state, scores, labels, [](Action) { return true; }, found);
}

}  // namespace dossier::ingest
