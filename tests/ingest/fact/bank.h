// The regression bank of tests/articles/bank, whole and whole_held: reading it, matching what the program finds against it with
// lenient boundaries, and counting. The format is described in tests/articles/README.md.
//
//   std::vector<BankText> texts = ReadBank(path);                   // one per sentence case, or one per article
//   Score score = ScoreText(texts[0], FindFacts(*pipeline, texts[0]), &report);
//
// A fact matches when subject, relation and object do and both are asserted or both are not. Ends match when their content words
// overlap by half (F1); a relation matches when it is one of the alternatives.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/pipeline.h"

namespace dossier::ingest::testing {

struct ExpectedFact {
  std::vector<std::string> subject, relation, object;  // alternatives; "-" stands for an end that is not named
  std::vector<std::string> sources;                    // "@name"
  std::vector<std::pair<std::string, std::string>> qualifiers;
  bool asserted = true;
  bool required = true;      // false: right when found, no miss when not ("+")
  bool known_miss = false;   // "?"
  bool nominal = false;      // "#nominal"
  std::string line;
  size_t text_line = 0;      // index into BankText::lines
};

struct BankText {
  std::vector<std::string> lines;     // of text, each with the paragraph it is in
  std::vector<bool> new_paragraph;
  std::string date;
  std::vector<ExpectedFact> facts;
  bool starred = false, known_miss = false;
  size_t number = 0;                  // line in the file
};

// A file of sentence cases, or (`whole`) one article.
std::vector<BankText> ReadBank(const std::string& path, bool whole);

// A fact as found, in words.
struct FoundFact {
  std::vector<std::string> subject, object;  // surface and name; empty for an end that is not named
  std::string relation;
  bool literal_object = false;
  std::vector<std::vector<std::string>> sources;
  std::vector<std::pair<std::string, std::string>> qualifiers;
  bool asserted = true;
  double confidence = 0;
  std::string rule, features;
  size_t text_line = 0;
  std::string ToString() const;
};
// Facts and titles of the text.
std::vector<FoundFact> FindFacts(const Pipeline& pipeline, const BankText& text);

struct Ratio {
  size_t right = 0, all = 0;
  double value() const { return all == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(all); }
  Ratio& operator+=(const Ratio& o) { right += o.right, all += o.all; return *this; }
};
struct Judged {
  double confidence = 0;
  bool right = false;
  std::string features;   // of confidence.h, separated by blanks
};
struct Score {
  Ratio precision, recall, titles, nominal, attribution, qualifiers;
  std::vector<Judged> judged;  // each found fact: is it right?
  size_t new_misses = 0;   // required facts missed that are not marked "?"
  Score& operator+=(const Score& o);
  std::string ToString() const;
};

// `report` (may be null) gets a line for each miss, each wrong fact and each known miss that is found.
Score ScoreText(const BankText& text, const std::vector<FoundFact>& found, std::string* report);

bool EndsMatch(const std::vector<std::string>& alternatives, const std::vector<std::string>& found);

}  // namespace dossier::ingest::testing
