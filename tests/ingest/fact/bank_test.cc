// Scores of the regression bank: sentences (recall), whole articles (precision and recall), starred sentences. One part was tuned on,
// the other ("held") never. What must hold sentence by sentence is said of the fast model; the accurate one has to reach the same figures.
// DOSSIER_BANK_VERBOSE=1 prints every miss and every wrong fact of the tuned part; with "accurate" instead of 1, those of that model.
// DOSSIER_BANK_DUMP=FILE writes each judged fact of the articles to FILE.fast and FILE.accurate: right, confidence, features (for
// tools/fit_confidence.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "graph/base/strings.h"
#include "tests/ingest/fact/bank.h"
#include "tests/paths/paths.h"

namespace dossier::ingest::testing {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesOf(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(SourceDirectory() / "tests/articles" / folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

bool IsHeld(const fs::path& path) {
  return path.filename().string().starts_with("held") || path.parent_path().filename() == "whole_held";
}

// Of the facts with confidence about p, how many are right.
void PrintReliability(const Score& score, std::string_view model) {
  std::cout << "reliability (confidence: facts, right):";
  for (int bin = 3; bin < 10; ++bin) {
    Ratio ratio;
    for (const Judged& j : score.judged) {
      if (static_cast<int>(j.confidence * 10 + 1e-9) == bin) ratio += {j.right, 1};
    }
    if (ratio.all > 0) std::cout << "  0." << bin << ": " << ratio.all << ", " << ratio.value();
  }
  std::cout << "\n";
  if (const char* path = std::getenv("DOSSIER_BANK_DUMP"); path != nullptr) {
    std::ofstream out(Cat(path, ".", model));
    for (const Judged& j : score.judged) {
      if (!j.features.empty()) out << j.right << "\t" << j.confidence << "\t" << j.features << "\n";  // titles have none
    }
  }
}

bool WantsVerbose(ModelKind model) {
  const char* wanted = std::getenv("DOSSIER_BANK_VERBOSE");
  return wanted != nullptr && (model == ModelKind::kAccurate) == (std::string_view(wanted) == "accurate");
}

// One model's pipeline, and what it scores.
class Scorer {
 public:
  explicit Scorer(ModelKind model) : model_(model) {
    if (auto pipeline = Pipeline::Create(model); pipeline.ok()) pipeline_ = std::move(*pipeline);
  }
  bool ok() const { return pipeline_ != nullptr; }
  const Pipeline& pipeline() const { return *pipeline_; }
  const std::string& misses() const { return misses_; }

  // Score of all texts of a file; what went wrong is printed when asked for (never of the held part).
  Score ScoreFile(const fs::path& path, bool whole) {
    const bool verbose = WantsVerbose(model_) && !IsHeld(path);
    Score sum;
    for (const BankText& text : ReadBank(path.string(), whole)) {
      if (text.starred) continue;
      std::string report;
      const std::vector<FoundFact> found = FindFacts(*pipeline_, text);
      Score score = ScoreText(text, found, &report);
      if (!whole) score.precision = {}, score.judged.clear();  // facts beyond those listed are allowed
      const bool bad = score.new_misses > 0 || report.find("  gained") != std::string::npos || report.find("  source") != std::string::npos;
      if (verbose && (whole ? !report.empty() : bad)) {
        std::cout << path.filename().string() << ":" << text.number << ": " << (whole ? "" : text.lines[0]) << "\n" << report;
      }
      if (!whole && !IsHeld(path) && score.new_misses > 0) misses_ += Cat(path.filename().string(), ":", text.number, "\n", report);
      sum += score;
    }
    return sum;
  }

  Score ScoreFolder(const std::string& folder, bool whole, bool held) {
    Score sum;
    for (const fs::path& file : FilesOf(folder)) {
      if (IsHeld(file) == held) sum += ScoreFile(file, whole);
    }
    return sum;
  }

 private:
  ModelKind model_;
  std::unique_ptr<Pipeline> pipeline_;
  std::string misses_;
};

class Bank : public ::testing::TestWithParam<ModelKind> {
 protected:
  void SetUp() override {
    if (!scorer_.ok()) GTEST_SKIP() << "no such model in this build";
  }
  bool fast() const { return GetParam() == ModelKind::kFast; }
  Scorer scorer_{GetParam()};
};

TEST_P(Bank, SentencesSayWhatTheyShould) {
  const Score tuned = scorer_.ScoreFolder("bank", false, false), held = scorer_.ScoreFolder("bank", false, true);
  std::cout << "sentences, tuned on: " << tuned.ToString() << "\nsentences, held:     " << held.ToString() << "\n";
  if (fast()) {
    EXPECT_EQ(scorer_.misses(), "") << "facts that were found before; known misses are marked '?'";
  }
  EXPECT_GE(tuned.recall.value(), 0.75);
}

TEST_P(Bank, WholeArticlesSayWhatTheyShould) {
  const Score tuned = scorer_.ScoreFolder("whole", true, false), held = scorer_.ScoreFolder("whole_held", true, true);
  Score all = tuned;
  all += held;
  std::cout << "articles, tuned on:  " << tuned.ToString() << "\narticles, held:      " << held.ToString()
            << "\narticles, all:       " << all.ToString() << "\n";
  PrintReliability(all, fast() ? "fast" : "accurate");
  EXPECT_GE(all.precision.value(), 0.85);
  EXPECT_GE(all.recall.value(), 0.75);
}

TEST_P(Bank, TitlesNominalFactsAndAttributionAreFound) {
  Score all = scorer_.ScoreFolder("bank", false, false);
  all += scorer_.ScoreFolder("bank", false, true);
  all += scorer_.ScoreFolder("whole", true, false);
  all += scorer_.ScoreFolder("whole_held", true, true);
  EXPECT_GE(all.titles.value(), 0.7);
  EXPECT_GE(all.nominal.value(), 0.7);
  EXPECT_GE(all.attribution.value(), 0.7);
}

TEST_P(Bank, StarredSentencesAssertNothing) {
  Ratio tuned, held;
  std::string wrong;
  for (const fs::path& file : FilesOf("bank")) {
    for (const BankText& text : ReadBank(file.string(), false)) {
      if (!text.starred) continue;
      std::string asserted;
      for (const FoundFact& f : FindFacts(scorer_.pipeline(), text)) {
        if (f.asserted) Append(asserted, "  asserts ", f.ToString(), "\n");
      }
      (IsHeld(file) ? held : tuned) += {asserted.empty(), 1};
      if (!asserted.empty() && !IsHeld(file) && (!text.known_miss || !fast()))
        Append(wrong, file.filename().string(), ":", text.number, ": ", text.lines[0], "\n", asserted);
    }
  }
  std::cout << "starred, tuned on: " << tuned.right << "/" << tuned.all << ", held: " << held.right << "/" << held.all << "\n";
  if (fast()) {
    EXPECT_EQ(wrong, "");
  } else if (WantsVerbose(GetParam())) {
    std::cout << wrong;
  }
  EXPECT_GE(tuned.all + held.all, 100u);
  EXPECT_GE(held.value(), 0.85);
}

INSTANTIATE_TEST_SUITE_P(Models, Bank, ::testing::Values(ModelKind::kFast, ModelKind::kAccurate),
                         [](const auto& model) { return model.param == ModelKind::kFast ? "Fast" : "Accurate"; });

}  // namespace
}  // namespace dossier::ingest::testing
