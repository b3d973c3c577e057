// The language model as the rest of ingest sees it: tags, lemmas and a dependency tree for a tokenised
// sentence.
//
//   ASSIGN_OR_RETURN(auto parser, Parser::Load(ModelKind::kFast));
//   parser->ParseAll(absl::MakeSpan(sentences));        // fills upos, xpos, feats, lemma, head, deprel (and name)
//
// A Parser is immutable after loading and may be used from several threads at once. Parse() always gives one
// tree: exactly one root, no cycles, every head inside the sentence; projective for the fast model. It is
// deterministic. It never fails: any sequence of tokens (also of emoji, or 10,000 of them) gets some tree, in
// time linear in its length. An empty sentence stays empty.
#pragma once

#include <memory>
#include <string>

#include "absl/types/span.h"
#include "ingest/text/sentence.h"

namespace dossier::ingest {

enum class ModelKind { kFast, kAccurate };

class Parser {
 public:
  virtual ~Parser() = default;

  // The model that the program carries; DataLoss when the weights are damaged. The environment variable DOSSIER_MODELS names a folder that is searched
  // first (for training and experiments).
  static absl::StatusOr<std::unique_ptr<Parser>> Load(ModelKind kind);
  // A model from a file written by ingest/train.
  static absl::StatusOr<std::unique_ptr<Parser>> LoadFile(const std::string& path);

  virtual void Parse(Sentence& sentence) const = 0;
  // The same for each of them, faster for a model that works on batches.
  virtual void ParseAll(absl::Span<Sentence> sentences) const {
    for (Sentence& sentence : sentences) Parse(sentence);
  }

  // Name and version of the model for provenance: "fast-1".
  virtual std::string Name() const = 0;
};

}  // namespace dossier::ingest
