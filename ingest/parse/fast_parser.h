// The fast model: perceptron tagger, edit-script lemmatiser, greedy arc-hybrid parser. Made by Parser::Load
// (ingest/parse/parser.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/models/feature_table.h"
#include "ingest/models/model_file.h"
#include "ingest/parse/lemmatizer.h"
#include "ingest/parse/parser.h"
#include "ingest/parse/tagger.h"
#include "ingest/parse/word_features.h"

namespace dossier::ingest {

class FastParser : public Parser {
 public:
  static absl::StatusOr<std::unique_ptr<FastParser>> FromModel(std::unique_ptr<ModelFile> file);

  void Parse(Sentence& sentence) const override;
  std::string Name() const override { return name_; }

 private:
  // Heads and labels for the tagged words.
  void ParseTree(const std::vector<WordFeatures>& words, const std::vector<TagId>& tags,
                 Sentence& sentence) const;

  std::unique_ptr<ModelFile> file_;
  std::string name_;
  WordTable words_;
  Tagger tagger_;
  Lemmatizer lemmatizer_;
  std::vector<std::string> labels_;  // number 0 is "root"
  FeatureTable parser_weights_;
};

}  // namespace dossier::ingest
