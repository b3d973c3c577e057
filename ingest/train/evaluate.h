// Scores of a system's sentences against gold ones by the definitions of the CoNLL 2018 shared task.
//
//   Evaluation e = Evaluate(gold, system);   // both over the same text but white space
//   e.metric("LAS").f1
//
// Words are aligned by their place in the text without white space; the words of multiword tokens by longest
// common subsequence of lower-cased forms. LAS compares universal relations without subtypes, as the shared
// task did; "LAS+sub" compares them whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

struct Metric {
  size_t correct = 0;
  size_t gold = 0;
  size_t system = 0;
  double f1() const {
    return gold + system == 0 ? 0 : 200.0 * static_cast<double>(correct) / static_cast<double>(gold + system);
  }
};

struct Evaluation {
  std::vector<std::pair<std::string, Metric>>
      metrics;  // Tokens Sentences Words UPOS XPOS UFeats Lemmas UAS LAS LAS+sub
  Metric metric(std::string_view name) const;
};

// InvalidArgument when the texts differ.
absl::StatusOr<Evaluation> Evaluate(const std::vector<Sentence>& gold, const std::vector<Sentence>& system);

}  // namespace dossier::ingest
