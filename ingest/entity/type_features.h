// The learned part of typing names: a linear classifier over the name's words and neighbours (weights:
// ingest/models/name_types.tsv, made by tools/make_name_types.py, which computes the same features).
//
//   const TypeScores scores = ScoreNameType(view, begin, end, lexicon);      // scores.organization >
//   scores.person ...
//
// Scores are log-odds-like and comparable with each other only. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "ingest/entity/lexicon.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

struct TypeScores {
  double person = 0, organization = 0, place = 0, other = 0;
};

TypeScores ScoreNameType(const ParsedSentence& view, TokenIndex begin, TokenIndex end,
                         const Lexicon& lexicon);

// The features of the name [begin, end), for tests.
std::vector<std::string> TypeFeatures(const ParsedSentence& view, TokenIndex begin, TokenIndex end,
                                      const Lexicon& lexicon);

}  // namespace dossier::ingest
