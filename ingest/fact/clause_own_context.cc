// What a clause itself says of how it is held: its auxiliaries, negations, adverbs and mood.
#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

class OwnContext {
 public:
  explicit OwnContext(const Tree& tree) : tree_(tree) {}

  void Own(Clause& clause) const {
    clause.modality = ModalityOfAuxiliaries(tree_, clause);
    bool negative = NegativeArguments(clause);
    for (TokenIndex child : tree_.children(clause.head)) {
      const std::string_view word = tree_.lower(child);
      const Rel rel = tree_.rel(child);
      if (rel == Rel::kAdvmod || rel == Rel::kPreconj || rel == Rel::kCc || rel == Rel::kOther ||
          rel == Rel::kDet) {
        if (words::Has(words::kNegators, word) && !BeforeNotOnly(child))
          negative = !negative || rel == Rel::kCc;
        if (rel == Rel::kAdvmod && word == "longer" && HasNo(child)) negative = true;
      }
      if (rel == Rel::kAdvmod && clause.modality == Modality::kNone &&
          words::Has(words::kModalAdverbs, word)) {
        clause.modality = Modality::kPossible;
        clause.adverb_modality = true;
      }
      if (rel == Rel::kPunct && word == "?" && child > clause.head) clause.modality = Modality::kQuestion;
    }
    if (negative) clause.polarity = Polarity::kNegative;
    if (clause.modality == Modality::kNone && clause.link != Rel::kCcomp) {
      const std::string mark = MarkerOf(tree_, clause.head, Rel::kMark);
      if (mark == "if" || mark == "unless" || mark == "as_if") clause.modality = Modality::kConditional;
      if (InvertedAtStart(clause)) clause.modality = Modality::kConditional;
    }
    OwnInfinitive(clause, negative);
    if (clause.modality == Modality::kNone && IsImperative(clause)) clause.modality = Modality::kImperative;
    if (clause.copular && clause.modality == Modality::kNone && tree_.pos(clause.head) == Pos::kAdj &&
        tree_.lemma(clause.head) == "able") {
      clause.modality = Modality::kPossible;
    }
  }

  // "was to have been opened": planned; "has to sign": must; "has yet to sign": has not.
  void OwnInfinitive(Clause& clause, bool negative) const {
    if (clause.modality != Modality::kNone || !clause.infinitive || clause.auxiliaries.empty()) return;
    const TokenIndex aux = clause.auxiliaries.front(), to = tree_.Child(clause.head, Rel::kMark);
    if (aux > to) return;
    const std::string_view lemma = tree_.lemma(aux);
    bool yet = false;
    for (TokenIndex t = aux; t < to; ++t) yet |= tree_.lower(t) == "yet";
    if (yet && !negative) clause.polarity = Polarity::kNegative;
    else if (lemma == "be") clause.modality = Modality::kWish;
    else if (lemma == "have") clause.modality = Modality::kNecessary;
  }

  // "Had X come, ...", wherever the parser hung it.
  bool InvertedAtStart(const Clause& clause) const {
    if (clause.auxiliaries.empty() || clause.auxiliaries.front() != 0 || clause.explicit_subject == kNoToken) return false;
    const std::string_view word = tree_.lower(0);
    return (word == "had" || word == "should" || word == "were") && tree_.lower(tree_.size() - 1) != "?";
  }

  bool BeforeNotOnly(TokenIndex negator) const {
    return negator + 1 < tree_.size() && words::Has(words::kNotOnly, tree_.lower(negator + 1));
  }

  bool HasNo(TokenIndex t) const {
    return std::any_of(tree_.children(t).begin(), tree_.children(t).end(),
                       [&](TokenIndex child) { return tree_.lower(child) == "no"; });
  }

  bool NegativePhrase(TokenIndex t) const {
    if (t == kNoToken) return false;
    if (words::Has(words::kNegativeArguments, tree_.lower(t))) return true;
    for (TokenIndex child : tree_.children(t)) {
      if (child < t && tree_.lower(child) == "not" && child + 1 < tree_.size() && tree_.rel(child + 1) == Rel::kDet) return true;  // "not a soul"
      if (tree_.rel(child) == Rel::kDet && (tree_.lower(child) == "no" || tree_.lower(child) == "neither"))
        return true;
    }
    return false;
  }

  bool NegativeArguments(const Clause& clause) const {
    if (NegativePhrase(clause.explicit_subject) || NegativePhrase(clause.object)) return true;
    // "neither X nor Y went", wherever the parser hung the two words
    bool nor = false, neither = false;
    for (TokenIndex t = clause.head - 1; t >= 0 && clause.head - t < 16; --t) {
      nor |= tree_.lower(t) == "nor" && tree_.Dominates(clause.head, t);
      neither |= tree_.lower(t) == "neither" && tree_.Dominates(clause.head, t);
    }
    if (nor && neither) return true;
    return clause.copular && NegativePhrase(clause.head);
  }

  bool IsImperative(const Clause& clause) const {
    if (clause.link != Rel::kRoot || clause.subject.token != kNoToken || !clause.auxiliaries.empty() ||
        clause.expl != kNoToken)
      return false;
    return tree_.xpos(clause.head) == "VB" || tree_.HasFeature(clause.head, "Mood=Imp");
  }

 private:
  const Tree& tree_;
};

}  // namespace

Modality ModalityOfAuxiliaries(const Tree& tree, const Clause& clause) {
  for (TokenIndex aux : clause.auxiliaries) {
    const std::string_view word = tree.lower(aux);
    if (word == "may" || word == "might" || word == "could" || word == "can" || word == "ca")
      return Modality::kPossible;
    if (word == "must" || word == "should" || word == "ought" || word == "shall")
      return Modality::kNecessary;
    if (word == "will" || word == "'ll" || word == "’ll" || word == "wo") return Modality::kFuture;
    if (word == "would" || word == "'d" || word == "’d") {
      return word == "would" || tree.lemma(aux) == "would" ? Modality::kConditional : Modality::kNone;
    }
  }
  return Modality::kNone;
}

void ReadOwnContext(const Tree& tree, Clause& clause) { OwnContext(tree).Own(clause); }

}  // namespace dossier::ingest
