// Names, titles and subjects: what stands before the verb.
#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/tree_rules.h"

namespace dossier::ingest {

bool TreeRepair::NameApposition(TokenIndex t) {
  const TokenIndex name = tree_.head(t);
  if (tree_.rel(t) != Rel::kAppos || tree_.pos(t) != Pos::kPropn || t < name) return false;
  if (tree_.pos(name) == Pos::kNoun && LeftEdge(t) == name + 1 && tree_.xpos(name) == "NN" &&
      Lexicon::Default().IsTitle(tree_.lemma(name))) {
    Swap(t, name, Rel::kDesc);  // "lawmaker Anna Nagy"
    return true;
  }
  if (tree_.pos(name) != Pos::kPropn) return false;
  for (TokenIndex between = name + 1; between < t; ++between) {
    if (tree_.pos(between) != Pos::kPropn) return false;
  }
  if (HasTitleWord(name, t))
    Swap(t, name, Rel::kDesc);
  else
    Attach(t, name, Rel::kFlat);
  return true;
}

// Whether the words from `name`'s first to `end` hold a title or a demonym.
bool TreeRepair::HasTitleWord(TokenIndex name, TokenIndex end) const {
  const Lexicon& lexicon = Lexicon::Default();
  for (TokenIndex t = LeftEdge(name); t < end; ++t) {
    if (lexicon.IsTitle(tree_.lower(t)) ||
        lexicon.CountryByDemonym(tree_.sentence().tokens[Tree::At(t)].form) != nullptr)
      return true;
  }
  return false;
}

bool TreeRepair::DoubleSubject(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kNsubj && tree_.rel(t) != Rel::kNsubjPass) return false;
  TokenIndex next = kNoToken;
  for (TokenIndex child : tree_.children(verb)) {
    if (child > t && child < verb &&
        (tree_.rel(child) == Rel::kNsubj || tree_.rel(child) == Rel::kNsubjPass))
      next = child;
  }
  if (next == kNoToken || !tree_.IsNominal(t) || tree_.pos(t) == Pos::kPron) return false;
  if (tree_.lower(next) == "who" || tree_.lower(next) == "which") return RelativeSubject(t, verb);
  const TokenIndex right = RightEdge(t), left = LeftEdge(next);
  if (SubjectBesideRelative(t, next, left)) return true;
  if (tree_.pos(next) == Pos::kPron) return false;
  if (CoordinatedSubject(t, next)) return true;
  if (tree_.lower(left) == "whose") return WhoseSubject(t, verb);
  if (left == right + 2 && tree_.lower(right + 1) == ",") {
    if (tree_.pos(t) == Pos::kPropn && tree_.pos(next) == Pos::kPropn) return ListOfSubjects(t, next);
    Attach(t, verb, Rel::kAdvcl);
    return true;
  }
  if (left != right + 1 || tree_.pos(left) != Pos::kPropn || tree_.xpos(right) != "NN") return false;
  // `right` is the title of the name that begins at `left`.
  TokenIndex name = left;
  while (name != next && tree_.pos(tree_.head(name)) == Pos::kPropn && tree_.rel(name) != Rel::kNmodPoss)
    name = tree_.head(name);
  if (right == t) {
    Attach(t, name, Rel::kDesc);
    return true;
  }
  if (name != next) return false;
  for (TokenIndex child :
       std::vector<TokenIndex>(tree_.children(right).begin(), tree_.children(right).end())) {
    if (tree_.rel(child) == Rel::kCase) Attach(child, name, Rel::kCase);
  }
  Swap(name, right, Rel::kDesc);
  return true;
}

// "X, Y and Z signed": the first name begins the list.
bool TreeRepair::ListOfSubjects(TokenIndex first, TokenIndex next) {
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(next).begin(), tree_.children(next).end())) {
    if (tree_.rel(child) == Rel::kConj) Attach(child, first, Rel::kConj);
  }
  Attach(next, first, Rel::kConj);
  return true;
}

// "X, which makes engines, left": the first verb is in the relative clause, the later one without subject is the main one.
bool TreeRepair::RelativeSubject(TokenIndex noun, TokenIndex verb) {
  for (TokenIndex later : tree_.children(verb)) {
    const Rel rel = tree_.rel(later);
    if (later < verb || !IsVerb(later) || !IsFinite(later) || HasSubject(later) || tree_.Child(later, Rel::kCc) != kNoToken ||
        tree_.Child(later, Rel::kMark) != kNoToken || tree_.lower(LeftEdge(later) - 1) != ",")
      continue;
    if (rel != Rel::kConj && rel != Rel::kXcomp && rel != Rel::kCcomp && rel != Rel::kParataxis && rel != Rel::kAdvcl) continue;
    Attach(later, tree_.head(verb), tree_.rel(verb));
    Attach(noun, later, Rel::kNsubj);
    Attach(verb, noun, Rel::kRelcl);
    return true;
  }
  return false;
}

// "X, whose lawyer denied it, left": the first verb is about X's lawyer, the one coordinated with it about
// X.
bool TreeRepair::WhoseSubject(TokenIndex noun, TokenIndex verb) {
  for (TokenIndex later : tree_.children(verb)) {
    if (tree_.rel(later) != Rel::kConj || later < verb || !IsFinite(later) || HasSubject(later) ||
        tree_.Child(later, Rel::kCc) != kNoToken)
      continue;
    Attach(later, tree_.head(verb), tree_.rel(verb));
    Attach(noun, later, Rel::kNsubj);
    Attach(verb, noun, Rel::kRelcl);
    return true;
  }
  return false;
}

bool TreeRepair::CopulaSubject(TokenIndex t) {
  const TokenIndex cop = tree_.Child(t, Rel::kCop);
  const TokenIndex noun = tree_.head(t);
  const Rel rel = tree_.rel(t);
  if (cop == kNoToken || HasSubject(t) || t < noun || !tree_.IsNominal(noun) ||
      tree_.Child(t, Rel::kCc) != kNoToken)
    return false;
  if (rel != Rel::kConj && rel != Rel::kAppos && rel != Rel::kNmod && rel != Rel::kAcl && rel != Rel::kDep)
    return false;
  TokenIndex before = cop - 1;
  while (before > noun && (tree_.pos(before) == Pos::kAdv || tree_.pos(before) == Pos::kAux)) --before;
  if (!tree_.Dominates(noun, before) || tree_.Dominates(t, before) || tree_.pos(before) == Pos::kPunct)
    return false;
  for (TokenIndex child :
       std::vector<TokenIndex>(tree_.children(noun).begin(), tree_.children(noun).end())) {
    if (child > t) Attach(child, t, tree_.rel(child));
  }
  Swap(t, noun, Rel::kNsubj);
  return true;
}

bool TreeRepair::CompoundOfVerb(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kCompound || !tree_.IsNominal(t) || t > verb || tree_.pos(verb) != Pos::kVerb ||
      !IsFinite(verb))
    return false;
  if (tree_.Child(t, Rel::kCase) == kNoToken) {
    if (HasSubject(verb)) return false;
    Attach(t, verb, Rel::kNsubj);
    return true;
  }
  for (TokenIndex left = t - 1; left >= 0; --left) {
    if (tree_.pos(left) != Pos::kVerb || !tree_.Reachable(left)) continue;
    Attach(t, left, Rel::kObl);
    return true;
  }
  return false;
}

bool TreeRepair::DashApposition(TokenIndex t) {
  const Rel rel = tree_.rel(t);
  const TokenIndex other = tree_.head(t) == kNoToken ? kNoToken : tree_.Child(tree_.head(t), Rel::kObj);
  const bool second = rel == Rel::kObj && other != kNoToken && other < t;  // "prevent X—a member—from"
  const bool of_verb = rel == Rel::kAppos && !tree_.IsNominal(tree_.head(t));  // only a noun has an apposition
  if (!second && !of_verb && rel != Rel::kObl && rel != Rel::kParataxis && rel != Rel::kDep && rel != Rel::kNmod) return false;
  if (!tree_.IsNominal(t)) return false;
  if (tree_.Child(t, Rel::kCase) != kNoToken || HasSubject(t) || tree_.Child(t, Rel::kCop) != kNoToken)
    return false;
  TokenIndex dash = LeftEdge(t) - 1;
  if (dash < 1 || (tree_.lower(dash) != "—" && tree_.lower(dash) != "–" && tree_.lower(dash) != "--"))
    return false;
  const TokenIndex after = RightEdge(t) + 1;
  if (after >= tree_.size() || tree_.pos(after) != Pos::kPunct) return false;
  TokenIndex noun = dash - 1;
  if (!tree_.IsNominal(noun) || !tree_.Reachable(noun)) return false;
  while (tree_.head(noun) != kNoToken && tree_.IsNominal(tree_.head(noun)) &&
         !tree_.Dominates(t, tree_.head(noun)) && tree_.rel(noun) != Rel::kNmod) {
    noun = tree_.head(noun);
  }
  if (tree_.Dominates(t, noun)) return false;
  Attach(t, noun, Rel::kAppos);
  return true;
}

// A zero relative on a bare singular noun whose subject is a name: "lawmaker [Anna Nagy called on X]".
bool TreeRepair::TitleBeforeName(TokenIndex t) {
  if (tree_.rel(t) != Rel::kRelcl || !IsFinite(t) || HasRelativePronoun(t)) return false;
  const TokenIndex noun = tree_.head(t);
  const TokenIndex name = tree_.Child(t, Rel::kNsubj);
  if (name == kNoToken || tree_.pos(name) != Pos::kPropn || LeftEdge(name) != noun + 1 ||
      tree_.xpos(noun) != "NN")
    return false;
  if (tree_.Child(noun, Rel::kDet) != kNoToken || tree_.Child(noun, Rel::kNmodPoss) != kNoToken)
    return false;
  // The verb takes the noun's place; an apposition or object that swallowed a whole clause becomes a clause
  // beside it.
  const TokenIndex above = tree_.head(noun);
  const Rel rel = tree_.rel(noun);
  Attach(t, above, rel == Rel::kRoot || above == kNoToken ? Rel::kRoot : Rel::kParataxis);
  Attach(noun, name, Rel::kDesc);
  return true;
}

// "The bank that financed the tunnel demanded money": what stands right behind the relative clause's verb is its object.
bool TreeRepair::SubjectBesideRelative(TokenIndex noun, TokenIndex next, TokenIndex left) {
  for (TokenIndex clause : tree_.children(noun)) {
    if (tree_.rel(clause) != Rel::kRelcl || RightEdge(clause) != left - 1 || !IsVerb(clause) || !HasSubject(clause)) continue;
    if (tree_.Child(clause, Rel::kObj) != kNoToken || tree_.Child(clause, Rel::kAuxPass) != kNoToken ||
        tree_.Child(clause, Rel::kObl) != kNoToken)
      continue;
    Attach(next, clause, Rel::kObj);
    return true;
  }
  return false;
}

// "Talks between X and Y collapsed", "X and president Y signed": a subject with a coordinator of its own continues the one before.
bool TreeRepair::CoordinatedSubject(TokenIndex t, TokenIndex next) {
  const TokenIndex cc = tree_.Child(next, Rel::kCc);
  if (cc == kNoToken || cc > next || cc < t) return false;
  TokenIndex first = t;
  for (TokenIndex child : tree_.children(t)) {
    if (tree_.rel(child) == Rel::kNmod && child > t && MarkerOf(tree_, child, Rel::kCase) == "between") first = child;
  }
  Attach(next, first, Rel::kConj);
  return true;
}

// "the shipping company Norlin": a name right behind a noun with an article, where no verb asks for it, is what the noun is called.
bool TreeRepair::NameBesideNoun(TokenIndex t) {
  const Rel rel = tree_.rel(t);
  if (tree_.pos(t) != Pos::kPropn || (rel != Rel::kOblBare && rel != Rel::kNmod && rel != Rel::kDep && rel != Rel::kNmodBare && rel != Rel::kObj &&
                                      rel != Rel::kXcomp && rel != Rel::kAppos && rel != Rel::kFlat))
    return false;
  if (tree_.Child(t, Rel::kCase) != kNoToken || tree_.Child(t, Rel::kDet) != kNoToken || IsTimeNoun(tree_, t)) return false;
  const TokenIndex noun = LeftEdge(t) - 1;
  if (noun < 0 || tree_.pos(noun) != Pos::kNoun || tree_.xpos(noun) != "NN" || IsTimeNoun(tree_, noun) || !tree_.Reachable(noun)) return false;
  if (rel == Rel::kAppos && tree_.head(t) == noun) return false;
  const bool determined = tree_.Child(noun, Rel::kDet) != kNoToken || tree_.Child(noun, Rel::kAmod) != kNoToken;
  if (!determined || tree_.Dominates(t, noun)) return false;
  if (rel == Rel::kObj || rel == Rel::kXcomp) {  // "gave the bank Norlin": only where the noun is the same verb's argument already
    const Rel other = tree_.rel(noun);
    if (tree_.head(noun) != tree_.head(t) || (other != Rel::kObj && other != Rel::kIobj)) return false;
    if (words::Has(words::kNamingVerbs, tree_.lemma(tree_.head(t)))) return false;
  }
  Attach(t, noun, Rel::kAppos);
  return true;
}

// "Geochemist Anja Kroll": a person noun that heads a name is its title.
bool TreeRepair::TitleFlat(TokenIndex t) {
  const TokenIndex name = tree_.Child(t, Rel::kFlat);
  if (tree_.pos(t) != Pos::kNoun || name != t + 1 || tree_.pos(name) != Pos::kPropn || !Lexicon::Default().IsPerson(tree_.lower(t))) return false;
  const std::vector<TokenIndex> parts(tree_.children(t).begin(), tree_.children(t).end());
  Swap(name, t, Rel::kDesc);
  for (TokenIndex part : parts) {
    if (part != name && part > t) Attach(part, name, tree_.rel(part));
  }
  return true;
}

// "Falk's chief executive, X": what stands behind a genitive is no apposition but what is possessed.
bool TreeRepair::GenitiveApposition(TokenIndex t) {
  const TokenIndex owner = tree_.head(t);
  const TokenIndex genitive = tree_.Child(owner, Rel::kCase);
  if (tree_.rel(t) != Rel::kAppos || genitive == kNoToken || genitive < owner || genitive > t || tree_.pos(genitive) != Pos::kPart) return false;
  for (TokenIndex between = genitive + 1; between < t; ++between) {
    if (!tree_.Dominates(t, between)) return false;
  }
  for (TokenIndex part : std::vector<TokenIndex>(tree_.children(owner).begin(), tree_.children(owner).end())) {
    if (part > t) Attach(part, t, tree_.rel(part));
  }
  if (tree_.pos(t) == Pos::kAdj) tree_.pos_[Tree::At(t)] = Pos::kNoun;
  Swap(t, owner, Rel::kNmodPoss);
  return true;
}

}  // namespace dossier::ingest
