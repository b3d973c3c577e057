#include "ingest/train/train_coref.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ingest/models/model_file.h"
#include "ingest/train/feature_table_builder.h"

namespace dossier::ingest {
namespace {

constexpr uint32_t kNoSlot = 0xFFFFFFFF;
constexpr float kLeastDelta = 1e-4f;
constexpr double kClipQuantile = 0.9998;  // larger weights are clipped to fit int8

}  // namespace

CorefTrainer::CorefTrainer(const CorefTrainOptions& options) : options_(options), random_(options.seed) {}

void CorefTrainer::Count(const CorefTrainDocument& train, absl::flat_hash_map<uint64_t, int>& own, absl::flat_hash_map<uint64_t, int>& pairs) const {
  const CorefDocument& document = *train.document;
  CorefSearch search(document);
  std::vector<Candidate> candidates;
  absl::flat_hash_map<int, int> last;
  FeatureList list;
  const auto count = [&](absl::flat_hash_map<uint64_t, int>& counts) {
    for (const uint64_t hash : list.span()) ++counts[hash];
    list.Clear();
  };
  for (size_t m = 0; m < train.gold.size(); ++m) {
    const SeenBefore seen = search.Seen(m);
    AddAnaphorFeatures(document, m, seen, list);
    AddNewFeatures(document, m, seen, list);
    AddAntecedentFeatures(document, m, list);
    count(own);
    search.FindCandidates(m, candidates);
    for (const Candidate& c : candidates) {
      AddPairFeatures(document, m, c.mention, c.place, list);
      AddClusterFeatures(document, m, c.mention, search.ClusterOf(c.mention), list);
      count(pairs);
    }
    const int chain = train.gold[m];
    const auto it = chain < 0 ? last.end() : last.find(chain);
    search.Link(m, it == last.end() ? -1 : it->second);
    if (chain >= 0) last[chain] = static_cast<int>(m);
  }
}

std::vector<uint32_t> CorefTrainer::Numbers(const FeatureList& list) const {
  std::vector<uint32_t> numbers;
  for (const uint64_t hash : list.span()) {
    if (const auto it = index_.find(hash); it != index_.end()) numbers.push_back(it->second);
  }
  return numbers;
}

CorefTrainer::Cache CorefTrainer::MakeCache(const CorefTrainDocument& train) const {
  Cache cache;
  cache.train = train;
  const CorefDocument& document = *train.document;
  CorefSearch search(document);
  std::vector<Candidate> candidates;
  FeatureList list;
  for (size_t m = 0; m < train.gold.size(); ++m) {
    const SeenBefore seen = search.Seen(m);
    list.Clear();
    AddAnaphorFeatures(document, m, seen, list);
    cache.anaphor.push_back(Numbers(list));
    list.Clear();
    AddNewFeatures(document, m, seen, list);
    cache.none.push_back(Numbers(list));
    list.Clear();
    AddAntecedentFeatures(document, m, list);
    cache.antecedent.push_back(Numbers(list));
    search.FindCandidates(m, candidates);
    cache.candidates.emplace_back();
    for (const Candidate& c : candidates) {
      list.Clear();
      AddPairFeatures(document, m, c.mention, c.place, list);
      const std::vector<uint32_t> numbers = Numbers(list);
      cache.candidates.back().push_back({static_cast<uint32_t>(c.mention), static_cast<uint32_t>(cache.pairs.size()), static_cast<uint32_t>(numbers.size())});
      cache.pairs.insert(cache.pairs.end(), numbers.begin(), numbers.end());
    }
    search.Link(m, -1);
  }
  return cache;
}

void CorefTrainer::Prepare(std::vector<CorefTrainDocument> documents) {
  absl::flat_hash_map<uint64_t, int> own, pairs;
  for (const CorefTrainDocument& train : documents) Count(train, own, pairs);
  std::vector<uint64_t> kept;
  for (const auto& [hash, count] : own) {
    if (count >= options_.min_count) kept.push_back(hash);
  }
  for (const auto& [hash, count] : pairs) {
    if (count >= options_.min_pair_count) kept.push_back(hash);
  }
  std::sort(kept.begin(), kept.end());  // the same order whatever the hash table's
  for (const uint64_t hash : kept) index_.emplace(hash, static_cast<uint32_t>(index_.size()));
  rows_.resize(index_.size());
  squares_.resize(index_.size());
  sums_.resize(index_.size());
  slot_of_.assign(index_.size(), kNoSlot);
  for (Row& row : rows_) {
    for (float& weight : row.weights) weight = static_cast<float>(random_.Uniform() - 0.5) * 0.1f;
  }
  for (auto& output : outputs_) {
    for (float& weight : output) weight = static_cast<float>(random_.Uniform() - 0.5) * 0.4f;
    output[kUnits] = 0;
  }
  for (const CorefTrainDocument& train : documents) caches_.push_back(MakeCache(train));
}

void CorefTrainer::Sum(const std::vector<uint32_t>& features, float* hidden) const {
  for (const uint32_t row : features) {
    const float* const weights = rows_[row].weights;
    for (size_t k = 0; k < kUnits; ++k) hidden[k] += weights[k];
  }
}

float CorefTrainer::Output(const float* hidden, const float* weights) const {
  float sum = weights[kUnits];
  for (size_t k = 0; k < kUnits; ++k) sum += std::max(hidden[k], 0.0f) * mask_[k] * weights[k];
  return sum;
}

void CorefTrainer::Backward(const float* hidden, float delta, const float* weights, float* weight_gradients, float* hidden_gradient) const {
  weight_gradients[kUnits] += delta;
  for (size_t k = 0; k < kUnits; ++k) {
    const float active = hidden[k] > 0 ? mask_[k] * delta : 0.0f;
    weight_gradients[k] += active * hidden[k];
    hidden_gradient[k] = active * weights[k];
  }
}

void CorefTrainer::AddGradient(uint32_t row, const float* gradient) {
  if (slot_of_[row] == kNoSlot) {
    slot_of_[row] = static_cast<uint32_t>(touched_.size());
    touched_.push_back(row);
    if (gradients_.size() < touched_.size()) gradients_.emplace_back();
    std::memset(&gradients_[slot_of_[row]], 0, sizeof(Row));
  }
  float* const sum = gradients_[slot_of_[row]].weights;
  for (size_t k = 0; k < kUnits; ++k) sum[k] += gradient[k];
}

void CorefTrainer::Step() {
  const auto step = [&](float& weight, float& square, float gradient) {
    gradient += options_.decay * weight;
    square += gradient * gradient;
    weight -= options_.rate * gradient / (std::sqrt(square) + 1e-3f);
  };
  for (size_t t = 0; t < touched_.size(); ++t) {
    const uint32_t row = touched_[t];
    slot_of_[row] = kNoSlot;
    for (size_t k = 0; k < kUnits; ++k) step(rows_[row].weights[k], squares_[row].weights[k], gradients_[t].weights[k]);
  }
  touched_.clear();
  for (size_t o = 0; o < 2; ++o) {
    for (size_t k = 0; k <= kUnits; ++k) {
      step(outputs_[o][k], output_squares_[o][k], output_gradients_[o][k]);
      output_gradients_[o][k] = 0;
    }
  }
}

CorefTrainer::Scored CorefTrainer::Score(const Cache& cache, size_t m, const CorefSearch& search) const {
  const std::vector<Pair>& candidates = cache.candidates[m];
  const int gold = cache.train.gold[m];
  Scored out;
  Row own = {};
  Sum(cache.none[m], out.none.weights);
  Sum(cache.anaphor[m], own.weights);
  out.hidden.assign(candidates.size(), own);
  out.cluster_features.resize(candidates.size());
  FeatureList list;
  for (size_t c = 0; c < candidates.size(); ++c) {
    const size_t a = candidates[c].mention;
    list.Clear();
    AddClusterFeatures(*cache.train.document, m, a, search.ClusterOf(a), list);
    out.cluster_features[c] = Numbers(list);
    float* const h = out.hidden[c].weights;
    Sum(cache.antecedent[a], h);
    Sum(out.cluster_features[c], h);
    for (uint32_t k = 0; k < candidates[c].count; ++k) {
      const float* const weights = rows_[cache.pairs[candidates[c].first + k]].weights;
      for (size_t u = 0; u < kUnits; ++u) h[u] += weights[u];
    }
    out.scores.push_back(Output(h, outputs_[0]));
    out.right.push_back(gold >= 0 && cache.train.gold[a] == gold);
    out.has_antecedent |= out.right.back();
  }
  out.scores.push_back(Output(out.none.weights, outputs_[1]));
  out.right.push_back(!out.has_antecedent);
  return out;
}

double CorefTrainer::Learn(const Cache& cache, size_t m, Scored& scored) {
  const std::vector<Pair>& candidates = cache.candidates[m];
  std::vector<float>& scores = scored.scores;
  for (size_t c = 0; c < scores.size(); ++c) {
    if (scored.right[c]) continue;
    scores[c] += c == candidates.size()    ? options_.cost_missed
                 : scored.has_antecedent ? options_.cost_wrong
                                         : options_.cost_false_link;
  }
  const float top = *std::max_element(scores.begin(), scores.end());
  double all = 0, good = 0;
  for (size_t c = 0; c < scores.size(); ++c) {
    const double e = std::exp(static_cast<double>(scores[c] - top));
    all += e;
    if (scored.right[c]) good += e;
  }
  good = std::max(good, 1e-30);
  Row gradient, own_gradient = {};
  for (size_t c = 0; c < scores.size(); ++c) {
    const double e = std::exp(static_cast<double>(scores[c] - top));
    const float delta = static_cast<float>(e / all - (scored.right[c] ? e / good : 0)) * cache.train.weight;
    if (std::fabs(delta) < kLeastDelta) continue;
    if (c == candidates.size()) {
      Backward(scored.none.weights, delta, outputs_[1], output_gradients_[1], gradient.weights);
      for (const uint32_t row : cache.none[m]) AddGradient(row, gradient.weights);
      continue;
    }
    Backward(scored.hidden[c].weights, delta, outputs_[0], output_gradients_[0], gradient.weights);
    for (size_t u = 0; u < kUnits; ++u) own_gradient.weights[u] += gradient.weights[u];
    for (const uint32_t row : cache.antecedent[candidates[c].mention]) AddGradient(row, gradient.weights);
    for (const uint32_t row : scored.cluster_features[c]) AddGradient(row, gradient.weights);
    for (uint32_t k = 0; k < candidates[c].count; ++k) AddGradient(cache.pairs[candidates[c].first + k], gradient.weights);
  }
  for (const uint32_t row : cache.anaphor[m]) AddGradient(row, own_gradient.weights);
  Step();
  return std::log(all) - std::log(good);
}

double CorefTrainer::TrainMention(const Cache& cache, size_t m, const CorefSearch& search, int& choice) {
  for (float& unit : mask_) unit = random_.Uniform() < static_cast<double>(options_.dropout) ? 0.0f : 1 / (1 - options_.dropout);
  Scored scored = Score(cache, m, search);
  const auto best = static_cast<size_t>(std::max_element(scored.scores.begin(), scored.scores.end()) - scored.scores.begin());
  choice = best == cache.candidates[m].size() ? -1 : static_cast<int>(cache.candidates[m][best].mention);
  if (cache.train.only_known && cache.train.gold[m] < 0) return 0;
  return Learn(cache, m, scored);
}

double CorefTrainer::TrainDocument(const Cache& cache) {
  CorefSearch search(*cache.train.document);
  absl::flat_hash_map<int, int> last;  // of each chain
  double loss = 0;
  for (size_t m = 0; m < cache.train.gold.size(); ++m) {
    int choice = -1;
    loss += TrainMention(cache, m, search, choice);
    const int chain = cache.train.gold[m];
    const auto it = chain < 0 ? last.end() : last.find(chain);
    const int gold = it == last.end() ? -1 : it->second;
    search.Link(m, random_.Uniform() < options_.gold_clusters ? gold : choice);
    if (chain >= 0) last[chain] = static_cast<int>(m);
  }
  return loss;
}

double CorefTrainer::Epoch(int number) {
  std::vector<size_t> order(caches_.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  random_.Shuffle(order);
  double loss = 0;
  size_t mentions = 0;
  for (const size_t i : order) {
    loss += TrainDocument(caches_[i]);
    mentions += caches_[i].train.gold.size();
  }
  if (number >= options_.average_from) {
    ++averaged_;
    for (size_t r = 0; r < rows_.size(); ++r) {
      for (size_t k = 0; k < kUnits; ++k) sums_[r].weights[k] += rows_[r].weights[k];
    }
    for (size_t o = 0; o < 2; ++o) {
      for (size_t k = 0; k <= kUnits; ++k) output_sums_[o][k] += outputs_[o][k];
    }
  }
  return loss / static_cast<double>(std::max<size_t>(mentions, 1));
}

std::string ExportCoref(const std::vector<const CorefTrainer*>& trainers, const std::string& words) {
  constexpr size_t kUnits = CorefTrainer::kUnits;
  const CorefTrainer& first = *trainers.front();
  std::vector<float> magnitudes(1, 1e-6f);
  for (const CorefTrainer* const trainer : trainers) {
    for (uint32_t row = 0; row < trainer->rows_.size(); ++row) {
      for (size_t k = 0; k < kUnits; ++k) magnitudes.push_back(std::fabs(trainer->Weight(row, k)));
    }
  }
  const auto at = magnitudes.begin() + static_cast<std::ptrdiff_t>(kClipQuantile * static_cast<double>(magnitudes.size() - 1));
  std::nth_element(magnitudes.begin(), at, magnitudes.end());
  const float scale = 127 / *at;
  FeatureTableBuilder builder(kUnits * trainers.size());
  for (const auto& [hash, number] : first.index_) {
    std::vector<int8_t> weights;
    for (const CorefTrainer* const trainer : trainers) {
      for (size_t k = 0; k < kUnits; ++k)
        weights.push_back(static_cast<int8_t>(std::lround(std::clamp(trainer->Weight(number, k) * scale, -127.0f, 127.0f))));
    }
    builder.Add(hash, std::move(weights));
  }
  std::string outputs;
  const float share = 1 / static_cast<float>(trainers.size());
  for (size_t o = 0; o < 2; ++o) {
    float bias = 0;
    const auto append = [&](float value) { outputs.append(reinterpret_cast<const char*>(&value), sizeof value); };
    for (const CorefTrainer* const trainer : trainers) {
      for (size_t k = 0; k < kUnits; ++k) append(trainer->OutputWeight(o, k) * share / scale);
      bias += trainer->OutputWeight(o, kUnits) * share;
    }
    append(bias);
  }
  ModelFileWriter writer;
  writer.Add("name", "coref-1\n");
  writer.Add("words", words);
  writer.Add("features", builder.Finish());
  writer.Add("outputs", outputs);
  return writer.Finish();
}

}  // namespace dossier::ingest
