// The CoNLL score of coreference: the mean F1 of MUC, B3 and CEAF-e over documents, as the reference scorer (v8.01) counts them.
//
//   CorefScore score;
//   score.Add(key, response);                    // one document
//   score.conll();                               // 0 to 100
//
// Mentions are exact spans; clusters of one mention must be left out by the caller, as OntoNotes has none. MUC: Vilain et al. 1995;
// B3: Bagga & Baldwin 1998; CEAF with phi 4: Luo 2005, with the optimal alignment (Hungarian method). Sums over documents, then F1.
#pragma once

#include <array>
#include <utility>
#include <vector>

namespace dossier::ingest {

using CorefSpan = std::pair<int, int>;                  // first and last token, counted from the document's beginning
using CorefChains = std::vector<std::vector<CorefSpan>>;

class CorefScore {
 public:
  struct Metric {
    double right_p = 0, all_p = 0, right_r = 0, all_r = 0;
    double precision() const { return all_p > 0 ? 100 * right_p / all_p : 0; }
    double recall() const { return all_r > 0 ? 100 * right_r / all_r : 0; }
    double f1() const {
      const double p = precision(), r = recall();
      return p + r > 0 ? 2 * p * r / (p + r) : 0;
    }
  };
  void Add(const CorefChains& key, const CorefChains& response);
  double conll() const { return (muc.f1() + b3.f1() + ceafe.f1()) / 3; }

  Metric muc, b3, ceafe;
};

// The largest total of a one-to-one assignment of rows to columns.
double BestAssignment(const std::vector<std::vector<double>>& scores);

}  // namespace dossier::ingest
