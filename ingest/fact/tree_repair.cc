#include "ingest/fact/tree_repair.h"

#include <algorithm>

#include "ingest/entity/lexicon.h"
#include "ingest/fact/tree.h"

namespace dossier::ingest {

class TreeRepair {
 public:
  explicit TreeRepair(Tree& tree) : tree_(tree) {}

  void Run() {
    VerbLemmas();
    VerbNouns();
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && AuxiliaryConjunct(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && NameApposition(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && ParenthesisPassive(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && TitleBeforeName(t); });
    Pass([&](TokenIndex t) { return FrontedAdjective(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && FiniteAcl(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && FiniteConjunct(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && CommaParticiple(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && FrontedParticiple(t); });
  }

 private:
  template <typename Rule>
  void Pass(Rule rule) {
    for (TokenIndex t = 0; t < tree_.size(); ++t) {
      if (tree_.Reachable(t) && rule(t)) tree_.Index();
    }
  }

  void Attach(TokenIndex t, TokenIndex head, Rel rel) {
    tree_.head_[Tree::At(t)] = head;
    tree_.rel_[Tree::At(t)] = rel;
  }
  // `t` takes the place of `other` in the tree, which is attached to it.
  void Swap(TokenIndex t, TokenIndex other, Rel rel_of_other) {
    Attach(t, tree_.head(other), tree_.rel(other));
    Attach(other, t, rel_of_other);
  }
  bool IsVerb(TokenIndex t) const { return tree_.pos(t) == Pos::kVerb || tree_.pos(t) == Pos::kAux; }
  bool HasSubject(TokenIndex t) const { return tree_.Child(t, Rel::kNsubj) != kNoToken || tree_.Child(t, Rel::kNsubjPass) != kNoToken; }
  bool HasAuxiliary(TokenIndex t) const {
    return tree_.Child(t, Rel::kAux) != kNoToken || tree_.Child(t, Rel::kAuxPass) != kNoToken || tree_.Child(t, Rel::kCop) != kNoToken;
  }
  bool IsFiniteForm(TokenIndex t) const {
    const std::string_view xpos = tree_.xpos(t);
    return xpos == "VBD" || xpos == "VBZ" || xpos == "VBP";
  }
  // Tensed by itself or by its auxiliary.
  bool IsFinite(TokenIndex t) const {
    if (IsVerb(t) && IsFiniteForm(t)) return true;
    for (TokenIndex child : tree_.children(t)) {
      const Rel rel = tree_.rel(child);
      if ((rel == Rel::kAux || rel == Rel::kAuxPass || rel == Rel::kCop) && (IsFiniteForm(child) || tree_.xpos(child) == "MD")) return true;
    }
    return false;
  }
  TokenIndex LeftEdge(TokenIndex t) const {
    const auto phrase = tree_.Phrase(t, [](TokenIndex) { return false; });
    return phrase.empty() ? t : phrase.front();
  }
  TokenIndex RightEdge(TokenIndex t) const {
    const auto phrase = tree_.Phrase(t, [](TokenIndex) { return false; });
    return phrase.empty() ? t : phrase.back();
  }
  // The nearest predicate above `t`.
  TokenIndex ClauseAbove(TokenIndex t) const {
    for (TokenIndex steps = 0, up = tree_.head(t); up != kNoToken && steps < tree_.size(); ++steps, up = tree_.head(up)) {
      if (IsVerb(up) || tree_.Child(up, Rel::kCop) != kNoToken) return up;
    }
    return kNoToken;
  }
  bool HasRelativePronoun(TokenIndex t) const {
    const auto children = tree_.children(t);
    return std::any_of(children.begin(), children.end(), [&](TokenIndex child) {
      const std::string_view word = tree_.lower(child);
      return word == "who" || word == "which" || word == "that" || word == "whom" || word == "where" || word == "when" || word == "whose";
    });
  }

  void VerbLemmas() {
    const Lexicon& lexicon = Lexicon::Default();
    for (TokenIndex t = 0; t < tree_.size(); ++t) {
      if (tree_.pos(t) != Pos::kVerb || lexicon.IsVerb(tree_.lemma(t))) continue;
      std::string& lemma = tree_.lemma_[Tree::At(t)];
      if (lexicon.IsVerb(lemma + "e")) {
        lemma += 'e';
      } else if (lemma.size() > 3 && lexicon.IsVerb(lemma.substr(0, lemma.size() - 1))) {
        lemma.pop_back();
      } else if (!HasAuxiliary(t) && !HasSubject(t) && lexicon.ClassOf(lemma) != NounClass::kUnknown) {
        tree_.pos_[Tree::At(t)] = Pos::kNoun;
      }
    }
  }

  // "do" and the modals ask for a base form.
  TokenIndex BareAuxiliary(TokenIndex t) const {
    for (TokenIndex child : tree_.children(t)) {
      if (tree_.rel(child) == Rel::kAux && (tree_.lemma(child) == "do" || tree_.xpos(child) == "MD")) return child;
    }
    return kNoToken;
  }

  void VerbNouns() {
    for (TokenIndex t = 0; t < tree_.size(); ++t) {
      if (tree_.pos(t) != Pos::kNoun || BareAuxiliary(t) == kNoToken || tree_.Child(t, Rel::kCop) != kNoToken) continue;
      if (Lexicon::Default().IsVerb(tree_.lower(t))) tree_.pos_[Tree::At(t)] = Pos::kVerb;
    }
  }

  bool AuxiliaryConjunct(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    const TokenIndex object = tree_.Child(t, Rel::kObj);
    const bool past = tree_.xpos(t) == "VBN" || tree_.xpos(t) == "VBD";
    if (tree_.rel(t) != Rel::kConj || !past || object == kNoToken || !IsVerb(verb) || BareAuxiliary(verb) == kNoToken) return false;
    if (HasSubject(t) || HasAuxiliary(t) || LeftEdge(object) != t + 1) return false;
    const TokenIndex cc = tree_.Child(t, Rel::kCc);
    TokenIndex last = cc - 1;
    while (last > verb && tree_.pos(last) == Pos::kPunct) --last;
    if (cc == kNoToken || last <= verb || !tree_.IsNominal(last)) return false;
    while (tree_.head(last) != verb && tree_.head(last) != kNoToken && tree_.head(last) > verb && tree_.rel(last) != Rel::kNmod) last = tree_.head(last);
    Attach(object, last, Rel::kConj);
    Attach(t, object, Rel::kAmod);
    Attach(cc, object, Rel::kCc);
    tree_.pos_[Tree::At(t)] = Pos::kAdj;
    return true;
  }

  bool NameApposition(TokenIndex t) {
    const TokenIndex name = tree_.head(t);
    if (tree_.rel(t) != Rel::kAppos || tree_.pos(t) != Pos::kPropn || tree_.pos(name) != Pos::kPropn || t < name) return false;
    for (TokenIndex between = name + 1; between < t; ++between) {
      if (tree_.pos(between) != Pos::kPropn) return false;
    }
    Attach(t, name, Rel::kFlat);
    return true;
  }

  bool ParenthesisPassive(TokenIndex t) {
    const TokenIndex noun = tree_.head(t);
    const TokenIndex cop = tree_.Child(noun, Rel::kCop);
    if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBN" || cop == kNoToken || tree_.Child(noun, Rel::kCase) == kNoToken) return false;
    if (cop + 1 >= tree_.size() || tree_.lower(cop + 1) != "," || tree_.lower(t - 1) != "," || t < noun) return false;
    const std::vector<TokenIndex> parts(tree_.children(noun).begin(), tree_.children(noun).end());
    Swap(t, noun, Rel::kObl);
    for (TokenIndex part : parts) {
      const Rel rel = tree_.rel(part);
      if (rel == Rel::kNsubj) Attach(part, t, Rel::kNsubjPass);
      else if (rel == Rel::kCop) Attach(part, t, Rel::kAuxPass);
      else if (rel == Rel::kAux || rel == Rel::kMark || (rel == Rel::kPunct && part > t)) Attach(part, t, rel);
    }
    return true;
  }

  // A zero relative on a bare singular noun whose subject is a name: "lawmaker [Anna Nagy called on X]".
  bool TitleBeforeName(TokenIndex t) {
    if (tree_.rel(t) != Rel::kRelcl || !IsFinite(t) || HasRelativePronoun(t)) return false;
    const TokenIndex noun = tree_.head(t);
    const TokenIndex name = tree_.Child(t, Rel::kNsubj);
    if (name == kNoToken || tree_.pos(name) != Pos::kPropn || LeftEdge(name) != noun + 1 || tree_.xpos(noun) != "NN") return false;
    if (tree_.Child(noun, Rel::kDet) != kNoToken || tree_.Child(noun, Rel::kNmodPoss) != kNoToken) return false;
    // The verb takes the noun's place; an apposition or object that swallowed a whole clause becomes a clause beside it.
    const TokenIndex above = tree_.head(noun);
    const Rel rel = tree_.rel(noun);
    Attach(t, above, rel == Rel::kRoot || above == kNoToken ? Rel::kRoot : Rel::kParataxis);
    Attach(noun, name, Rel::kDesc);
    return true;
  }

  // The object of a would-be verb that opens the clause is in truth the subject of the next verb, which has none.
  bool FrontedAdjective(TokenIndex t) {
    if (!IsVerb(t) || !IsFinite(t) || HasSubject(t) || tree_.rel(t) == Rel::kConj || tree_.rel(t) == Rel::kRelcl || tree_.rel(t) == Rel::kAcl) return false;
    TokenIndex before = t - 1;
    while (before >= 0 && (tree_.pos(before) == Pos::kAdv || tree_.pos(before) == Pos::kAux)) --before;
    if (before < 0 || !tree_.IsNominal(before)) return false;
    TokenIndex object = before;
    while (tree_.head(object) != kNoToken && tree_.rel(object) != Rel::kObj && tree_.IsNominal(tree_.head(object))) object = tree_.head(object);
    const TokenIndex participle = tree_.head(object);
    if (tree_.rel(object) != Rel::kObj || participle == kNoToken || !IsVerb(participle) || participle > object || participle == t) return false;
    const bool past = tree_.xpos(participle) == "VBD" || tree_.xpos(participle) == "VBN";
    if (!past || HasSubject(participle) || HasAuxiliary(participle) || tree_.Dominates(object, t)) return false;
    if (RightEdge(object) != before || LeftEdge(object) != participle + 1) return false;
    if (tree_.Dominates(participle, t)) Attach(t, tree_.head(participle), tree_.rel(participle));
    Attach(object, t, Rel::kNsubj);
    Attach(participle, object, Rel::kAmod);
    tree_.pos_[Tree::At(participle)] = Pos::kAdj;
    return true;
  }

  bool FiniteAcl(TokenIndex t) {
    TokenIndex noun = tree_.head(t);
    if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBD" || HasSubject(t) || HasRelativePronoun(t) || t < noun) return false;
    while (tree_.rel(noun) == Rel::kNmod && tree_.head(noun) != kNoToken && tree_.head(noun) < noun) noun = tree_.head(noun);
    const Rel rel = tree_.rel(noun);
    if (tree_.Child(noun, Rel::kCop) != kNoToken) return false;
    if (rel == Rel::kRoot) {
      for (TokenIndex child : std::vector<TokenIndex>(tree_.children(noun).begin(), tree_.children(noun).end())) {
        if (child > t) Attach(child, t, tree_.rel(child));
      }
      Swap(t, noun, Rel::kNsubj);
      return true;
    }
    const TokenIndex clause = ClauseAbove(noun);
    const TokenIndex cc = tree_.Child(noun, Rel::kCc);
    if (rel != Rel::kConj || clause == kNoToken || cc == kNoToken) return false;
    Attach(t, MainClause(clause), Rel::kConj);
    Attach(noun, t, Rel::kNsubj);
    Attach(cc, t, Rel::kCc);
    return true;
  }

  // The finite clause at or above a clause: conjuncts with subjects of their own join main clauses, not infinitives.
  TokenIndex MainClause(TokenIndex clause) const {
    for (TokenIndex steps = 0; steps < tree_.size(); ++steps) {
      if (IsFinite(clause)) return clause;
      const TokenIndex above = ClauseAbove(clause);
      if (above == kNoToken) return clause;
      clause = above;
    }
    return clause;
  }

  bool FiniteConjunct(TokenIndex t) {
    if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || !IsFinite(t) || t < tree_.head(t)) return false;
    const TokenIndex first = tree_.head(t);
    if (IsVerb(first) || !tree_.IsNominal(first) || tree_.Child(first, Rel::kCop) != kNoToken || HasSubject(first)) return false;
    const TokenIndex clause = ClauseAbove(first);
    if (clause == kNoToken) return false;
    Attach(t, MainClause(clause), Rel::kConj);
    return true;
  }

  bool CommaParticiple(TokenIndex t) {
    const TokenIndex noun = tree_.head(t);
    if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBG" || !tree_.IsNominal(noun) || HasSubject(t) || HasAuxiliary(t)) return false;
    const TokenIndex left = LeftEdge(t);
    if (left < 2 || (tree_.lower(left - 1) != "," && tree_.lower(left) != ",")) return false;
    const TokenIndex clause = ClauseAbove(noun);
    if (clause == kNoToken || clause > noun || tree_.rel(noun) == Rel::kNsubj || tree_.rel(noun) == Rel::kNsubjPass) return false;
    Attach(t, clause, Rel::kAdvcl);
    return true;
  }

  bool FrontedParticiple(TokenIndex t) {
    if (tree_.rel(t) != Rel::kParataxis && tree_.rel(t) != Rel::kCcomp && tree_.rel(t) != Rel::kConj && tree_.rel(t) != Rel::kDep) return false;
    const TokenIndex participle = tree_.top_down().front();
    if (tree_.xpos(participle) != "VBG" || HasSubject(participle) || HasAuxiliary(participle) || !IsFinite(t) || !HasSubject(t)) return false;
    if (LeftEdge(participle) != participle && tree_.pos(LeftEdge(participle)) != Pos::kPunct) return false;
    const TokenIndex left = LeftEdge(t);
    if (left <= participle || tree_.lower(left - 1) != ",") return false;
    for (TokenIndex child : std::vector<TokenIndex>(tree_.children(participle).begin(), tree_.children(participle).end())) {
      if (child > t) Attach(child, t, tree_.rel(child));
    }
    Attach(t, kNoToken, Rel::kRoot);
    Attach(participle, t, Rel::kAdvcl);
    return true;
  }

  Tree& tree_;
};

void RepairTree(Tree& tree) { TreeRepair(tree).Run(); }

}  // namespace dossier::ingest
