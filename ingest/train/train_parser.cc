#include "ingest/train/train_parser.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <numeric>

#include "ingest/parse/actions.h"
#include "ingest/parse/arc_hybrid.h"
#include "ingest/parse/parser_features.h"
#include "ingest/train/perceptron.h"

namespace dossier::ingest {
namespace {

struct GoldTree {
  std::vector<TokenIndex> heads;
  std::vector<LabelId> labels;
};

GoldTree MakeGold(const Sentence& sentence, const std::vector<std::string>& labels) {
  GoldTree gold{Projectivize(sentence), {}};
  for (const Token& token : sentence.tokens) {
    const auto at = std::find(labels.begin(), labels.end(), token.deprel) - labels.begin();
    gold.labels.push_back(static_cast<LabelId>(static_cast<size_t>(at) < labels.size() ? at : 1));
  }
  return gold;
}

// Whether arc (i, head) spans words that are not below its head.
bool Crosses(const std::vector<TokenIndex>& heads, TokenIndex i) {
  const TokenIndex head = heads[static_cast<size_t>(i)];
  if (head == kNoToken) return false;
  for (TokenIndex k = std::min(i, head) + 1; k < std::max(i, head); ++k) {
    TokenIndex up = k;
    while (up != kNoToken && up != head) up = heads[static_cast<size_t>(up)];
    if (up != head) return true;
  }
  return false;
}

// Judges actions against the gold tree in a given state.
class Oracle {
 public:
  Oracle(const ParseState& state, const GoldTree& gold) : state_(state), gold_(gold) {
    for (const Move move : {Move::kShift, Move::kLeft, Move::kRight}) {
      if (!state.IsLegal(move)) continue;
      cost_[static_cast<size_t>(move)] = state.Cost(move, gold.heads);
      least_ = std::min(least_, cost_[static_cast<size_t>(move)]);
    }
  }

  bool Allows(Action action) const {
    if (cost_[static_cast<size_t>(action.move)] != least_) return false;
    if (action.move == Move::kShift) return true;
    const TokenIndex dependent = state_.Stack(0);
    const TokenIndex head = action.move == Move::kRight ? state_.Stack(1) : state_.Buffer(0);
    if (gold_.heads[static_cast<size_t>(dependent)] != head) return true;
    return gold_.labels[static_cast<size_t>(dependent)] == action.label || head == kNoToken;
  }

 private:
  static constexpr int kNever = 1 << 20;
  const ParseState& state_;
  const GoldTree& gold_;
  int cost_[3] = {kNever, kNever, kNever};
  int least_ = kNever;
};

class Trainer {
 public:
  Trainer(const std::vector<Example>& examples, const TagSet& tags, const std::vector<std::string>& labels,
          const ParserOptions& options)
      : examples_(examples),
        tags_(tags),
        labels_(labels.size()),
        options_(options),
        random_(options.seed),
        model_(ActionCount(labels.size()), options.min_count),
        scores_(ActionCount(labels.size())) {
    for (const Example& example : examples) gold_.push_back(MakeGold(*example.gold, labels));
  }

  void Run(WeightSum& sum) {
    for (size_t i = 0; i < examples_.size(); ++i) CountOracleFeatures(i);
    std::vector<size_t> order(examples_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      random_.Shuffle(order);
      right_ = total_ = 0;
      for (const size_t index : order) Learn(index, epoch >= options_.explore_from);
      std::printf("  parser epoch %2d: %.2f%% of actions right while training, %zu features\n", epoch + 1,
                  100.0 * static_cast<double>(right_) / static_cast<double>(total_), model_.rows());
      std::fflush(stdout);
    }
    model_.AddAverages(sum);
  }

 private:
  void CountOracleFeatures(size_t index) {
    ParseState state(examples_[index].words.size());
    std::fill(scores_.begin(), scores_.end(), 0.0f);
    while (!state.IsFinal()) {
      ExtractParserFeatures(state, examples_[index].words, examples_[index].tags, tags_, features_);
      model_.Count(features_.span());
      Take(state, Best(state, Oracle(state, gold_[index])));
    }
  }

  void Learn(size_t index, bool explore) {
    ParseState state(examples_[index].words.size());
    while (!state.IsFinal()) {
      ExtractParserFeatures(state, examples_[index].words, examples_[index].tags, tags_, features_);
      model_.Score(features_.span(), scores_.data());
      const Oracle oracle(state, gold_[index]);
      const Action predicted = BestLegalAction(state, scores_.data(), labels_);
      const bool is_right = oracle.Allows(predicted);
      const Action right = is_right ? predicted : Best(state, oracle);
      model_.Update(features_.span(), ActionIndex(right, labels_), ActionIndex(predicted, labels_));
      ++total_;
      right_ += is_right ? 1 : 0;
      Take(state, explore && random_.Uniform() < options_.explore_share ? predicted : right);
    }
  }

  // The best action that the oracle allows.
  Action Best(const ParseState& state, const Oracle& oracle) const {
    bool found = false;
    return BestAction(
        state, scores_.data(), labels_, [&](Action action) { return oracle.Allows(action); }, found);
  }
  static void Take(ParseState& state, Action action) { state.Apply(action.move, action.label); }

  const std::vector<Example>& examples_;
  const TagSet& tags_;
  size_t labels_;
  ParserOptions options_;
  Random random_;
  Perceptron model_;
  std::vector<float> scores_;
  std::vector<GoldTree> gold_;
  FeatureList features_;
  size_t right_ = 0;
  size_t total_ = 0;
};

}  // namespace

std::vector<std::string> CollectLabels(const Treebank& treebank) {
  std::map<std::string, int> counts;
  for (const Sentence& sentence : treebank) {
    for (const Token& token : sentence.tokens) ++counts[token.deprel];
  }
  counts.erase("root");
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [label, count] : counts) order.emplace_back(-count, label);
  std::sort(order.begin(), order.end());
  std::vector<std::string> labels = {"root"};
  for (const auto& [count, label] : order) {
    if (labels.size() < kMaxParserLabels) labels.push_back(label);
  }
  return labels;
}

std::vector<TokenIndex> Projectivize(const Sentence& sentence) {
  std::vector<TokenIndex> heads;
  for (const Token& token : sentence.tokens) heads.push_back(token.head);
  while (true) {
    TokenIndex shortest = kNoToken;
    int shortest_length = 0;
    for (TokenIndex i = 0; i < static_cast<TokenIndex>(heads.size()); ++i) {
      const int length = std::abs(i - heads[static_cast<size_t>(i)]);
      if ((shortest == kNoToken || length < shortest_length) && Crosses(heads, i) &&
          heads[static_cast<size_t>(heads[static_cast<size_t>(i)])] != kNoToken) {
        shortest = i;
        shortest_length = length;
      }
    }
    if (shortest == kNoToken) return heads;
    heads[static_cast<size_t>(shortest)] = heads[static_cast<size_t>(heads[static_cast<size_t>(shortest)])];
  }
}

std::string TrainParser(const std::vector<Example>& examples, const TagSet& tags,
                        const std::vector<std::string>& labels, const ParserOptions& options) {
  WeightSum sum(ActionCount(labels.size()));
  for (int i = 0; i < options.models; ++i) {
    ParserOptions own = options;
    own.seed = options.seed + static_cast<uint64_t>(i);
    std::printf("parser %d of %d\n", i + 1, options.models);
    Trainer(examples, tags, labels, own).Run(sum);
  }
  return sum.Export({.smallest = options.smallest});
}

}  // namespace dossier::ingest
