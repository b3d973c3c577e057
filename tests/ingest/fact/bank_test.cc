// Scores of the regression bank: sentences (recall), whole articles (precision and recall), starred sentences. One part was tuned on,
// the other ("held") never. DOSSIER_BANK_VERBOSE=1 prints every miss and every wrong fact of the tuned part.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

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
void PrintReliability(const Score& score) {
  std::cout << "reliability (confidence: facts, right):";
  for (int bin = 3; bin < 10; ++bin) {
    Ratio ratio;
    for (const auto& [confidence, right] : score.confidences) {
      if (static_cast<int>(confidence * 10 + 1e-9) == bin) ratio += {right, 1};
    }
    if (ratio.all > 0) std::cout << "  0." << bin << ": " << ratio.all << ", " << ratio.value();
  }
  std::cout << "\n";
}

class Bank : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto pipeline = Pipeline::Create(ModelKind::kFast);
    if (pipeline.ok()) pipeline_ = std::move(*pipeline).release();
  }
  static void TearDownTestSuite() {
    delete pipeline_;
    pipeline_ = nullptr;
  }

  // Score of all texts of a file; what went wrong is printed when asked for (never of the held part).
  static Score ScoreFile(const fs::path& path, bool whole) {
    const bool verbose = std::getenv("DOSSIER_BANK_VERBOSE") != nullptr && !IsHeld(path);
    Score sum;
    for (const BankText& text : ReadBank(path.string(), whole)) {
      if (text.starred) continue;
      std::string report;
      const std::vector<FoundFact> found = FindFacts(*pipeline_, text);
      Score score = ScoreText(text, found, &report);
      if (!whole) score.precision = {}, score.confidences.clear();  // facts beyond those listed are allowed
      const bool bad = score.new_misses > 0 || report.find("  gained") != std::string::npos || report.find("  source") != std::string::npos;
      if (verbose && (whole ? !report.empty() : bad)) {
        std::cout << path.filename().string() << ":" << text.number << ": " << (whole ? "" : text.lines[0]) << "\n" << report;
      }
      if (!whole && !IsHeld(path) && score.new_misses > 0) misses_ += Cat(path.filename().string(), ":", text.number, "\n", report);
      sum += score;
    }
    return sum;
  }

  static Score ScoreFolder(const std::string& folder, bool whole, bool held) {
    Score sum;
    for (const fs::path& file : FilesOf(folder)) {
      if (IsHeld(file) == held) sum += ScoreFile(file, whole);
    }
    return sum;
  }

  static Pipeline* pipeline_;
  static std::string misses_;
};
Pipeline* Bank::pipeline_ = nullptr;
std::string Bank::misses_;

TEST_F(Bank, SentencesSayWhatTheyShould) {
  if (pipeline_ == nullptr) GTEST_SKIP() << "no fast model in this build";
  misses_.clear();
  const Score tuned = ScoreFolder("bank", false, false), held = ScoreFolder("bank", false, true);
  std::cout << "sentences, tuned on: " << tuned.ToString() << "\nsentences, held:     " << held.ToString() << "\n";
  EXPECT_EQ(misses_, "") << "facts that were found before; known misses are marked '?'";
  EXPECT_GE(tuned.recall.value(), 0.75);
}

TEST_F(Bank, WholeArticlesSayWhatTheyShould) {
  if (pipeline_ == nullptr) GTEST_SKIP() << "no fast model in this build";
  const Score tuned = ScoreFolder("whole", true, false), held = ScoreFolder("whole_held", true, true);
  Score all = tuned;
  all += held;
  std::cout << "articles, tuned on:  " << tuned.ToString() << "\narticles, held:      " << held.ToString()
            << "\narticles, all:       " << all.ToString() << "\n";
  PrintReliability(all);
  EXPECT_GE(all.precision.value(), 0.85);
  EXPECT_GE(all.recall.value(), 0.75);
}

TEST_F(Bank, TitlesNominalFactsAndAttributionAreFound) {
  if (pipeline_ == nullptr) GTEST_SKIP() << "no fast model in this build";
  Score all = ScoreFolder("bank", false, false);
  for (const bool held : {false, true}) all += ScoreFolder("bank", false, held);
  all += ScoreFolder("whole", true, false);
  all += ScoreFolder("whole_held", true, true);
  EXPECT_GE(all.titles.value(), 0.7);
  EXPECT_GE(all.nominal.value(), 0.7);
  EXPECT_GE(all.attribution.value(), 0.7);
}

TEST_F(Bank, StarredSentencesAssertNothing) {
  if (pipeline_ == nullptr) GTEST_SKIP() << "no fast model in this build";
  Ratio tuned, held;
  std::string wrong;
  for (const fs::path& file : FilesOf("bank")) {
    for (const BankText& text : ReadBank(file.string(), false)) {
      if (!text.starred) continue;
      std::string asserted;
      for (const FoundFact& f : FindFacts(*pipeline_, text)) {
        if (f.asserted) Append(asserted, "  asserts ", f.ToString(), "\n");
      }
      (IsHeld(file) ? held : tuned) += {asserted.empty(), 1};
      if (!asserted.empty() && !text.known_miss && !IsHeld(file))
        Append(wrong, file.filename().string(), ":", text.number, ": ", text.lines[0], "\n", asserted);
    }
  }
  std::cout << "starred, tuned on: " << tuned.right << "/" << tuned.all << ", held: " << held.right << "/" << held.all << "\n";
  EXPECT_EQ(wrong, "");
  EXPECT_GE(held.value(), 0.85);
}

}  // namespace
}  // namespace dossier::ingest::testing
