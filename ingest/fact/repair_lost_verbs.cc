// Verbs that the tagger took for nouns or modifiers, so that a sentence or clause lost its verb.
#include <algorithm>

#include "ingest/entity/verb_forms.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/tree_rules.h"

namespace dossier::ingest {
namespace {

bool IsKnownVerb(std::string_view lemma) { return Lexicon::Default().IsVerb(lemma); }

}  // namespace

// A sentence that ends in a stop has a finite verb somewhere; headings have none.
bool TreeRepair::HasFiniteVerb() const {
  for (TokenIndex t = 0; t < tree_.size(); ++t) {
    if (tree_.xpos(t) == "MD" || (IsVerb(t) && IsFiniteForm(t) && tree_.rel(t) != Rel::kAmod && tree_.rel(t) != Rel::kCompound)) return true;
  }
  return tree_.size() == 0 || tree_.lower(tree_.size() - 1) != ".";
}

void TreeRepair::MakeVerb(TokenIndex t, std::string_view /*xpos*/) {
  tree_.pos_[Tree::At(t)] = Pos::kVerb;
  if (const std::string lemma = VerbLemmaOf(tree_.lower(t), IsKnownVerb); !lemma.empty()) tree_.lemma_[Tree::At(t)] = lemma;
}

// `verb`, so far below `noun`, takes its place; the noun is its subject, and what stands behind the verb is the verb's.
void TreeRepair::TakeOver(TokenIndex verb, TokenIndex noun) {
  const std::vector<TokenIndex> children(tree_.children(noun).begin(), tree_.children(noun).end());
  for (TokenIndex child : children) {
    if (child == verb || (child < verb && tree_.rel(child) != Rel::kPunct)) continue;
    const Rel rel = tree_.rel(child);
    Attach(child, verb, rel == Rel::kNmod ? Rel::kObl : rel);
  }
  Swap(verb, noun, Rel::kNsubj);
}

// "The lake froze.", "The firm set up a branch": the last noun of a verbless sentence's only noun phrase is a past form.
bool TreeRepair::VerblessNoun(TokenIndex t) {
  if (tree_.pos(t) != Pos::kNoun || tree_.rel(t) != Rel::kRoot || HasSubject(t) || HasAuxiliary(t) || HasFiniteVerb()) return false;
  const TokenIndex subject = t - 1;
  if (subject < 0 || tree_.head(subject) != t || tree_.rel(subject) != Rel::kCompound || !tree_.IsNominal(subject)) return false;
  if (IrregularBases(tree_.lower(t)).empty() && tree_.Child(t, Rel::kPrt) == kNoToken) return false;
  MakeVerb(t, "VBD");
  tree_.lemma_[Tree::At(t)] = IrregularBases(tree_.lower(t)).empty() ? tree_.lemma_[Tree::At(t)] : std::string(IrregularBases(tree_.lower(t)).front());
  const std::vector<TokenIndex> children(tree_.children(t).begin(), tree_.children(t).end());
  for (TokenIndex child : children) {
    const Rel rel = tree_.rel(child);
    if (child == subject) Attach(child, t, Rel::kNsubj);
    else if (child < t && rel != Rel::kPunct && rel != Rel::kAdvmod) Attach(child, subject, rel);
    else if (rel == Rel::kNmod) Attach(child, t, Rel::kObl);
    else if (child > t && tree_.IsNominal(child) && (rel == Rel::kAppos || rel == Rel::kFlat || rel == Rel::kDep)) Attach(child, t, Rel::kObj);
  }
  return true;
}

// "A storm destroyed forty houses.": a participle with an object is no passive, so the root's is the verb of a verbless sentence.
bool TreeRepair::VerblessParticiple(TokenIndex t) {
  const TokenIndex noun = tree_.head(t);
  if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBN" || !IsVerb(t) || t < noun || tree_.rel(noun) != Rel::kRoot ||
      !tree_.IsNominal(noun) || HasAuxiliary(t) || HasFiniteVerb())
    return false;
  const TokenIndex object = tree_.Child(t, Rel::kObj), complement = tree_.Child(t, Rel::kXcomp);
  if ((object == kNoToken || object < t) && (complement == kNoToken || !tree_.IsNominal(complement))) return false;
  TakeOver(t, noun);
  return true;
}

// "Its accession to the treaty pleased Poland.": the -ed modifier behind a noun is the verb of a verbless sentence.
bool TreeRepair::VerblessModifier(TokenIndex t) {
  const TokenIndex object = tree_.head(t);
  if (tree_.rel(t) != Rel::kAmod || !tree_.lower(t).ends_with("ed") || t < 2 || object < t || HasFiniteVerb()) return false;
  if (!tree_.IsNominal(t - 1) || VerbLemmaOf(tree_.lower(t), IsKnownVerb).empty()) return false;
  const TokenIndex root = tree_.top_down().front();
  if (!tree_.IsNominal(root) || root > t || root == object || HasAuxiliary(root) || HasSubject(root)) return false;
  // What stood before the verb under its object belongs to the noun before the verb.
  const std::vector<TokenIndex> children(tree_.children(object).begin(), tree_.children(object).end());
  const TokenIndex before = t - 1;
  const bool claimed = tree_.head(before) == object;
  for (TokenIndex child : children) {
    if (child >= before || !claimed) continue;
    Attach(child, before, tree_.rel(child));
  }
  if (claimed) Attach(before, tree_.head(object), tree_.rel(object) == Rel::kObj ? Rel::kObj : Rel::kNmod);
  Attach(t, kNoToken, Rel::kRoot);
  Attach(root, t, Rel::kNsubj);
  Attach(object, t, Rel::kObj);
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(root).begin(), tree_.children(root).end())) {
    if (child > t) Attach(child, t, tree_.rel(child) == Rel::kNmod ? Rel::kObl : tree_.rel(child));
  }
  MakeVerb(t, "VBD");
  return true;
}

// "Swiss exports to China fell.": what a country's adjective modifies is a noun when another finite verb without subject follows.
bool TreeRepair::DemonymNoun(TokenIndex t) {
  if (tree_.xpos(t) != "VBZ" || !IsVerb(t) || HasAuxiliary(t) || t < 1) return false;
  const TokenIndex demonym = tree_.Child(t, Rel::kNsubj);
  const Lexicon& lexicon = Lexicon::Default();
  if (demonym != t - 1 || lexicon.CountryByDemonym(tree_.sentence().tokens[Tree::At(demonym)].form) == nullptr ||
      !tree_.children(demonym).empty() || lexicon.ClassOf(tree_.lemma(t)) == NounClass::kUnknown)
    return false;
  for (TokenIndex verb : tree_.children(t)) {
    const Rel rel = tree_.rel(verb);
    if (verb < t || !IsVerb(verb) || !IsFinite(verb) || HasSubject(verb) || tree_.Child(verb, Rel::kMark) != kNoToken) continue;
    if (rel != Rel::kXcomp && rel != Rel::kCcomp && rel != Rel::kParataxis && rel != Rel::kAdvcl && rel != Rel::kDep) continue;
    const std::vector<TokenIndex> children(tree_.children(t).begin(), tree_.children(t).end());
    Swap(verb, t, Rel::kNsubj);
    for (TokenIndex child : children) {
      if (child == verb) continue;
      if (child > verb) Attach(child, verb, tree_.rel(child));
      else if (tree_.rel(child) == Rel::kObl) Attach(child, t, Rel::kNmod);
    }
    Attach(demonym, t, Rel::kAmod);
    tree_.pos_[Tree::At(t)] = Pos::kNoun;
    return true;
  }
  return false;
}

// "resigned because the audit revealed fraud": a modifier with a subject of its own is a clause, and its noun the object.
bool TreeRepair::ModifierWithSubject(TokenIndex t) {
  const TokenIndex object = tree_.head(t);
  const TokenIndex subject = tree_.Child(t, Rel::kNsubj);
  if (tree_.rel(t) != Rel::kAmod || !IsVerb(t) || object < t || subject == kNoToken || subject > t) return false;
  const TokenIndex above = tree_.head(object);
  if (above == kNoToken) return false;
  Attach(t, above, tree_.Child(t, Rel::kMark) != kNoToken ? Rel::kAdvcl : Rel::kCcomp);
  Attach(object, t, Rel::kObj);
  return true;
}

// "is said to have bribed officials": a modifier with "to" is an infinitive.
bool TreeRepair::InfinitiveModifier(TokenIndex t) {
  const TokenIndex object = tree_.head(t);
  const TokenIndex mark = tree_.Child(t, Rel::kMark);
  if (tree_.rel(t) != Rel::kAmod || !IsVerb(t) || object < t || mark == kNoToken || tree_.lower(mark) != "to") return false;
  const TokenIndex above = tree_.head(object);
  if (above == kNoToken || !IsVerb(above)) return false;
  Attach(t, above, Rel::kXcomp);
  Attach(object, t, Rel::kObj);
  return true;
}

// "A bus carrying tourists fell": the noun before the gerund is the subject, the one behind it the gerund's object.
bool TreeRepair::ReducedSubject(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.xpos(t) != "VBG" || tree_.rel(t) != Rel::kAdvcl || verb < t || !IsVerb(verb) || HasSubject(t) || t < 1) return false;
  const TokenIndex noun = tree_.Child(t, Rel::kCompound);
  const TokenIndex object = tree_.Child(verb, Rel::kNsubj);
  if (noun != t - 1 || object < t || LeftEdge(object) != t + 1 || tree_.Child(t, Rel::kObj) != kNoToken) return false;
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(t).begin(), tree_.children(t).end())) {
    if (child < noun) Attach(child, noun, tree_.rel(child));
  }
  Attach(noun, verb, Rel::kNsubj);
  Attach(t, noun, Rel::kAcl);
  Attach(object, t, Rel::kObj);
  return true;
}

// "The engineer whom the company dismissed sued it": the participle right behind the subject of the relative clause is its verb.
bool TreeRepair::ObjectRelative(TokenIndex t) {
  const TokenIndex subject = tree_.head(t);
  if (tree_.rel(t) != Rel::kAcl || !IsVerb(t) || (tree_.xpos(t) != "VBN" && tree_.xpos(t) != "VBD") || t < subject) return false;
  const TokenIndex left = LeftEdge(subject);
  if (left < 2 || tree_.Child(t, Rel::kObj) != kNoToken || RightEdge(subject) < t) return false;
  const TokenIndex pronoun = left - 1, noun_edge = left - 2;
  const std::string_view word = tree_.lower(pronoun);
  if ((word != "whom" && word != "which" && word != "that") || !tree_.IsNominal(noun_edge)) return false;
  const TokenIndex verb = tree_.head(subject);
  if (verb == kNoToken || !IsVerb(verb) || verb < t || tree_.head(pronoun) != verb) return false;
  for (TokenIndex noun : tree_.children(verb)) {
    if (noun >= pronoun || tree_.rel(noun) != Rel::kNsubj) continue;
    Attach(t, noun, Rel::kRelcl);
    Attach(subject, t, Rel::kNsubj);
    Attach(pronoun, t, Rel::kObj);
    return true;
  }
  return false;
}

}  // namespace dossier::ingest
