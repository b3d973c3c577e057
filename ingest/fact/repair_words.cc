// What words and their forms betray: lemmas, verbs taken for nouns, participles taken for copulas.
#include <algorithm>

#include "ingest/entity/verb_forms.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/tree_rules.h"

namespace dossier::ingest {

namespace {

bool IsVerbForm(std::string_view xpos) { return xpos == "VBD" || xpos == "VBN" || xpos == "VBG" || xpos == "VBZ"; }

// What the morphology says against the model's lemma; empty when it has no better one. "fined" is of "fine", though "fin" is a verb;
// "dying" is of "die", which no rule yields.
std::string BetterLemma(const Lexicon& lexicon, std::string_view form, std::string_view xpos, std::string_view lemma) {
  if (xpos == "VBD" || xpos == "VBN") {
    const std::vector<std::string_view> bases = IrregularBases(form);
    if (!bases.empty() && std::find(bases.begin(), bases.end(), lemma) == bases.end()) return std::string(bases.front());
    if (!bases.empty()) return "";
  }
  if (!IsVerbForm(xpos)) return "";
  const std::vector<std::string> candidates = LemmaCandidates(form);
  const bool rival = !lexicon.IsVerb(lemma) || std::find(candidates.begin(), candidates.end(), lemma) != candidates.end();
  if (!rival) return "";
  for (const std::string& candidate : candidates) {
    if (lexicon.IsVerb(candidate)) return candidate == lemma ? std::string() : candidate;
  }
  return "";
}

}  // namespace

void TreeRepair::VerbLemmas() {
  const Lexicon& lexicon = Lexicon::Default();
  for (TokenIndex t = 0; t < tree_.size(); ++t) {
    if (tree_.pos(t) != Pos::kVerb) continue;
    std::string& lemma = tree_.lemma_[Tree::At(t)];
    if (std::string better = BetterLemma(lexicon, tree_.lower(t), tree_.xpos(t), lemma); !better.empty()) {
      lemma = std::move(better);
    } else if (lexicon.IsVerb(lemma)) {
      continue;
    } else if (lexicon.IsVerb(lemma + "e")) {
      lemma += 'e';
    } else if (lemma.size() > 3 && lexicon.IsVerb(lemma.substr(0, lemma.size() - 1))) {
      lemma.pop_back();
    } else if (lexicon.IsVerb(tree_.lower(t))) {
      lemma = tree_.lower(t);
    } else if (!HasAuxiliary(t) && !HasSubject(t) && lexicon.ClassOf(lemma) != NounClass::kUnknown) {
      tree_.pos_[Tree::At(t)] = Pos::kNoun;
    }
  }
}

void TreeRepair::VerbNouns() {
  for (TokenIndex t = 0; t < tree_.size(); ++t) {
    if (tree_.pos(t) != Pos::kNoun || BareAuxiliary(t) == kNoToken || tree_.Child(t, Rel::kCop) != kNoToken)
      continue;
    if (!Lexicon::Default().IsVerb(tree_.lower(t))) continue;
    tree_.pos_[Tree::At(t)] = Pos::kVerb;
    ObjectOfVerbNoun(t);
  }
}

// What seemed to stand beside the noun is what the verb does something to.
void TreeRepair::ObjectOfVerbNoun(TokenIndex verb) {
  const TokenIndex beside = tree_.Child(verb, Rel::kAppos);
  if (beside < verb || tree_.Child(verb, Rel::kObj) != kNoToken || tree_.Child(beside, Rel::kCase) != kNoToken) return;
  tree_.rel_[Tree::At(beside)] = Rel::kObj;
  const TokenIndex name = tree_.Child(beside, Rel::kNsubj);
  if (name != kNoToken && name < beside && tree_.IsNominal(beside) && tree_.Child(beside, Rel::kCop) == kNoToken)
    tree_.rel_[Tree::At(name)] = Rel::kCompound;
}

bool TreeRepair::ParticipleCopula(TokenIndex t) {
  if (tree_.pos(t) == Pos::kAdj && tree_.Child(t, Rel::kDet) != kNoToken) {
    const Rel rel = tree_.rel(t);
    if (rel == Rel::kNsubj || rel == Rel::kObj || rel == Rel::kNsubjPass || rel == Rel::kOblAgent)
      tree_.pos_[Tree::At(t)] = Pos::kNoun;
  }
  const TokenIndex cop = tree_.Child(t, Rel::kCop);
  if (cop == kNoToken || cop > t || tree_.pos(t) != Pos::kVerb || tree_.lemma(cop) != "be") return false;
  const bool passive = tree_.xpos(t) == "VBN";
  if (!passive && tree_.xpos(t) != "VBG") return false;
  tree_.rel_[Tree::At(cop)] = passive ? Rel::kAuxPass : Rel::kAux;
  const TokenIndex subject = tree_.Child(t, Rel::kNsubj);
  if (passive && subject != kNoToken) tree_.rel_[Tree::At(subject)] = Rel::kNsubjPass;
  return true;
}

bool TreeRepair::BeParticiple(TokenIndex t) {
  const TokenIndex be = tree_.head(t);
  if (tree_.rel(t) != Rel::kConj || tree_.xpos(t) != "VBN" || tree_.lemma(be) != "be" || t < be || HasSubject(t) ||
      HasAuxiliary(t) || tree_.Child(t, Rel::kCc) != kNoToken)
    return false;
  for (TokenIndex child : tree_.children(be)) {
    if (child > be && child < t && tree_.pos(child) != Pos::kPunct && tree_.pos(child) != Pos::kAdv) return false;
  }
  const std::vector<TokenIndex> parts(tree_.children(be).begin(), tree_.children(be).end());
  Swap(t, be, Rel::kAuxPass);
  for (TokenIndex part : parts) {
    if (part != t) Attach(part, t, tree_.rel(part) == Rel::kNsubj ? Rel::kNsubjPass : tree_.rel(part));
  }
  return true;
}

bool TreeRepair::PassiveWithoutBe(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kNsubjPass || !IsVerb(verb) || HasAuxiliary(verb)) return false;
  const Rel rel = tree_.rel(verb);
  if (rel != Rel::kRoot && rel != Rel::kCcomp && rel != Rel::kParataxis) return false;
  tree_.rel_[Tree::At(t)] = Rel::kNsubj;
  return true;
}

bool TreeRepair::AuxiliaryConjunct(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  const TokenIndex object = tree_.Child(t, Rel::kObj);
  const bool past = tree_.xpos(t) == "VBN" || tree_.xpos(t) == "VBD";
  if (tree_.rel(t) != Rel::kConj || !past || object == kNoToken || !IsVerb(verb) ||
      BareAuxiliary(verb) == kNoToken)
    return false;
  if (HasSubject(t) || HasAuxiliary(t) || LeftEdge(object) != t + 1) return false;
  const TokenIndex cc = tree_.Child(t, Rel::kCc);
  TokenIndex last = cc - 1;
  while (last > verb && tree_.pos(last) == Pos::kPunct) --last;
  if (cc == kNoToken || last <= verb || !tree_.IsNominal(last)) return false;
  if (!tree_.Reachable(last)) return false;
  while (tree_.head(last) != verb && tree_.head(last) != kNoToken && tree_.head(last) > verb &&
         tree_.rel(last) != Rel::kNmod)
    last = tree_.head(last);
  Attach(object, last, Rel::kConj);
  Attach(t, object, Rel::kAmod);
  Attach(cc, object, Rel::kCc);
  tree_.pos_[Tree::At(t)] = Pos::kAdj;
  return true;
}

bool TreeRepair::ParenthesisPassive(TokenIndex t) {
  const TokenIndex noun = tree_.head(t);
  const TokenIndex cop = tree_.Child(noun, Rel::kCop);
  if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBN" || cop == kNoToken ||
      tree_.Child(noun, Rel::kCase) == kNoToken)
    return false;
  if (t < noun || cop + 1 >= tree_.size() || tree_.lower(cop + 1) != "," || tree_.lower(t - 1) != ",")
    return false;
  const std::vector<TokenIndex> parts(tree_.children(noun).begin(), tree_.children(noun).end());
  Swap(t, noun, Rel::kObl);
  for (TokenIndex part : parts) {
    const Rel rel = tree_.rel(part);
    if (rel == Rel::kNsubj)
      Attach(part, t, Rel::kNsubjPass);
    else if (rel == Rel::kCop)
      Attach(part, t, Rel::kAuxPass);
    else if (rel == Rel::kAux || rel == Rel::kMark || (rel == Rel::kPunct && part > t))
      Attach(part, t, rel);
  }
  return true;
}

// "the murder shocked the country": an -ed adjective with a subject and no copula is a verb.
bool TreeRepair::AdjectiveVerb(TokenIndex t) {
  if (tree_.pos(t) != Pos::kAdj || !tree_.lower(t).ends_with("ed") || !HasSubject(t) || HasAuxiliary(t)) return false;
  const TokenIndex subject = tree_.Child(t, Rel::kNsubj);
  if (subject == kNoToken || subject > t) return false;
  const std::string lemma = VerbLemmaOf(tree_.lower(t), [](std::string_view v) { return Lexicon::Default().IsVerb(v); });
  if (lemma.empty()) return false;
  tree_.pos_[Tree::At(t)] = Pos::kVerb;
  tree_.lemma_[Tree::At(t)] = lemma;
  return true;
}

// "the report links X to Y": a noun with a subject and an object is a verb.
bool TreeRepair::SubjectOfNoun(TokenIndex t) {
  if (tree_.pos(t) != Pos::kNoun || !HasSubject(t) || HasAuxiliary(t) || tree_.Child(t, Rel::kDet) != kNoToken) return false;
  const TokenIndex object = tree_.Child(t, Rel::kObj);
  if ((object == kNoToken || object < t) && tree_.Child(t, Rel::kCcomp) == kNoToken) return false;
  if (!Lexicon::Default().IsVerb(tree_.lemma(t))) return false;
  tree_.pos_[Tree::At(t)] = Pos::kVerb;
  return true;
}

// "carried out a raid": the adverb right behind a verb that WordNet knows with it is its particle.
bool TreeRepair::Particle(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kAdvmod || t != verb + 1 || tree_.pos(verb) != Pos::kVerb || !tree_.children(t).empty()) return false;
  static constexpr std::string_view kParticles[] = {"away", "back", "down", "in", "off", "on", "out", "over", "up"};
  if (std::find(std::begin(kParticles), std::end(kParticles), tree_.lower(t)) == std::end(kParticles)) return false;
  std::string phrasal(tree_.lemma(verb));
  phrasal.append("_").append(tree_.lower(t));
  if (!Lexicon::Default().IsVerb(phrasal)) return false;
  tree_.rel_[Tree::At(t)] = Rel::kPrt;
  return true;
}

// "cut off two villages": a bare nominal right behind an active verb without object is its object, unless it measures time or size.
bool TreeRepair::BareOblique(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  const TokenIndex of = tree_.Child(t, Rel::kNmod);
  const bool full = of > t && MarkerOf(tree_, of, Rel::kCase) == "of" && !IsTimeNoun(tree_, of);  // "followed a week of air strikes"
  if (tree_.rel(t) != Rel::kOblBare || t < verb || tree_.pos(verb) != Pos::kVerb || !tree_.IsNominal(t) || (IsTimeNoun(tree_, t) && !full))
    return false;
  if (tree_.Child(verb, Rel::kObj) != kNoToken || tree_.Child(verb, Rel::kAuxPass) != kNoToken) return false;
  const NounClass noun_class = Lexicon::Default().ClassOf(tree_.lemma(t));
  if (noun_class == NounClass::kQuantity || (noun_class == NounClass::kTime && !full) || tree_.pos(t) == Pos::kNum) return false;
  TokenIndex before = LeftEdge(t) - 1;
  while (before > verb && (tree_.rel(before) == Rel::kPrt || tree_.pos(before) == Pos::kAdv || tree_.pos(before) == Pos::kPunct)) --before;
  if (before != verb) return false;
  tree_.rel_[Tree::At(t)] = Rel::kObj;
  return true;
}

// "the dismissal of the premier caused ...": an adjective of a verb, with article and preposition, is a noun.
bool TreeRepair::AdjectiveNoun(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.pos(t) != Pos::kAdj || tree_.rel(t) != Rel::kAmod || tree_.pos(verb) != Pos::kVerb || t > verb || t < 3) return false;
  const TokenIndex det = t - 1, preposition = t - 2, noun = t - 3;
  if (tree_.rel(det) != Rel::kDet || tree_.head(det) != verb || tree_.rel(preposition) != Rel::kCase || tree_.head(preposition) != verb ||
      !tree_.IsNominal(noun))
    return false;
  Attach(t, noun, Rel::kNmod);
  Attach(det, t, Rel::kDet);
  Attach(preposition, t, Rel::kCase);
  tree_.pos_[Tree::At(t)] = Pos::kNoun;
  return true;
}

// "raises spending on X": an -ing word right behind a verb that takes no gerund is a noun.
bool TreeRepair::GerundNoun(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  const Rel rel = tree_.rel(t);
  if (tree_.xpos(t) != "VBG" || verb == kNoToken || t != verb + 1 || !IsVerb(verb) || (rel != Rel::kAdvcl && rel != Rel::kXcomp && rel != Rel::kCcomp))
    return false;
  if (tree_.Child(t, Rel::kObj) != kNoToken || HasSubject(t) || HasAuxiliary(t) || tree_.Child(verb, Rel::kObj) != kNoToken ||
      tree_.Child(verb, Rel::kAuxPass) != kNoToken || words::Has(words::kGerundVerbs, tree_.lemma(verb)) || tree_.lemma(verb) == "be" ||
      Lexicon::Default().ClassOf(tree_.lower(t)) == NounClass::kUnknown)
    return false;
  tree_.pos_[Tree::At(t)] = Pos::kNoun;
  tree_.lemma_[Tree::At(t)] = tree_.lower(t);
  tree_.rel_[Tree::At(t)] = Rel::kObj;
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(t).begin(), tree_.children(t).end())) {
    if (tree_.rel(child) == Rel::kObl) tree_.rel_[Tree::At(child)] = Rel::kNmod;
  }
  return true;
}

// "had refused to": have before a past participle is its auxiliary.
bool TreeRepair::AuxiliaryHave(TokenIndex t) {
  const TokenIndex have = tree_.head(t);
  const Rel rel = tree_.rel(t);
  if (!IsVerb(t) || (tree_.xpos(t) != "VBD" && tree_.xpos(t) != "VBN") || (rel != Rel::kXcomp && rel != Rel::kCcomp) || t < have ||
      tree_.lemma(have) != "have" || HasSubject(t) || HasAuxiliary(t) || tree_.Child(have, Rel::kObj) != kNoToken)
    return false;
  for (TokenIndex between = have + 1; between < t; ++between) {
    if (tree_.pos(between) != Pos::kAdv && tree_.pos(between) != Pos::kPart) return false;
  }
  const std::vector<TokenIndex> parts(tree_.children(have).begin(), tree_.children(have).end());
  Swap(t, have, Rel::kAux);
  for (TokenIndex part : parts) {
    if (part != t) Attach(part, t, tree_.rel(part));
  }
  return true;
}

// "called on X to act": a particle that the verb does not have, before its object, is a preposition.
bool TreeRepair::ParticlePreposition(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kPrt || tree_.pos(verb) != Pos::kVerb) return false;
  const TokenIndex object = tree_.Child(verb, Rel::kObj);
  if (object < t || LeftEdge(object) != t + 1) return false;
  std::string key(tree_.lemma(verb));
  key.append(" ").append(tree_.lower(t));
  if (!words::Has(words::kObliqueControl, key)) return false;
  Attach(t, object, Rel::kCase);
  tree_.rel_[Tree::At(object)] = Rel::kObl;
  return true;
}

// "sentenced X to nine years": an object with "to" is none.
bool TreeRepair::MarkedObject(TokenIndex t) {
  const TokenIndex mark = tree_.Child(t, Rel::kMark), verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kObj || !tree_.IsNominal(t) || mark == kNoToken || mark > t || tree_.lower(mark) != "to" || !IsVerb(verb))
    return false;
  tree_.rel_[Tree::At(t)] = Rel::kObl;
  tree_.rel_[Tree::At(mark)] = Rel::kCase;
  if (const TokenIndex person = tree_.Child(verb, Rel::kIobj); person != kNoToken && person < t) tree_.rel_[Tree::At(person)] = Rel::kObj;
  return true;
}

}  // namespace dossier::ingest
