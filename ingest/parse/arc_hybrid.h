// The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011) with the root at the end of the
// buffer, and what it costs a gold tree to take a transition (Goldberg and Nivre 2013).
//
//   ParseState state(sentence_size);
//   while (!state.IsFinal()) state.Apply(Pick(state.Legal()), label);
//   state.head(i);                                     // kNoToken for the root
//
// SHIFT moves the first word of the buffer to the stack; LEFT makes the stack's top a dependent of the
// buffer's first word and pops it; RIGHT makes the top a dependent of the word under it and pops it. Only the
// last word left on the stack may become the root, so every run ends, after exactly 2n transitions, in one
// projective tree with one root. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

enum class Move : uint8_t { kShift, kLeft, kRight };
using LabelId = uint8_t;

class ParseState {
 public:
  explicit ParseState(size_t size) { Reset(size); }
  void Reset(size_t size);

  size_t size() const { return size_; }
  bool IsFinal() const { return next_ == static_cast<TokenIndex>(size_) && stack_.empty(); }
  bool IsLegal(Move move) const;
  void Apply(Move move, LabelId label);

  // The k-th word from the top of the stack, from the front of the buffer; kNoToken where there is none.
  TokenIndex Stack(size_t k) const { return k < stack_.size() ? stack_[stack_.size() - 1 - k] : kNoToken; }
  TokenIndex Buffer(size_t k) const {
    const size_t i = static_cast<size_t>(next_) + k;
    return i < size_ ? static_cast<TokenIndex>(i) : kNoToken;
  }
  size_t StackSize() const { return stack_.size(); }
  // The buffer holds only the root.
  bool AtEnd() const { return static_cast<size_t>(next_) == size_; }

  // What is known about the dependents of a word so far.
  struct Node {
    TokenIndex head = kNoToken;
    TokenIndex left = kNoToken;  // outermost left dependent, and the one found before it
    TokenIndex left2 = kNoToken;
    TokenIndex right = kNoToken;
    TokenIndex right2 = kNoToken;
    uint64_t left_labels = 0;  // sets of labels, as bits
    uint64_t right_labels = 0;
    uint8_t left_count = 0;
    uint8_t right_count = 0;
    LabelId label = 0;
  };
  const Node& node(TokenIndex i) const { return nodes_[static_cast<size_t>(i)]; }
  TokenIndex head(TokenIndex i) const { return node(i).head; }
  LabelId label(TokenIndex i) const { return node(i).label; }

  // Gold arcs that become unreachable when `move` is taken. `gold_heads[i]` is kNoToken for the root.
  // Projective gold trees only.
  int Cost(Move move, const std::vector<TokenIndex>& gold_heads) const;

 private:
  void Attach(TokenIndex dependent, TokenIndex head, LabelId label);

  size_t size_ = 0;
  TokenIndex next_ = 0;
  std::vector<TokenIndex> stack_;
  std::vector<Node> nodes_;
};

}  // namespace dossier::ingest
