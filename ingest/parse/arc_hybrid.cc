#include "ingest/parse/arc_hybrid.h"

#include <algorithm>

namespace dossier::ingest {

void ParseState::Reset(size_t size) {
  size_ = size;
  next_ = 0;
  stack_.clear();
  nodes_.assign(size, Node{});
}

bool ParseState::IsLegal(Move move) const {
  switch (move) {
    case Move::kShift:
      return !AtEnd();
    case Move::kLeft:
      return AtEnd() ? stack_.size() == 1 : !stack_.empty();
    case Move::kRight:
      return stack_.size() >= 2;
  }
  return false;
}

void ParseState::Apply(Move move, LabelId label) {
  if (move == Move::kShift) {
    stack_.push_back(next_++);
    return;
  }
  const TokenIndex top = stack_.back();
  stack_.pop_back();
  const TokenIndex head = move == Move::kRight ? stack_.back() : AtEnd() ? kNoToken : next_;
  Attach(top, head, label);
}

void ParseState::Attach(TokenIndex dependent, TokenIndex head, LabelId label) {
  Node& d = nodes_[static_cast<size_t>(dependent)];
  d.head = head;
  d.label = label;
  if (head == kNoToken) return;
  Node& h = nodes_[static_cast<size_t>(head)];
  if (dependent < head) {
    h.left2 = h.left;
    h.left = dependent;
    h.left_labels |= uint64_t{1} << (label & 63);
    if (h.left_count < 7) ++h.left_count;
  } else {
    h.right2 = h.right;
    h.right = dependent;
    h.right_labels |= uint64_t{1} << (label & 63);
    if (h.right_count < 7) ++h.right_count;
  }
}

int ParseState::Cost(Move move, const std::vector<TokenIndex>& gold_heads) const {
  const auto gold = [&](TokenIndex i) { return gold_heads[static_cast<size_t>(i)]; };
  const TokenIndex end = static_cast<TokenIndex>(size_);
  int cost = 0;
  if (move == Move::kShift) {
    const TokenIndex b0 = next_;
    for (size_t k = 0; k < stack_.size(); ++k) {
      const TokenIndex s = Stack(k);
      if (gold(s) == b0) ++cost;
      if (k > 0 && gold(b0) == s) ++cost;
    }
    return cost;
  }
  const TokenIndex s0 = Stack(0);
  const TokenIndex s1 = Stack(1);
  for (TokenIndex b = next_; b < end; ++b) cost += gold(b) == s0 ? 1 : 0;
  const TokenIndex head = gold(s0);
  if (move == Move::kLeft) {
    const TokenIndex b0 = AtEnd() ? kNoToken : next_;
    const bool later = (head == kNoToken && !AtEnd()) || head > next_ || (head != kNoToken && head == s1);
    if (head != b0 && later) ++cost;
  } else if (head == kNoToken || head >= next_) {
    ++cost;
  }
  return cost;
}

}  // namespace dossier::ingest
