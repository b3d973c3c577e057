// The features of the decision whether a sentence ends between two tokens of a paragraph.
//
//   BoundaryContext context(text, tokens);               // tokens of one paragraph, as spans of text
//   context.Begin(first);                                // the sentence begins with tokens[first]
//   if (context.IsCandidate(i)) context.Extract(i, features);       // does the sentence end after tokens[i]?
//
// Shared by the tokenizer and its training. Not thread-safe: one context for each paragraph. Borrows its
// arguments.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "ingest/models/feature_list.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {

class BoundaryContext {
 public:
  BoundaryContext(std::string_view text, const std::vector<SourceSpan>& tokens);

  void Begin(size_t first);
  // Sentences do not end between a word and a lower-case word, nor before a closing quotation mark that
  // touches the last token.
  bool IsCandidate(size_t i) const;
  // Call with growing `i`, not before the last Begin().
  void Extract(size_t i, FeatureList& out);

 private:
  struct View {
    uint64_t lower = 5;
    uint32_t shape = 6;  // class of the first character, length for words, the token itself for punctuation
    uint32_t suffix = 7;
  };
  View Look(std::string_view token) const;
  const View& At(size_t i, ptrdiff_t offset) const;
  void Advance(size_t i);

  std::string_view text_;
  const std::vector<SourceSpan>& tokens_;
  std::vector<View> views_;
  size_t begin_ = 0;
  size_t seen_ = 0;  // tokens of the sentence that the counters below cover end here
  int open_brackets_ = 0;
  int open_quotes_ = 0;       // straight quotes, or opening minus closing typographic ones
  bool has_verbish_ = false;  // a lower-case word, that is more than a name or a heading's number
};

}  // namespace dossier::ingest
