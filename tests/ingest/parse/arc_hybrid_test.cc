#include "ingest/parse/arc_hybrid.h"

#include <gtest/gtest.h>

#include <random>

namespace dossier::ingest {
namespace {

using Heads = std::vector<TokenIndex>;

// A random projective tree over [begin, end); gives its root.
TokenIndex RandomTree(TokenIndex begin, TokenIndex end, std::mt19937& random, Heads& heads) {
  const auto root = begin + static_cast<TokenIndex>(random() % static_cast<unsigned>(end - begin));
  for (const auto& [from, to] : {std::pair(begin, root), std::pair(root + 1, end)}) {
    for (TokenIndex at = from; at < to;) {
      const auto next = at + 1 + static_cast<TokenIndex>(random() % static_cast<unsigned>(to - at));
      heads[static_cast<size_t>(RandomTree(at, next, random, heads))] = root;
      at = next;
    }
  }
  return root;
}

int ArcsMissed(const ParseState& state, const Heads& gold) {
  int missed = 0;
  for (size_t i = 0; i < gold.size(); ++i)
    missed += state.head(static_cast<TokenIndex>(i)) == gold[i] ? 0 : 1;
  return missed;
}

constexpr Move kMoves[] = {Move::kShift, Move::kLeft, Move::kRight};

TEST(ArcHybridTest, ZeroCostMovesLeadToTheGoldTree) {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    Heads gold(1 + random() % 25, kNoToken);
    RandomTree(0, static_cast<TokenIndex>(gold.size()), random, gold);
    ParseState state(gold.size());
    while (!state.IsFinal()) {
      std::vector<Move> free;
      for (const Move move : kMoves) {
        if (state.IsLegal(move) && state.Cost(move, gold) == 0) free.push_back(move);
      }
      ASSERT_FALSE(free.empty());
      state.Apply(free[random() % free.size()], 1);
    }
    EXPECT_EQ(ArcsMissed(state, gold), 0);
  }
}

// The dynamic oracle: from any state the costs of the moves taken add up to the arcs that the tree misses in
// the end. Only the system's own rule that one word alone may become the root can cost more.
TEST(ArcHybridTest, CostsBoundTheArcsMissed) {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    Heads gold(1 + random() % 20, kNoToken);
    RandomTree(0, static_cast<TokenIndex>(gold.size()), random, gold);
    ParseState state(gold.size());
    int cost = 0;
    while (!state.IsFinal()) {
      std::vector<Move> legal;
      for (const Move move : kMoves) {
        if (state.IsLegal(move)) legal.push_back(move);
      }
      ASSERT_FALSE(legal.empty());
      const Move move = legal[random() % legal.size()];
      cost += state.Cost(move, gold);
      state.Apply(move, 1);
    }
    EXPECT_EQ(ArcsMissed(state, gold), cost);
  }
}

TEST(ArcHybridTest, EveryRunTakesTwoMovesAWordAndEndsInOneTree) {
  std::mt19937 random(9);
  for (int round = 0; round < 300; ++round) {
    const size_t size = 1 + random() % 30;
    ParseState state(size);
    size_t moves = 0;
    while (!state.IsFinal()) {
      Move move = kMoves[random() % 3];
      if (!state.IsLegal(move)) continue;
      state.Apply(move, 1);
      ++moves;
    }
    EXPECT_EQ(moves, 2 * size);
    int roots = 0;
    for (size_t i = 0; i < size; ++i) roots += state.head(static_cast<TokenIndex>(i)) == kNoToken ? 1 : 0;
    EXPECT_EQ(roots, 1);
  }
}

}  // namespace
}  // namespace dossier::ingest
