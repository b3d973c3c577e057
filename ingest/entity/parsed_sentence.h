// Looking around in a parsed sentence: children, relations without subtype, case markers, words in lower
// case.
//
//   ParsedSentence view(sentence);
//   if (view.Rel(i) == "nsubj" && view.CaseOf(view.Head(i)) == "in") ...
//
// Borrows the sentence; building it is linear. Heads that are out of range or their own token count as the
// root's. Thread-compatible.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

class ParsedSentence {
 public:
  explicit ParsedSentence(const Sentence& sentence);

  const Sentence& sentence() const { return sentence_; }
  TokenIndex size() const { return static_cast<TokenIndex>(sentence_.tokens.size()); }
  bool Has(TokenIndex i) const { return i >= 0 && i < size(); }
  const Token& At(TokenIndex i) const { return sentence_.tokens[static_cast<size_t>(i)]; }
  TokenIndex Head(TokenIndex i) const { return heads_[static_cast<size_t>(i)]; }
  std::string_view Form(TokenIndex i) const {
    return Has(i) ? std::string_view(At(i).form) : std::string_view();
  }
  const std::string& Lower(TokenIndex i) const { return lower_[static_cast<size_t>(i)]; }
  std::string_view Upos(TokenIndex i) const {
    return Has(i) ? std::string_view(At(i).upos) : std::string_view();
  }
  // Universal part of the relation ("nmod" of "nmod:poss").
  std::string_view Rel(TokenIndex i) const;
  std::string_view FullRel(TokenIndex i) const { return At(i).deprel; }
  const std::vector<TokenIndex>& Children(TokenIndex i) const { return children_[static_cast<size_t>(i)]; }
  // First child with this full or universal relation, or kNoToken.
  TokenIndex Child(TokenIndex i, std::string_view relation) const;
  // Lemma of the first preposition of the phrase headed by `i` ("in", "according"), or "".
  std::string_view CaseOf(TokenIndex i) const;
  // True when the words are separated by nothing.
  bool Glued(TokenIndex i) const { return Has(i) && !At(i).space_after; }
  bool IsNameTag(TokenIndex i) const;  // PROPN, or NNP/NNPS
  bool IsCapitalized(TokenIndex i) const;
  // The kind of name that the model sees at a word: "PER", "ORG", "LOC", "MISC"; "" for none, or no opinion.
  std::string_view NameLabel(TokenIndex i) const {
    return Has(i) && At(i).name.size() > 2 ? std::string_view(At(i).name).substr(2) : std::string_view();
  }
  // The model has an opinion, and sees no name at a word.
  bool IsUnnamed(TokenIndex i) const { return Has(i) && At(i).name == "O"; }
  // Whether a name of the model begins, or goes on, at a word.
  bool BeginsName(TokenIndex i) const { return Has(i) && At(i).name.starts_with("B-"); }
  bool ContinuesName(TokenIndex i) const { return Has(i) && At(i).name.starts_with("I-"); }
  bool IsPlural(TokenIndex i) const;
  // The text of tokens [begin, end), spaced as in the original.
  std::string Text(TokenIndex begin, TokenIndex end) const;
  // The token of [begin, end) whose head lies outside; the first such.
  TokenIndex HeadOf(TokenIndex begin, TokenIndex end) const;
  // Head of the coordination `i` is a later member of, else `i`.
  TokenIndex FirstConjunct(TokenIndex i) const;

 private:
  const Sentence& sentence_;
  std::vector<TokenIndex> heads_;
  std::vector<std::string> lower_;
  std::vector<std::vector<TokenIndex>> children_;
};

}  // namespace dossier::ingest
