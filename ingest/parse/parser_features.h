// The features of a parsing decision, after Zhang and Nivre (2011): words, tags and clusters of the stack's
// and the buffer's first words, their nearest dependents, distances, valencies and label sets, and
// combinations of them.
//
//   ExtractParserFeatures(state, words, tags, features);
//
// Shared by the parser and its training, and part of the model format. Thread-safe: a pure function.
#pragma once

#include "absl/types/span.h"
#include "ingest/models/feature_list.h"
#include "ingest/parse/arc_hybrid.h"
#include "ingest/parse/tag_set.h"
#include "ingest/parse/word_features.h"

namespace dossier::ingest {

void ExtractParserFeatures(const ParseState& state, absl::Span<const WordFeatures> words,
                           absl::Span<const TagId> tags, const TagSet& tag_set, FeatureList& out);

}  // namespace dossier::ingest
