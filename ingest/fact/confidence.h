// How sure the program is of a tuple of words or of a fact: the chance that it is right, as a logistic regression over what is known when
// it is built (rule, kind of clause, length, ends, how it is held) learned it. Weights: confidence_weights.h, made by
// tools/fit_confidence.py from CaRB dev (tuples) and from the labelled articles of tests/articles (facts); figures in ingest/README.md.
//
//   double confidence = TupleConfidence(shape);
//   CalibrateFacts("fast-1", sentences, facts);      // from what BuildFacts() set by rule to the chance
//
// Pure, deterministic, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/fact/fact.h"

namespace dossier::ingest {

// What a tuple of words looks like. Its confidence is one of five levels.
struct TupleShape {
  const Proposition* proposition = nullptr;
  size_t sentence_words = 0, subject_words = 0, object_words = 0, arguments = 0;
  bool pronoun_subject = false, named_apposition = false;
  Role first_role = Role::kOblique;   // of the argument behind the subject
};

double TupleConfidence(const TupleShape& shape);
void CalibrateFacts(std::string_view model, const std::vector<Sentence>& sentences, std::vector<Fact>& facts);

// The features as "name=value" separated by blanks, for fitting; of a fact as BuildFacts() gives it.
std::string TupleFeatures(const TupleShape& shape);
std::string FactFeatures(const Fact& fact, const Sentence& sentence);

}  // namespace dossier::ingest
