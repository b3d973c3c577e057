// Training the ranker of coreference (entity/coref_ranker.h).
//
//   CorefTrainer trainer(options);
//   trainer.Prepare(documents);
//   for (int epoch = 1; epoch <= options.epochs; ++epoch) trainer.Epoch(epoch);
//   std::string model = ExportCoref({&trainer}, word_table_bytes);         // bytes of coref.model
//
// Mention ranking with latent antecedents: for each mention the probability of all its right antecedents together (or of none) is raised,
// with costs for what is wrong (softmax margin, Durrett & Klein 2013). One hidden layer, rectified, with dropout; AdaGrad; weights averaged over
// the later epochs. Clusters are those that the model itself makes while it is trained. Deterministic. Not thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ingest/entity/coref_search.h"
#include "ingest/train/perceptron.h"

namespace dossier::ingest {

struct CorefTrainOptions {
  int epochs = 14;
  int average_from = 5;
  int min_count = 3;        // mentions that have a feature of their own
  int min_pair_count = 20;  // pairs that have a feature
  float rate = 0.05f;
  float dropout = 0.3f;
  float decay = 0;                 // L2, by AdaGrad step
  float cost_false_link = 0.4f, cost_missed = 2.0f, cost_wrong = 1.0f;
  double gold_clusters = 0.3;      // share of mentions after which the right link is followed, not the model's
  uint64_t seed = 1;
};

// A document with what each mention should be.
struct CorefTrainDocument {
  const CorefDocument* document = nullptr;
  std::vector<int> gold;  // chain of each mention or -1
  bool only_known = false;  // mentions without chain say nothing (LitBank marks people and places only)
  float weight = 1;
};

class CorefTrainer {
 public:
  static constexpr size_t kUnits = 32;

  explicit CorefTrainer(const CorefTrainOptions& options);

  void Prepare(std::vector<CorefTrainDocument> documents);
  // One pass over the documents; the mean loss of a mention.
  double Epoch(int number);
 private:
  friend std::string ExportCoref(const std::vector<const CorefTrainer*>& trainers, const std::string& words);

  struct Pair {
    uint32_t mention;
    uint32_t first, count;  // of its own features in Cache::pairs
  };
  // The numbers of the features that do not depend on clusters.
  struct Cache {
    CorefTrainDocument train;
    std::vector<std::vector<uint32_t>> anaphor, none, antecedent;
    std::vector<std::vector<Pair>> candidates;
    std::vector<uint32_t> pairs;
  };
  struct Row {
    float weights[kUnits];
  };

  // The candidates of a mention, then none, with their hidden units before rectification.
  struct Scored {
    Row none = {};
    std::vector<Row> hidden;
    std::vector<std::vector<uint32_t>> cluster_features;
    std::vector<float> scores;
    std::vector<bool> right;
    bool has_antecedent = false;
  };

  void Count(const CorefTrainDocument& train, absl::flat_hash_map<uint64_t, int>& own, absl::flat_hash_map<uint64_t, int>& pairs) const;
  Cache MakeCache(const CorefTrainDocument& train) const;
  std::vector<uint32_t> Numbers(const FeatureList& list) const;
  double TrainDocument(const Cache& cache);
  Scored Score(const Cache& cache, size_t mention, const CorefSearch& search) const;
  // A step against what is wrong, with its cost, towards all that is right together; the loss.
  double Learn(const Cache& cache, size_t mention, Scored& scored);
  double TrainMention(const Cache& cache, size_t mention, const CorefSearch& search, int& choice);
  void Sum(const std::vector<uint32_t>& features, float* hidden) const;
  float Output(const float* hidden, const float* weights) const;
  // Adds `delta` x gradient of one score to the gradients of this step.
  void Backward(const float* hidden, float delta, const float* weights, float* weight_gradients, float* hidden_gradient) const;
  void AddGradient(uint32_t row, const float* gradient);
  void Step();
  // The averaged weight where there are averages.
  float Weight(uint32_t row, size_t unit) const {
    return averaged_ > 0 ? sums_[row].weights[unit] / static_cast<float>(averaged_) : rows_[row].weights[unit];
  }
  float OutputWeight(size_t output, size_t unit) const {
    return averaged_ > 0 ? output_sums_[output][unit] / static_cast<float>(averaged_) : outputs_[output][unit];
  }

  CorefTrainOptions options_;
  Random random_;
  absl::flat_hash_map<uint64_t, uint32_t> index_;
  std::vector<Cache> caches_;
  std::vector<Row> rows_, squares_, sums_;
  int averaged_ = 0;
  float outputs_[2][kUnits + 1] = {}, output_squares_[2][kUnits + 1] = {}, output_gradients_[2][kUnits + 1] = {}, output_sums_[2][kUnits + 1] = {};
  // Gradients of the step at hand.
  std::vector<uint32_t> touched_, slot_of_;
  std::vector<Row> gradients_;
  float mask_[kUnits] = {};
};

// One model that scores as the mean of several trained on the same documents with different seeds: their hidden units side by side.
std::string ExportCoref(const std::vector<const CorefTrainer*>& trainers, const std::string& words);

}  // namespace dossier::ingest
