// The accurate model: a small transformer with heads for tags, features, names, arcs and relations; lemmas by the
// scripts of ingest/parse/lemmatizer.h. Made by Parser::Load (ingest/parse/parser.h).
//
// A sentence's tree is the best one over all arcs, so it may have crossing arcs. Sentences longer than the encoder takes
// (180 words or 255 pieces) are read in parts; the roots of the later parts hang on the first root as parataxis. The result
// for a sentence does not depend on the batch, the thread or the processor (ingest/neural/kernels.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/neural/encoder.h"
#include "ingest/parse/lemmatizer.h"
#include "ingest/parse/parser.h"

namespace dossier::ingest {

class AccurateParser : public Parser {
 public:
  // `kernels` is for tests; it must outlive the parser.
  static absl::StatusOr<std::unique_ptr<AccurateParser>> FromModel(std::unique_ptr<ModelFile> file,
                                                                   const Kernels& kernels = BestKernels());

  void Parse(Sentence& sentence) const override { ParseAll({&sentence, 1}); }
  void ParseAll(absl::Span<Sentence> sentences) const override;
  std::string Name() const override { return name_; }

 private:
  // A universal and a Penn tag that go together, and the features seen with them.
  struct TagPair {
    size_t upos = 0, xpos = 0;
    std::vector<size_t> feats;
  };
  struct Part {
    Sentence* sentence = nullptr;
    size_t begin = 0, end = 0;  // tokens
  };

  absl::Status ReadLabels(const ModelFile& file);
  void RunBatch(const std::vector<Part>& parts, EncodedBatch& batch) const;
  void Tag(const float* scores, const Part& part) const;
  void Name(const float* scores, const Part& part) const;
  // `edges`: of the root, then of each word.
  void BuildTree(const float* edges, const Part& part) const;

  std::unique_ptr<ModelFile> file_;
  const Kernels* kernels_ = nullptr;
  std::string name_;
  Encoder encoder_;
  Lemmatizer lemmatizer_;
  Int8Matrix tags_, edges_, arc_, relation_;
  std::vector<std::string> upos_, xpos_, feats_, names_, labels_;  // names_[0] is "O", labels_[0] is "root"
  std::vector<TagPair> pairs_;
};

}  // namespace dossier::ingest
