#include "ingest/parse/tagger.h"

#include <algorithm>

namespace dossier::ingest {
namespace {

constexpr WordFeatures kOutside{.word = 1, .lower = 1};

const WordFeatures& At(absl::Span<const WordFeatures> words, size_t i, int offset) {
  const auto k = static_cast<ptrdiff_t>(i) + offset;
  return k >= 0 && k < static_cast<ptrdiff_t>(words.size()) ? words[static_cast<size_t>(k)] : kOutside;
}

TagId TagAt(absl::Span<const TagId> tags, size_t i, int offset) {
  const auto k = static_cast<ptrdiff_t>(i) + offset;
  return k >= 0 && k < static_cast<ptrdiff_t>(tags.size()) ? tags[static_cast<size_t>(k)] : kNoTag;
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool LooksLikeHeadline(const Sentence& sentence) {
  size_t longer = 0;
  size_t capitalized = 0;
  for (const Token& token : sentence.tokens) {
    if (token.form.size() < 4) continue;
    ++longer;
    if (IsUpper(token.form[0])) ++capitalized;
  }
  return longer >= 3 && capitalized * 4 >= longer * 3;
}

void ExtractTagFeatures(absl::Span<const WordFeatures> words, const Sentence& sentence, bool headline,
                        absl::Span<const TagId> tags, size_t i, FeatureList& out) {
  const WordFeatures& w = words[i];
  const WordFeatures& p1 = At(words, i, -1);
  const WordFeatures& p2 = At(words, i, -2);
  const WordFeatures& n1 = At(words, i, 1);
  const WordFeatures& n2 = At(words, i, 2);
  const TagId t1 = i >= 1 ? tags[i - 1] : kNoTag;
  const TagId t2 = i >= 2 ? tags[i - 2] : kNoTag;
  const uint32_t glue =
      (i > 0 && !sentence.tokens[i - 1].space_after ? 1u : 0u) | (sentence.tokens[i].space_after ? 0u : 2u);
  const uint32_t place = (i == 0 ? 1u : 0u) | (headline ? 2u : 0u);
  uint32_t t = 0;
  out.Clear();
  out.Add(t++, t1);
  out.Add(t++, t1, t2);
  out.Add(t++, w.word);
  out.Add(t++, w.lower);
  out.Add(t++, w.lower, t1);
  out.Add(t++, w.lower, t1, t2);
  out.Add(t++, w.lower, p1.lower);
  out.Add(t++, w.lower, n1.lower);
  out.Add(t++, w.lower, n1.tag_class);
  out.Add(t++, w.lower, n1.cluster);
  out.Add(t++, p1.lower, n1.lower);
  out.Add(t++, p1.lower);
  out.Add(t++, p1.lower, p2.lower);
  out.Add(t++, p2.lower);
  out.Add(t++, n1.lower);
  out.Add(t++, n1.lower, n2.lower);
  out.Add(t++, n2.lower);
  for (const uint64_t suffix : w.suffix) out.Add(t++, suffix, suffix == 0 ? w.lower : 0);
  for (const uint64_t prefix : w.prefix) out.Add(t++, prefix);
  out.Add(t++, w.suffix[1], t1);
  out.Add(t++, w.suffix[2], t1);
  out.Add(t++, w.suffix[2], n1.tag_class);
  out.Add(t++, w.suffix[2], w.shape, place);
  out.Add(t++, w.shape, place);
  out.Add(t++, w.shape, t1);
  out.Add(t++, w.shape, n1.shape, place);
  out.Add(t++, p1.shape, w.shape, place);
  out.Add(t++, n1.suffix[1]);
  out.Add(t++, n1.suffix[2]);
  out.Add(t++, p1.suffix[2]);
  out.Add(t++, w.tag_class);
  out.Add(t++, w.tag_class, t1);
  out.Add(t++, w.tag_class, t1, t2);
  out.Add(t++, w.tag_class, n1.tag_class);
  out.Add(t++, t1, w.tag_class, n1.tag_class);
  out.Add(t++, w.tag_class, n1.tag_class, n2.tag_class);
  out.Add(t++, w.tag_class, n1.lower);
  out.Add(t++, w.cluster);
  out.Add(t++, w.coarse);
  out.Add(t++, w.cluster, t1);
  out.Add(t++, w.cluster, w.suffix[2]);
  out.Add(t++, w.cluster, w.shape, place);
  out.Add(t++, w.coarse, w.suffix[1], t1);
  out.Add(t++, p1.cluster);
  out.Add(t++, n1.cluster);
  out.Add(t++, n2.cluster);
  out.Add(t++, n1.cluster, t1);
  out.Add(t++, w.cluster, n1.cluster);
  out.Add(t++, w.cluster, p1.cluster);
  out.Add(t++, glue, w.shape);
  out.Add(t++, glue, w.word);
}

void ExtractFeatsFeatures(absl::Span<const WordFeatures> words, absl::Span<const TagId> tags, size_t i,
                          FeatureList& out) {
  const WordFeatures& w = words[i];
  const TagId tag = tags[i];
  const TagId p1 = TagAt(tags, i, -1);
  const TagId p2 = TagAt(tags, i, -2);
  const TagId n1 = TagAt(tags, i, 1);
  const TagId n2 = TagAt(tags, i, 2);
  uint32_t t = 0;
  out.Clear();
  out.Add(t++, tag);
  out.Add(t++, tag, w.lower);
  out.Add(t++, tag, w.word);
  out.Add(t++, tag, w.suffix[1]);
  out.Add(t++, tag, w.suffix[2]);
  out.Add(t++, tag, w.shape);
  out.Add(t++, tag, w.cluster);
  out.Add(t++, tag, p1);
  out.Add(t++, tag, n1);
  out.Add(t++, tag, p1, p2);
  out.Add(t++, tag, n1, n2);
  out.Add(t++, tag, p1, n1);
  out.Add(t++, tag, w.lower, p1);
  out.Add(t++, tag, w.lower, n1);
  out.Add(t++, tag, At(words, i, -1).lower);
  out.Add(t++, tag, At(words, i, -2).lower);
  out.Add(t++, tag, At(words, i, -1).lower, At(words, i, -2).lower);
  out.Add(t++, tag, At(words, i, 1).lower);
  out.Add(t++, tag, TagAt(tags, i, -3), p2, p1);
  out.Add(t++, tag, At(words, i, -3).lower, p1);
}

absl::StatusOr<Tagger> Tagger::FromModel(const ModelFile& file) {
  Tagger tagger;
  ASSIGN_OR_RETURN(tagger.tag_set_, TagSet::FromBytes(file.Section("tags")));
  ASSIGN_OR_RETURN(tagger.tag_weights_, FeatureTable::FromBytes(file.Section("tagger")));
  ASSIGN_OR_RETURN(tagger.feats_weights_, FeatureTable::FromBytes(file.Section("feats")));
  if (tagger.tag_weights_.label_count() != tagger.tag_set_.size())
    return DataLoss("tagger's weights do not match its tag set");
  for (size_t i = 0; i < tagger.tag_set_.size(); ++i) {
    if (tagger.tag_set_.at(static_cast<TagId>(i)).feats.size() > tagger.feats_weights_.label_count()) {
      return DataLoss("tag set has more feature strings than there are weights for");
    }
  }
  return tagger;
}

void Tagger::Tag(absl::Span<const WordFeatures> words, const Sentence& sentence,
                 std::vector<TagId>& tags) const {
  tags.assign(words.size(), kNoTag);
  const bool headline = LooksLikeHeadline(sentence);
  FeatureList features;
  alignas(32) int16_t scores[FeatureTable::kMaxLabels];
  for (size_t i = 0; i < words.size(); ++i) {
    ExtractTagFeatures(words, sentence, headline, tags, i, features);
    tag_weights_.Score(features.span(), scores);
    tags[i] = static_cast<TagId>(std::max_element(scores, scores + tag_weights_.label_count()) - scores);
  }
}

void Tagger::Annotate(absl::Span<const WordFeatures> words, absl::Span<const TagId> tags,
                      Sentence& sentence) const {
  FeatureList features;
  alignas(32) int16_t scores[FeatureTable::kMaxLabels];
  for (size_t i = 0; i < words.size(); ++i) {
    const dossier::ingest::Tag& tag = tag_set_.at(tags[i]);
    size_t best = 0;
    if (tag.feats.size() > 1) {
      ExtractFeatsFeatures(words, tags, i, features);
      feats_weights_.Score(features.span(), scores);
      best = static_cast<size_t>(std::max_element(scores, scores + tag.feats.size()) - scores);
    }
    Token& token = sentence.tokens[i];
    token.upos = tag.upos;
    token.xpos = tag.xpos;
    token.feats = tag.feats[best];
  }
}

}  // namespace dossier::ingest
