#include "ingest/train/train_tagger.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "ingest/models/feature_list.h"
#include "ingest/models/feature_table.h"
#include "ingest/parse/tagger.h"
#include "ingest/train/perceptron.h"

namespace dossier::ingest {

namespace {

void TrainOneTagger(const std::vector<Example>& examples, const TagSet& tags, const TaggerOptions& options,
                    WeightSum& sum) {
  Perceptron model(tags.size(), options.min_count);
  FeatureList features;
  for (const Example& example : examples) {
    for (size_t i = 0; i < example.words.size(); ++i) {
      ExtractTagFeatures(example.words, *example.gold, example.headline, example.gold_tags, i, features);
      model.Count(features.span());
    }
  }
  std::vector<size_t> order(examples.size());
  std::iota(order.begin(), order.end(), size_t{0});
  Random random(options.seed);
  std::vector<float> scores(tags.size());
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    random.Shuffle(order);
    size_t right = 0;
    size_t total = 0;
    for (const size_t index : order) {
      const Example& example = examples[index];
      std::vector<TagId> history(example.words.size(), kNoTag);
      for (size_t i = 0; i < example.words.size(); ++i) {
        ExtractTagFeatures(example.words, *example.gold, example.headline, history, i, features);
        model.Score(features.span(), scores.data());
        history[i] = static_cast<TagId>(std::max_element(scores.begin(), scores.end()) - scores.begin());
        if (example.gold_tags[i] == kNoTag) continue;
        model.Update(features.span(), example.gold_tags[i], history[i]);
        right += example.gold_tags[i] == history[i] ? 1 : 0;
        ++total;
      }
    }
    std::printf("  tagger epoch %2d: %.2f%% right while training, %zu features\n", epoch + 1,
                100.0 * static_cast<double>(right) / static_cast<double>(total), model.rows());
    std::fflush(stdout);
  }
  model.AddAverages(sum);
}

}  // namespace

std::string TrainTagger(const std::vector<Example>& examples, const TagSet& tags,
                        const TaggerOptions& options) {
  WeightSum sum(tags.size());
  for (int i = 0; i < options.models; ++i) {
    TaggerOptions own = options;
    own.seed = options.seed + static_cast<uint64_t>(i);
    TrainOneTagger(examples, tags, own, sum);
  }
  return sum.Export({.smallest = options.smallest});
}

std::string TrainFeats(const std::vector<Example>& examples, const TagSet& tags,
                       const TaggerOptions& options) {
  size_t labels = 1;
  for (size_t i = 0; i < tags.size(); ++i)
    labels = std::max(labels, tags.at(static_cast<TagId>(i)).feats.size());
  Perceptron model(labels, options.min_count);
  FeatureList features;
  std::vector<float> scores(labels);
  for (int epoch = 0; epoch <= options.epochs; ++epoch) {  // epoch 0 counts
    for (const Example& example : examples) {
      for (size_t i = 0; i < example.words.size(); ++i) {
        if (example.gold_tags[i] == kNoTag || tags.at(example.gold_tags[i]).feats.size() < 2) continue;
        const std::vector<std::string>& feats = tags.at(example.gold_tags[i]).feats;
        const auto gold = static_cast<size_t>(
            std::find(feats.begin(), feats.end(), example.gold->tokens[i].feats) - feats.begin());
        if (gold == feats.size()) continue;
        ExtractFeatsFeatures(example.words, example.gold_tags, i, features);
        if (epoch == 0) {
          model.Count(features.span());
          continue;
        }
        model.Score(features.span(), scores.data());
        const auto best =
            std::max_element(scores.begin(), scores.begin() + static_cast<ptrdiff_t>(feats.size())) -
            scores.begin();
        model.Update(features.span(), gold, static_cast<size_t>(best));
      }
    }
  }
  return model.Export({.smallest = options.smallest});
}

absl::Status TagExamples(std::string_view weights, std::vector<Example>& examples) {
  ASSIGN_OR_RETURN(const FeatureTable table, FeatureTable::FromBytes(weights));
  FeatureList features;
  alignas(32) int16_t scores[FeatureTable::kMaxLabels];
  for (Example& example : examples) {
    example.tags.assign(example.words.size(), kNoTag);
    for (size_t i = 0; i < example.words.size(); ++i) {
      ExtractTagFeatures(example.words, *example.gold, example.headline, example.tags, i, features);
      table.Score(features.span(), scores);
      example.tags[i] = static_cast<TagId>(std::max_element(scores, scores + table.label_count()) - scores);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Example>> JackknifeTags(absl::Span<const Sentence* const> sentences,
                                                   const Clusters& clusters, const TagSet& tags, int folds,
                                                   const TaggerOptions& options) {
  TaggerOptions one = options;
  one.models = 1;  // enough for tags as wrong as those of new text
  std::vector<std::vector<Example>> parts;
  // Folds are runs of neighbouring sentences, so that a document is not on both sides.
  const size_t fold_size = sentences.size() / static_cast<size_t>(folds) + 1;
  for (size_t begin = 0; begin < sentences.size(); begin += fold_size) {
    const size_t end = std::min(begin + fold_size, sentences.size());
    std::vector<const Sentence*> rest(sentences.begin(), sentences.begin() + static_cast<ptrdiff_t>(begin));
    rest.insert(rest.end(), sentences.begin() + static_cast<ptrdiff_t>(end), sentences.end());
    const std::string table_bytes = BuildWordTable(clusters, rest);
    ASSIGN_OR_RETURN(const WordTable table, WordTable::FromBytes(table_bytes));
    std::printf("fold of sentences %zu to %zu\n", begin, end);
    const std::string weights = TrainTagger(MakeExamples(rest, table, tags), tags, one);
    parts.push_back(MakeExamples(sentences.subspan(begin, end - begin), table, tags));
    RETURN_IF_ERROR(TagExamples(weights, parts.back()));
  }
  std::vector<Example> examples;
  for (std::vector<Example>& part : parts) std::move(part.begin(), part.end(), std::back_inserter(examples));
  return examples;
}

}  // namespace dossier::ingest
