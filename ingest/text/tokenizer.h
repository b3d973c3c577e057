// From a document's text to sentences of UD tokens with byte offsets into the original.
//
//   std::vector<Sentence> sentences = SplitAndTokenize(document);            // an article as read by
//   ingest/read/reader.h Sentence sentence = TokenizeLine("`` I do n't know , '' he said .");     // one
//   pre-tokenised sentence per line ASSIGN_OR_RETURN(auto tokenizer, Tokenizer::LoadFile("x.model")); // for
//   training and experiments
//
// Tokenisation is that of UD English (EWT, GUM): clitics are words of their own (do|n't, can|not, Putin|'s),
// hyphenated compounds are split at the hyphen (near|-|total), URLs, e-mail addresses, numbers and
// abbreviations stay whole. Token::span always slices the original input to the token's text; Token::form
// equals that slice where the input is plain text, and is its decoded text where the input is HTML. Tokens of
// a sentence are in order and do not overlap. No token holds white space.
//
// Everything here is thread-safe and never fails: any bytes give some tokens (invalid UTF-8 bytes count as
// letters), in time linear in the input. A sentence has at most kMaxSentenceTokens tokens; a longer run is
// cut there.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

class ModelFile;

inline constexpr size_t kMaxSentenceTokens = 1000;

class Tokenizer {
 public:
  // The tokenizer of the embedded model; falls back to plain rules when the embedded model is damaged
  // (Parser::Load reports that).
  static const Tokenizer& Default();
  static absl::StatusOr<std::unique_ptr<Tokenizer>> LoadFile(const std::string& path);

  // `model` may be null: then white space, letters, digits and punctuation decide.
  explicit Tokenizer(std::unique_ptr<const ModelFile> model);
  ~Tokenizer();
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  std::vector<Sentence> Split(const Document& document) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Tokenizer::Default().Split(document). An empty document gives no sentences.
std::vector<Sentence> SplitAndTokenize(const Document& document);

// One sentence whose tokens are separated by white space, Penn style (`` '' -LRB- do n't). The line's tokens
// are kept, except that contractions written as one word ("don't", "cannot", "Putin's") become several
// tokens, all but the last with space_after false and the first with multiword_start. So the line's own
// tokens come back by joining over space_after. Spans are bytes of `line`.
Sentence TokenizeLine(std::string_view line);

}  // namespace dossier::ingest
