#include "ingest/parse/fast_parser.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "ingest/parse/actions.h"
#include "ingest/parse/arc_hybrid.h"
#include "ingest/parse/parser_features.h"

namespace dossier::ingest {
namespace {

std::vector<std::string> Lines(std::string_view bytes) {
  std::vector<std::string> lines;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    lines.emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return lines;
}

}  // namespace

absl::StatusOr<std::unique_ptr<FastParser>> FastParser::FromModel(std::unique_ptr<ModelFile> file) {
  auto parser = std::make_unique<FastParser>();
  const std::vector<std::string> about = Lines(file->Section("name"));
  parser->name_ = about.empty() ? "fast" : about[0];
  ASSIGN_OR_RETURN(parser->words_, WordTable::FromBytes(file->Section("words")));
  ASSIGN_OR_RETURN(parser->tagger_, Tagger::FromModel(*file));
  ASSIGN_OR_RETURN(parser->lemmatizer_, Lemmatizer::FromModel(*file));
  parser->labels_ = Lines(file->Section("labels"));
  ASSIGN_OR_RETURN(parser->parser_weights_, FeatureTable::FromBytes(file->Section("parser")));
  if (parser->labels_.empty() || parser->labels_.size() > kMaxParserLabels ||
      parser->parser_weights_.label_count() != ActionCount(parser->labels_.size())) {
    return DataLoss("parser's weights do not match its labels");
  }
  parser->file_ = std::move(file);
  return parser;
}

void FastParser::Parse(Sentence& sentence) const {
  if (sentence.tokens.empty()) return;
  std::vector<WordFeatures> words;
  std::vector<TagId> tags;
  ComputeWordFeatures(sentence, words_, words);
  tagger_.Tag(words, sentence, tags);
  tagger_.Annotate(words, tags, sentence);
  for (Token& token : sentence.tokens)
    token.lemma = lemmatizer_.Lemmatize(token.form, token.upos, token.xpos);
  ParseTree(words, tags, sentence);
}

void FastParser::ParseTree(const std::vector<WordFeatures>& words, const std::vector<TagId>& tags,
                           Sentence& sentence) const {
  ParseState state(words.size());
  FeatureList features;
  alignas(32) int16_t scores[FeatureTable::kMaxLabels];
  while (!state.IsFinal()) {
    ExtractParserFeatures(state, words, tags, tagger_.tag_set(), features);
    parser_weights_.Score(features.span(), scores);
    const Action action = BestLegalAction(state, scores, labels_.size());
    state.Apply(action.move, action.label);
  }
  for (size_t i = 0; i < words.size(); ++i) {
    Token& token = sentence.tokens[i];
    token.head = state.head(static_cast<TokenIndex>(i));
    token.deprel = labels_[state.label(static_cast<TokenIndex>(i))];
  }
}

}  // namespace dossier::ingest
