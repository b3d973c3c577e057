// A dependency tree made ready for rules: relations as an enum, children in text order, a top-down order of
// the tokens.
//
//   Tree tree(sentence);
//   TokenIndex subject = tree.Child(verb, Rel::kNsubj);
//   std::vector<TokenIndex> phrase = tree.Phrase(subject, [&](TokenIndex t) { return tree.rel(t) ==
//   Rel::kRelcl; });
//
// What parsers get wrong in ways that the words themselves betray is put right first (tree_repair.cc); the
// sentence stays as it is. Borrows the sentence, which must outlive it. Any heads are accepted: those outside
// the sentence count as roots, and tokens on a cycle are unreachable and left out. Nothing recurses.
// Thread-compatible.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "ingest/text/sentence.h"

namespace dossier::ingest {

// UD's basic relations, subtypes kept where the rules look at them. kNsubj and kCsubj include the ":outer"
// ones; kOblBare are obliques without a preposition (obl:unmarked, obl:tmod, obl:npmod), kNmodBare the same
// for nominals; kDesc is nmod:desc (titles before names).
enum class Rel : uint8_t {
  kOther,
  kRoot,
  kNsubj,
  kNsubjPass,
  kCsubj,
  kObj,
  kIobj,
  kObl,
  kOblAgent,
  kOblBare,
  kCcomp,
  kXcomp,
  kAdvcl,
  kAdvclRelcl,
  kAcl,
  kRelcl,
  kConj,
  kCc,
  kPreconj,
  kCase,
  kMark,
  kAux,
  kAuxPass,
  kCop,
  kExpl,
  kAdvmod,
  kAmod,
  kDet,
  kNummod,
  kNmod,
  kNmodPoss,
  kNmodBare,
  kDesc,
  kAppos,
  kCompound,
  kPrt,
  kFlat,
  kFixed,
  kParataxis,
  kPunct,
  kVocative,
  kDiscourse,
  kDep,
  kList,
  kOrphan,
  kDislocated,
};
Rel RelOf(std::string_view deprel);
// The UD relation of a Rel ("nsubj:pass"; the first where several are one Rel; "dep" for kOther).
std::string_view NameOf(Rel rel);

enum class Pos : uint8_t {
  kOther, kNoun, kPropn, kPron, kVerb, kAux, kAdj, kAdv, kAdp,
  kNum, kDet, kPart, kCconj, kSconj, kPunct, kIntj, kSym
};

class Tree {
 public:
  explicit Tree(const Sentence& sentence, bool repair = true);

  const Sentence& sentence() const { return *sentence_; }
  TokenIndex size() const { return static_cast<TokenIndex>(rel_.size()); }
  Rel rel(TokenIndex t) const { return rel_[At(t)]; }
  Pos pos(TokenIndex t) const { return pos_[At(t)]; }
  TokenIndex head(TokenIndex t) const { return head_[At(t)]; }
  std::string_view lower(TokenIndex t) const { return lower_[At(t)]; }  // form, ASCII lower case
  std::string_view lemma(TokenIndex t) const { return lemma_[At(t)]; }  // lower case unless a proper noun
  std::string_view xpos(TokenIndex t) const { return sentence_->tokens[At(t)].xpos; }
  bool HasFeature(TokenIndex t, std::string_view feature) const;
  bool IsNominal(TokenIndex t) const;  // noun, proper noun, pronoun, numeral, symbol

  // Dependents in text order.
  absl::Span<const TokenIndex> children(TokenIndex t) const;
  TokenIndex Child(TokenIndex t, Rel rel) const;  // the first, or kNoToken
  // Every token that is reachable from a root, heads before dependents.
  const std::vector<TokenIndex>& top_down() const { return top_down_; }
  bool Reachable(TokenIndex t) const { return reachable_[At(t)]; }
  bool Dominates(TokenIndex ancestor, TokenIndex t) const;

  // `t` and all below it in text order, leaving out each dependent (with what is below it) for which `cut`
  // holds.
  template <typename Cut>
  std::vector<TokenIndex> Phrase(TokenIndex t, Cut cut) const {
    std::vector<TokenIndex> tokens{t};
    for (size_t i = 0; i < tokens.size(); ++i) {
      for (TokenIndex child : children(tokens[i])) {
        if (!cut(child)) tokens.push_back(child);
      }
    }
    SortAndTrim(tokens);
    return tokens;
  }
  // Words of the tokens as the text has them, one space between separate ones.
  std::string Text(absl::Span<const TokenIndex> tokens) const;

 private:
  static size_t At(TokenIndex t) { return static_cast<size_t>(t); }
  void SortAndTrim(std::vector<TokenIndex>& tokens) const;  // text order; punctuation at the ends dropped

  friend class TreeRepair;
  void Index();  // children, order and reach from the heads

  const Sentence* sentence_;
  std::vector<Rel> rel_;
  std::vector<Pos> pos_;
  std::vector<TokenIndex> head_;
  std::vector<std::string> lower_, lemma_;
  std::vector<TokenIndex> children_, first_;  // children of t: children_[first_[t] .. first_[t+1])
  std::vector<TokenIndex> top_down_;
  std::vector<bool> reachable_;
};

}  // namespace dossier::ingest
