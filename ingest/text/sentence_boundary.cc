#include "ingest/text/sentence_boundary.h"

#include <algorithm>

namespace dossier::ingest {
namespace {

constexpr size_t kLongestCompared = 24;

// A closing quotation mark or bracket that touches the token before it belongs to that token's sentence.
bool ClosesAt(std::string_view token, bool space_after) {
  return token == "\u201D" || token == "''" || token == ")" || token == "]" || (token == "\"" && space_after);
}

}  // namespace

BoundaryContext::BoundaryContext(std::string_view text, const std::vector<SourceSpan>& tokens)
    : text_(text), tokens_(tokens) {
  views_.reserve(tokens.size());
  for (const SourceSpan& token : tokens)
    views_.push_back(Look(text.substr(token.begin, token.end - token.begin)));
}

BoundaryContext::View BoundaryContext::Look(std::string_view token) const {
  View view;
  const CodePoint first = DecodeAt(token, 0);
  const CharClass type = ClassOf(first.value);
  const std::string lower = ToLower(token.substr(0, kLongestCompared));
  view.lower = HashString(lower);
  view.suffix = static_cast<uint32_t>(
      HashString(std::string_view(lower).substr(lower.size() - std::min<size_t>(lower.size(), 3))));
  if (type == CharClass::kOther) {
    const bool run = token.size() > 1 && token[0] == token[1];
    view.shape = 1000 + static_cast<uint32_t>(first.value) * 2 + (run ? 1 : 0);
    return view;
  }
  const bool all_upper = token.size() > 1 && std::none_of(token.begin(), token.end(),
                                                          [](char c) { return c >= 'a' && c <= 'z'; });
  const bool ends_with_stop = token.size() > 1 && token.back() == '.';
  view.shape = static_cast<uint32_t>(type) * 64 + (all_upper ? 32u : 0u) + (ends_with_stop ? 16u : 0u) +
               static_cast<uint32_t>(std::min<size_t>(token.size(), 4));
  return view;
}

void BoundaryContext::Begin(size_t first) {
  begin_ = seen_ = first;
  open_brackets_ = 0;
  has_verbish_ = false;
  open_quotes_ = 0;
}

bool BoundaryContext::IsCandidate(size_t i) const {
  if (i + 1 >= tokens_.size()) return false;
  const CharClass last_type = ClassOf(DecodeAt(text_, tokens_[i].begin).value);
  const CharClass next_type = ClassOf(DecodeAt(text_, tokens_[i + 1].begin).value);
  const bool space = tokens_[i].end < tokens_[i + 1].begin;
  const std::string_view next = text_.substr(tokens_[i + 1].begin, tokens_[i + 1].end - tokens_[i + 1].begin);
  if (!space && ClosesAt(next, i + 2 >= tokens_.size() || tokens_[i + 1].end < tokens_[i + 2].begin))
    return false;
  if (IsLetter(last_type) || last_type == CharClass::kDigit) {
    return space && next_type != CharClass::kLower;
  }
  return true;
}

const BoundaryContext::View& BoundaryContext::At(size_t i, ptrdiff_t offset) const {
  static const View kOutside;
  const auto k = static_cast<ptrdiff_t>(i) + offset;
  return k >= 0 && k < static_cast<ptrdiff_t>(views_.size()) ? views_[static_cast<size_t>(k)] : kOutside;
}

void BoundaryContext::Advance(size_t i) {
  for (; seen_ <= i; ++seen_) {
    const std::string_view token =
        text_.substr(tokens_[seen_].begin, tokens_[seen_].end - tokens_[seen_].begin);
    if (token == "(" || token == "[") ++open_brackets_;
    if (token == ")" || token == "]") --open_brackets_;
    if (token == "\"") open_quotes_ = 1 - open_quotes_;
    if (token == "\u201C" || token == "``") ++open_quotes_;
    if (token == "\u201D" || token == "''") --open_quotes_;
    if (token[0] >= 'a' && token[0] <= 'z') has_verbish_ = true;
  }
}

void BoundaryContext::Extract(size_t i, FeatureList& out) {
  Advance(i);
  const View &a0 = At(i, 0), &a1 = At(i, -1), &a2 = At(i, -2);
  const View &b0 = At(i, 1), &b1 = At(i, 2), &b2 = At(i, 3);
  const bool space = tokens_[i].end < tokens_[i + 1].begin;
  const bool space_next = i + 2 < tokens_.size() && tokens_[i + 1].end < tokens_[i + 2].begin;
  const bool space_before = i > 0 && tokens_[i - 1].end < tokens_[i].begin;
  const uint32_t spaces = (space ? 1u : 0u) | (space_next ? 2u : 0u) | (space_before ? 4u : 0u);
  const size_t length = i + 1 - begin_;
  const size_t length_class = length <= 4    ? length
                              : length <= 8  ? 5
                              : length <= 16 ? 6
                              : length <= 40 ? 7
                                             : 8;
  const size_t left = tokens_.size() - i - 1;
  const size_t left_class = std::min<size_t>(left, 6);
  const uint32_t open =
      (open_brackets_ > 0 ? 1u : 0u) | (open_quotes_ > 0 ? 2u : 0u) | (open_quotes_ < 0 ? 4u : 0u);
  const uint32_t verbish = has_verbish_ ? 1 : 0;
  uint32_t t = 0;
  out.Clear();
  out.Add(t++, a0.shape, b0.shape, spaces);
  out.Add(t++, a0.lower, spaces);
  out.Add(t++, b0.lower, spaces);
  out.Add(t++, a0.lower, b0.shape, spaces);
  out.Add(t++, a0.shape, b0.lower, spaces);
  out.Add(t++, a0.lower, b0.lower);
  out.Add(t++, a1.lower, a0.lower);
  out.Add(t++, a1.lower, a0.lower, b0.shape);
  out.Add(t++, a1.shape, a0.lower, b0.shape, spaces);
  out.Add(t++, a1.suffix, a0.lower, b0.shape);
  out.Add(t++, a2.shape, a1.shape, a0.lower, b0.shape);
  out.Add(t++, a0.lower, b0.shape, b1.shape, spaces);
  out.Add(t++, a0.lower, b0.lower, b1.shape);
  out.Add(t++, a0.shape, b0.lower, b1.lower);
  out.Add(t++, a0.lower, b0.shape, b1.shape, b2.shape);
  out.Add(t++, a0.lower, b0.shape, open, spaces);
  out.Add(t++, a0.lower, b0.shape, length_class);
  out.Add(t++, a0.shape, b0.shape, length_class, verbish);
  out.Add(t++, a0.shape, b0.shape, left_class);
  out.Add(t++, a0.lower, open, length_class);
  out.Add(t++, a0.lower, b0.shape, verbish, open);
  out.Add(t++, b0.lower, b1.lower);
  out.Add(t++, b0.shape, b1.shape, b2.shape, spaces);
  out.Add(t++, a2.lower, a1.lower, a0.lower);
  out.Add(t++, a1.shape, a0.shape, b0.shape, b1.shape, spaces);
  out.Add(t++, open, a0.shape, b0.shape, spaces, verbish);
  out.Add(t++, length == 1 ? 1 : 0, a0.shape, b0.shape, spaces);
  out.Add(t++, At(begin_, 0).lower, a0.shape, b0.shape);
}

}  // namespace dossier::ingest
