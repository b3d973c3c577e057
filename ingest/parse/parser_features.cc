#include "ingest/parse/parser_features.h"

#include <algorithm>

namespace dossier::ingest {
namespace {

// A word of the configuration with what the templates use of it. Components that are absent have values no
// word has.
struct Slot {
  uint64_t w = 2;       // word, lower case
  uint32_t t = 0xFFFF;  // universal + Penn tag
  uint32_t u = 0xFF;    // universal tag
  uint32_t c = 0xFFFF;  // cluster
  uint32_t k = 0xFFFF;  // coarse cluster
  uint32_t l = 0xFF;    // label of the arc to its head
};

class Extractor {
 public:
  Extractor(const ParseState& state, absl::Span<const WordFeatures> words, absl::Span<const TagId> tags,
            const TagSet& tag_set)
      : state_(state), words_(words), tags_(tags), tag_set_(tag_set) {}

  Slot At(TokenIndex i) const {
    if (i == kNoToken) return {};
    const auto k = static_cast<size_t>(i);
    return {words_[k].lower,   tags_[k],         tag_set_.UposOf(tags_[k]),
            words_[k].cluster, words_[k].coarse, state_.label(i)};
  }
  TokenIndex Left(TokenIndex i) const { return i == kNoToken ? kNoToken : state_.node(i).left; }
  TokenIndex Left2(TokenIndex i) const { return i == kNoToken ? kNoToken : state_.node(i).left2; }
  TokenIndex Right(TokenIndex i) const { return i == kNoToken ? kNoToken : state_.node(i).right; }
  TokenIndex Right2(TokenIndex i) const { return i == kNoToken ? kNoToken : state_.node(i).right2; }

 private:
  const ParseState& state_;
  absl::Span<const WordFeatures> words_;
  absl::Span<const TagId> tags_;
  const TagSet& tag_set_;
};

uint32_t Distance(TokenIndex a, TokenIndex b) {
  if (a == kNoToken || b == kNoToken) return 15;
  const auto d = static_cast<uint32_t>(b > a ? b - a : a - b);
  return d <= 4 ? d : d <= 6 ? 5 : d <= 10 ? 6 : d <= 20 ? 7 : 8;
}

}  // namespace

void ExtractParserFeatures(const ParseState& state, absl::Span<const WordFeatures> words,
                           absl::Span<const TagId> tags, const TagSet& tag_set, FeatureList& out) {
  const Extractor x(state, words, tags, tag_set);
  const TokenIndex i0 = state.Stack(0);
  const TokenIndex i1 = state.Stack(1);
  const TokenIndex j0 = state.Buffer(0);
  const Slot s0 = x.At(i0), s1 = x.At(i1), s2 = x.At(state.Stack(2));
  const Slot b0 = x.At(j0), b1 = x.At(state.Buffer(1)), b2 = x.At(state.Buffer(2));
  const TokenIndex s0l_i = x.Left(i0), s0r_i = x.Right(i0), s1r_i = x.Right(i1), b0l_i = x.Left(j0);
  const Slot s0l = x.At(s0l_i), s0r = x.At(s0r_i), s0l2 = x.At(x.Left2(i0)), s0r2 = x.At(x.Right2(i0));
  const Slot s1l = x.At(x.Left(i1)), s1r = x.At(s1r_i), s1r2 = x.At(x.Right2(i1)), s1l2 = x.At(x.Left2(i1));
  const Slot b0l = x.At(b0l_i), b0l2 = x.At(x.Left2(j0));
  const uint32_t d0 = Distance(i0, j0);
  const uint32_t d1 = Distance(i1, i0);
  const ParseState::Node none;
  const ParseState::Node& n0 = i0 == kNoToken ? none : state.node(i0);
  const ParseState::Node& n1 = i1 == kNoToken ? none : state.node(i1);
  const ParseState::Node& m0 = j0 == kNoToken ? none : state.node(j0);

  uint32_t t = 0;
  out.Clear();
  // One word.
  out.Add(t++, s0.w, s0.t);
  out.Add(t++, s0.w);
  out.Add(t++, s0.t);
  out.Add(t++, s0.c, s0.t);
  out.Add(t++, s1.w, s1.t);
  out.Add(t++, s1.w);
  out.Add(t++, s1.t);
  out.Add(t++, s1.c, s1.t);
  out.Add(t++, s2.w, s2.t);
  out.Add(t++, s2.t);
  out.Add(t++, b0.w, b0.t);
  out.Add(t++, b0.w);
  out.Add(t++, b0.t);
  out.Add(t++, b0.c, b0.t);
  out.Add(t++, b1.w, b1.t);
  out.Add(t++, b1.w);
  out.Add(t++, b1.t);
  out.Add(t++, b1.c, b1.t);
  out.Add(t++, b2.w, b2.t);
  out.Add(t++, b2.t);
  out.Add(t++, b2.c);
  // Two words.
  out.Add(t++, s0.w, s0.t, b0.w, b0.t);
  out.Add(t++, s0.w, s0.t, b0.w);
  out.Add(t++, s0.w, b0.w, b0.t);
  out.Add(t++, s0.w, s0.t, b0.t);
  out.Add(t++, s0.t, b0.w, b0.t);
  out.Add(t++, s0.t, b0.t);
  out.Add(t++, s0.c, b0.c);
  out.Add(t++, s0.c, b0.t);
  out.Add(t++, s0.t, b0.c);
  out.Add(t++, s0.k, s0.t, b0.k, b0.t);
  out.Add(t++, s1.w, s1.t, s0.w, s0.t);
  out.Add(t++, s1.w, s0.w);
  out.Add(t++, s1.w, s1.t, s0.t);
  out.Add(t++, s1.t, s0.w, s0.t);
  out.Add(t++, s1.t, s0.t);
  out.Add(t++, s1.c, s0.c);
  out.Add(t++, s1.c, s0.t);
  out.Add(t++, s1.t, s0.c);
  out.Add(t++, s1.k, s1.t, s0.k, s0.t);
  out.Add(t++, s1.t, b0.t);
  out.Add(t++, s1.w, b0.t);
  out.Add(t++, s1.w, b0.w);
  out.Add(t++, s1.c, b0.c);
  out.Add(t++, b0.t, b1.t);
  out.Add(t++, b0.w, b1.w);
  out.Add(t++, b0.w, b1.t);
  out.Add(t++, b0.t, b1.w);
  out.Add(t++, s0.w, b1.t);
  out.Add(t++, s0.w, b1.w);
  // Three words.
  out.Add(t++, b0.t, b1.t, b2.t);
  out.Add(t++, s0.t, b0.t, b1.t);
  out.Add(t++, s1.t, s0.t, b0.t);
  out.Add(t++, s2.t, s1.t, s0.t);
  out.Add(t++, s1.t, s0.t, b0.t, b1.t);
  out.Add(t++, s1.w, s0.t, b0.t);
  out.Add(t++, s1.t, s0.w, b0.t);
  out.Add(t++, s1.t, s0.t, b0.w);
  out.Add(t++, s1.w, s0.w, b0.t);
  out.Add(t++, s1.t, s0.w, b0.w);
  out.Add(t++, s1.c, s0.t, b0.c);
  out.Add(t++, s1.c, s0.w, b0.c);
  out.Add(t++, s1.k, s0.w, b0.k);
  out.Add(t++, s1.c, s0.c, b0.t);
  out.Add(t++, s0.t, b0.t, b1.w);
  out.Add(t++, s0.t, b0.t, b1.t, b2.t);
  // Dependents.
  out.Add(t++, s0.t, s0l.t, b0.t);
  out.Add(t++, s0.t, s0r.t, b0.t);
  out.Add(t++, s0.t, b0.t, b0l.t);
  out.Add(t++, s1.t, s0.t, s0l.t);
  out.Add(t++, s1.t, s0.t, s0r.t);
  out.Add(t++, s1.t, s0.t, s1l.t);
  out.Add(t++, s1.t, s0.t, s1r.t);
  out.Add(t++, s1.t, s1r.t, s0.t, b0.t);
  out.Add(t++, s0.t, s0l.t, s0l2.t);
  out.Add(t++, s0.t, s0r.t, s0r2.t);
  out.Add(t++, s1.t, s1r.t, s1r2.t);
  out.Add(t++, s1.t, s1l.t, s1l2.t);
  out.Add(t++, b0.t, b0l.t, b0l2.t);
  out.Add(t++, s0l.w, s0.t);
  out.Add(t++, s0l.w, s0.w);
  out.Add(t++, s0r.w, s0.t);
  out.Add(t++, s1r.w, s1.t);
  out.Add(t++, s1l.w, s1.t);
  out.Add(t++, b0l.w, b0.t);
  out.Add(t++, b0l.w, b0.w);
  out.Add(t++, s0l.l, s0.t);
  out.Add(t++, s0r.l, s0.t);
  out.Add(t++, s1r.l, s1.t, s0.t);
  out.Add(t++, b0l.l, b0.t);
  out.Add(t++, s0.t, s0r.w, b0.t);
  out.Add(t++, s1.w, s0l.w, s0.t);
  out.Add(t++, s1.t, s0l.w, s0.t);
  out.Add(t++, s1.t, s0l.w, s0.c);
  out.Add(t++, s1.c, s0l.w, s0.c);
  out.Add(t++, s1.w, s0l.w, s0.c);
  out.Add(t++, s1r.w, s1.t, s0.t, s0l.w);
  // Label sets and valencies.
  out.Add(t++, s0.t, n0.left_labels);
  out.Add(t++, s0.w, n0.left_labels);
  out.Add(t++, s0.t, n0.right_labels);
  out.Add(t++, s0.w, n0.right_labels, b0.t);
  out.Add(t++, s1.t, n1.right_labels, s0.t);
  out.Add(t++, s1.w, n1.right_labels, s0.t);
  out.Add(t++, s1.t, n1.left_labels, s0.t);
  out.Add(t++, b0.t, m0.left_labels);
  out.Add(t++, b0.w, m0.left_labels);
  out.Add(t++, b0.t, m0.left_labels, s0.t);
  out.Add(t++, s0.t, n0.left_labels, b0.t);
  out.Add(t++, s0.t, n0.left_labels, n0.right_labels, s1.t);
  out.Add(t++, s0.t, n0.left_count, n0.right_count);
  out.Add(t++, s0.w, n0.left_count, n0.right_count);
  out.Add(t++, s1.t, n1.right_count, n1.left_count);
  out.Add(t++, b0.t, m0.left_count);
  // Distances.
  out.Add(t++, s0.t, b0.t, d0);
  out.Add(t++, s0.w, d0);
  out.Add(t++, b0.w, d0);
  out.Add(t++, s1.t, s0.t, d1);
  out.Add(t++, s1.w, d1);
  out.Add(t++, s0.w, d1);
  out.Add(t++, s1.t, s0.t, b0.t, d1);
  out.Add(t++, std::min<size_t>(state.StackSize(), 4), s0.t, b0.t);
  out.Add(t++, s0.u, s1.u, s2.u, b0.u, b1.u);
  out.Add(t++, s0.u, s1.u, s2.u, b0.u, n0.left_labels);
  out.Add(t++, s0.u, s0l.l, s0r.l, s1.u, s1l.l, s1r.l);
}

}  // namespace dossier::ingest
