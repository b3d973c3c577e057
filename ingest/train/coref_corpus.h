// Documents with their coreference: trees from CoNLL-U, chains from OntoGUM (https://github.com/amir-zeldes/gum, coref/ontogum).
//
//   ASSIGN_OR_RETURN(auto corpus, ReadCorefCorpus("train.conllu", "ontogum/train"));
//
// A document of the CoNLL-U file without a key file is left out. Not thread-safe to build; plain values afterwards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/entity/coref_document.h"
#include "ingest/parse/parser.h"
#include "ingest/train/coref_score.h"

namespace dossier::ingest {

struct CorefExample {
  std::string id;
  std::vector<Sentence> sentences;
  CorefChains key;               // without chains of one mention
  std::vector<int> offset;       // tokens before each sentence, and in all
  std::vector<ParsedSentence> views;  // borrow `sentences`
  EntityTable table;
};

// Trees stay as they are in the file when `parser` is null.
absl::StatusOr<std::vector<std::unique_ptr<CorefExample>>> ReadCorefCorpus(const std::string& conllu_path, const std::string& key_folder,
                                                                           const Parser* parser);
// The chains of a key in CoNLL form (last column "(1", "1)", "(1)", with "|" between).
CorefChains ParseCorefKey(std::string_view text);

// For each mention the chain of the key that it belongs to (by its span, else by its head), or -1.
std::vector<int> GoldChains(const CorefExample& example, const CorefDocument& document);

// The chains of at least two mentions.
CorefChains ChainsOf(const CorefExample& example, const CorefDocument& document, const std::vector<int>& cluster_of);

}  // namespace dossier::ingest
