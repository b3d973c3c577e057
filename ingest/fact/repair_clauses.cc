// Which verb is the main one, and what the others hang on.
#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/tree_rules.h"

namespace dossier::ingest {

bool TreeRepair::SubordinateLost(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || !IsVerb(verb) || !IsFinite(t) || t < verb || HasSubject(t) ||
      tree_.Child(t, Rel::kCc) != kNoToken)
    return false;
  for (TokenIndex noun : tree_.children(verb)) {
    const TokenIndex marker = tree_.Child(noun, Rel::kCase);
    if (tree_.rel(noun) != Rel::kObl || noun < verb || marker == kNoToken || RightEdge(noun) + 1 != LeftEdge(t)) continue;
    const std::string_view word = tree_.lower(marker);
    if (word != "after" && word != "before" && word != "since" && word != "until" && word != "as" && word != "because")
      continue;
    Attach(noun, t, Rel::kNsubj);
    Attach(marker, t, Rel::kMark);
    tree_.rel_[Tree::At(t)] = Rel::kAdvcl;
    return true;
  }
  return false;
}

// The quoted clause taken for an argument of the participle that opens the speaker's description.
bool TreeRepair::QuotedSubject(TokenIndex t) {
  const TokenIndex participle = tree_.head(t);
  const TokenIndex said = tree_.head(participle);
  const TokenIndex object = tree_.Child(participle, Rel::kObj);
  if (!IsVerb(t) || t > participle || said < participle || object < participle || HasAuxiliary(participle) ||
      (tree_.rel(t) != Rel::kNsubj && tree_.rel(t) != Rel::kCcomp) || !Lexicon::Default().IsSpeechVerb(tree_.lemma(said)))
    return false;
  const std::string_view quote = tree_.lower(participle - 1);
  if ((quote != "”" && quote != "''" && quote != "\"") || LeftEdge(object) != participle + 1) return false;
  TokenIndex speaker = tree_.Child(said, Rel::kNsubj);
  if (speaker != kNoToken && LeftEdge(speaker) != RightEdge(object) + 1) return false;
  Attach(t, said, Rel::kCcomp);
  if (speaker == kNoToken) {
    speaker = object;
    Attach(object, said, Rel::kNsubj);
  } else {
    Attach(object, speaker, Rel::kDesc);
  }
  Attach(participle, speaker, Rel::kAmod);
  tree_.pos_[Tree::At(participle)] = Pos::kAdj;
  return true;
}

// The object of a would-be verb that opens the clause is in truth the subject of the next verb, which has
// none.
bool TreeRepair::FrontedAdjective(TokenIndex t) {
  if (!IsVerb(t) || !IsFinite(t) || HasSubject(t) || tree_.rel(t) == Rel::kConj ||
      tree_.rel(t) == Rel::kRelcl || tree_.rel(t) == Rel::kAcl)
    return false;
  TokenIndex before = t - 1;
  while (before >= 0 && (tree_.pos(before) == Pos::kAdv || tree_.pos(before) == Pos::kAux)) --before;
  if (before < 0 || !tree_.IsNominal(before) || !tree_.Reachable(before)) return false;
  TokenIndex object = before;
  while (tree_.head(object) != kNoToken && tree_.rel(object) != Rel::kObj &&
         tree_.IsNominal(tree_.head(object)))
    object = tree_.head(object);
  const TokenIndex participle = tree_.head(object);
  if (tree_.rel(object) != Rel::kObj || participle == kNoToken || !IsVerb(participle) ||
      participle > object || participle == t)
    return false;
  const bool past = tree_.xpos(participle) == "VBD" || tree_.xpos(participle) == "VBN";
  if (!past || HasSubject(participle) || HasAuxiliary(participle) || tree_.Dominates(object, t))
    return false;
  if (RightEdge(object) != before || LeftEdge(object) != participle + 1) return false;
  if (tree_.Dominates(participle, t)) Attach(t, tree_.head(participle), tree_.rel(participle));
  Attach(object, t, Rel::kNsubj);
  Attach(participle, object, Rel::kAmod);
  tree_.pos_[Tree::At(participle)] = Pos::kAdj;
  return true;
}

bool TreeRepair::FiniteAcl(TokenIndex t) {
  TokenIndex noun = tree_.head(t);
  if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBD" || HasSubject(t) || HasRelativePronoun(t) ||
      t < noun)
    return false;
  while (tree_.rel(noun) == Rel::kNmod && tree_.head(noun) != kNoToken && tree_.head(noun) < noun)
    noun = tree_.head(noun);
  const Rel rel = tree_.rel(noun);
  if (tree_.Child(noun, Rel::kCop) != kNoToken) return false;
  if (rel == Rel::kRoot) {
    for (TokenIndex child :
         std::vector<TokenIndex>(tree_.children(noun).begin(), tree_.children(noun).end())) {
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

bool TreeRepair::FiniteConjunct(TokenIndex t) {
  if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || !IsFinite(t) || t < tree_.head(t)) return false;
  const TokenIndex first = tree_.head(t);
  if (IsVerb(first) || !tree_.IsNominal(first) || tree_.Child(first, Rel::kCop) != kNoToken ||
      HasSubject(first))
    return false;
  const TokenIndex clause = ClauseAbove(first);
  if (clause == kNoToken) return false;
  Attach(t, MainClause(clause), Rel::kConj);
  return true;
}

bool TreeRepair::AgreementConjunct(TokenIndex t) {
  const TokenIndex first = tree_.head(t);
  if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || !IsVerb(first) || HasSubject(t) || t < first)
    return false;
  if (NumberOf(t) * NumberOf(first) >= 0) return false;
  for (TokenIndex between = t - 1; between > first; --between) {
    if (tree_.rel(between) != Rel::kRelcl || !tree_.Dominates(first, between) ||
        tree_.Dominates(t, between))
      continue;
    if (NumberOf(between) * NumberOf(t) < 0) continue;
    Attach(t, between, Rel::kConj);
    return true;
  }
  return false;
}

bool TreeRepair::FrontedSubordinate(TokenIndex t) {
  const TokenIndex first = tree_.head(t);
  const Rel rel = tree_.rel(t);
  if ((rel != Rel::kParataxis && rel != Rel::kCcomp && rel != Rel::kConj) ||
      tree_.rel(first) != Rel::kRoot || t < first)
    return false;
  const TokenIndex mark = tree_.Child(first, Rel::kMark);
  if (mark == kNoToken || mark > first || tree_.lower(mark) == "that" || tree_.lower(mark) == "to")
    return false;
  const TokenIndex left = LeftEdge(t);
  if (!HasSubject(t) || !IsFinite(t) || tree_.Child(t, Rel::kMark) != kNoToken || left < 1 ||
      tree_.lower(left - 1) != ",")
    return false;
  if (tree_.Child(t, Rel::kCc) != kNoToken) return false;
  Attach(t, kNoToken, Rel::kRoot);
  Attach(first, t, Rel::kAdvcl);
  return true;
}

bool TreeRepair::InfinitiveRoot(TokenIndex t) {
  const TokenIndex mark = tree_.Child(t, Rel::kMark);
  const TokenIndex noun = tree_.Child(t, Rel::kNsubj);
  if (tree_.rel(t) != Rel::kRoot || mark == kNoToken || tree_.lower(mark) != "to" || noun == kNoToken ||
      noun > mark)
    return false;
  const TokenIndex verb = tree_.Child(noun, Rel::kAcl);
  if (verb == kNoToken || !IsVerb(verb) || (tree_.xpos(verb) != "VBN" && tree_.xpos(verb) != "VBD") ||
      HasAuxiliary(verb))
    return false;
  Attach(verb, kNoToken, Rel::kRoot);
  Attach(noun, verb, Rel::kNsubj);
  Attach(t, verb, Rel::kXcomp);
  return true;
}

bool TreeRepair::MainVerbLost(TokenIndex t) {
  const TokenIndex clause = tree_.head(t);
  const TokenIndex noun = tree_.head(clause);
  const bool past = tree_.xpos(t) == "VBD" || tree_.xpos(t) == "VBN";
  if (!past || !IsVerb(t) || noun == kNoToken || tree_.rel(noun) != Rel::kRoot || !tree_.IsNominal(noun) ||
      t < clause || clause < noun)
    return false;
  if (HasSubject(t) || HasAuxiliary(t) || tree_.Child(t, Rel::kMark) != kNoToken ||
      tree_.Child(t, Rel::kCc) != kNoToken)
    return false;
  const Rel rel = tree_.rel(t), outer = tree_.rel(clause);
  const bool in_relative = outer == Rel::kRelcl && rel == Rel::kObj;
  const bool in_reduced =
      outer == Rel::kAcl && tree_.xpos(t) == "VBD" &&
      (rel == Rel::kXcomp || rel == Rel::kCcomp || rel == Rel::kAdvcl || rel == Rel::kParataxis);
  if (!in_relative && !in_reduced) return false;
  Attach(t, kNoToken, Rel::kRoot);
  Attach(noun, t, Rel::kNsubj);
  return true;
}

bool TreeRepair::FrontedParticiple(TokenIndex t) {
  const Rel rel = tree_.rel(t);
  const bool relative = rel == Rel::kRelcl || rel == Rel::kAcl;
  if (rel != Rel::kParataxis && rel != Rel::kCcomp && rel != Rel::kConj && rel != Rel::kDep && rel != Rel::kAdvcl && !relative) return false;
  const TokenIndex participle = tree_.top_down().front();
  const bool past = tree_.xpos(participle) == "VBN";
  if ((tree_.xpos(participle) != "VBG" && !past) || HasSubject(participle) || HasAuxiliary(participle) || !IsFinite(t) || !HasSubject(t))
    return false;
  if (tree_.Child(t, Rel::kMark) != kNoToken || (relative && HasRelativePronoun(t)) || tree_.Child(t, Rel::kCc) != kNoToken) return false;
  for (TokenIndex before = 0; before < participle; ++before) {  // nothing but adverbs before it
    if (tree_.pos(before) != Pos::kPunct && tree_.pos(before) != Pos::kAdv) return false;
  }
  const TokenIndex left = LeftEdge(t);
  if (left <= participle || (tree_.lower(left - 1) != "," && tree_.lower(left) != ",")) return false;
  for (TokenIndex child :
       std::vector<TokenIndex>(tree_.children(participle).begin(), tree_.children(participle).end())) {
    if (child > t) Attach(child, t, tree_.rel(child));
  }
  Attach(t, kNoToken, Rel::kRoot);
  Attach(participle, t, Rel::kAdvcl);
  return true;
}

// "Noting X, the lawmaker left" with the verb under its own subject: a finite verb without subject that hangs on the noun behind the comma
// is the main one, and that noun its subject.
bool TreeRepair::FrontedParticipleSubject(TokenIndex t) {
  if ((tree_.rel(t) != Rel::kAcl && tree_.rel(t) != Rel::kRelcl) || !IsFinite(t) || HasSubject(t) || HasRelativePronoun(t)) return false;
  const TokenIndex participle = tree_.top_down().front();
  if (tree_.xpos(participle) != "VBG" || HasSubject(participle) || HasAuxiliary(participle)) return false;
  for (TokenIndex before = 0; before < participle; ++before) {
    if (tree_.pos(before) != Pos::kPunct && tree_.pos(before) != Pos::kAdv) return false;
  }
  TokenIndex noun = tree_.head(t);
  while (tree_.rel(noun) == Rel::kDesc || tree_.rel(noun) == Rel::kCompound || tree_.rel(noun) == Rel::kFlat) noun = tree_.head(noun);
  if (noun <= participle || noun > t || !tree_.IsNominal(noun) || tree_.Child(noun, Rel::kCase) != kNoToken) return false;
  const TokenIndex left = LeftEdge(noun);
  if (left <= participle || (tree_.lower(left - 1) != "," && tree_.lower(left) != ",")) return false;
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(participle).begin(), tree_.children(participle).end())) {
    if (child > t) Attach(child, t, tree_.rel(child));
  }
  Attach(t, kNoToken, Rel::kRoot);
  Attach(noun, t, Rel::kNsubj);
  Attach(participle, t, Rel::kAdvcl);
  return true;
}

// "The driver, police said, had stolen the car": what is said around the verb of saying is the main clause.
bool TreeRepair::InsertedSpeech(TokenIndex t) {
  if (!IsVerb(t) || !Lexicon::Default().IsSpeechVerb(tree_.lemma(t)) || tree_.head(t) != kNoToken) return false;
  TokenIndex first = kNoToken, speaker = kNoToken, clause = kNoToken;
  for (TokenIndex child : tree_.children(t)) {
    const Rel rel = tree_.rel(child);
    if (rel == Rel::kNsubj && child < t) {
      if (first == kNoToken) first = child;
      speaker = child;
    } else if (child > t && IsFinite(child) && !HasSubject(child) && tree_.Child(child, Rel::kMark) == kNoToken &&
               (rel == Rel::kCcomp || rel == Rel::kParataxis || rel == Rel::kConj || rel == Rel::kXcomp || rel == Rel::kAdvcl)) {
      if (clause == kNoToken) clause = child;
    }
  }
  if (first == kNoToken || speaker == first || clause == kNoToken || tree_.Child(clause, Rel::kCc) != kNoToken) return false;
  const TokenIndex comma = LeftEdge(speaker) - 1;
  if (comma < 0 || tree_.lower(comma) != "," || RightEdge(first) >= comma || t + 1 >= tree_.size() || tree_.lower(t + 1) != ",") return false;
  Attach(clause, kNoToken, Rel::kRoot);
  Attach(t, clause, Rel::kParataxis);
  Attach(first, clause, Rel::kNsubj);
  return true;
}

// "In weeks following a truce to end the war, evidence has emerged": an infinitive without subject is not the main verb when a finite
// verb with a subject hangs on it behind a comma.
bool TreeRepair::InfinitiveBeforeMain(TokenIndex t) {
  const TokenIndex infinitive = tree_.head(t);
  const TokenIndex mark = tree_.Child(infinitive, Rel::kMark);
  if (tree_.rel(infinitive) != Rel::kRoot || mark == kNoToken || tree_.lower(mark) != "to" || HasSubject(infinitive) ||
      HasAuxiliary(infinitive) || !HasSubject(t) || !IsFinite(t) || t < infinitive)
    return false;
  const TokenIndex left = LeftEdge(t);
  const bool comma = (left > 0 && tree_.lower(left - 1) == ",") || tree_.lower(left) == ",";
  if (!comma || tree_.Child(t, Rel::kMark) != kNoToken || mark < 1) return false;
  TokenIndex noun = mark - 1;
  while (tree_.head(noun) != kNoToken && tree_.IsNominal(tree_.head(noun)) &&
         (tree_.rel(noun) == Rel::kConj || tree_.rel(noun) == Rel::kFlat || MarkerOf(tree_, noun, Rel::kCase) == "between")) {
    noun = tree_.head(noun);
  }
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(infinitive).begin(), tree_.children(infinitive).end())) {
    if (child != t && (child > t || (child < infinitive && child != mark))) Attach(child, t, tree_.rel(child));
  }
  Attach(t, kNoToken, Rel::kRoot);
  if (tree_.IsNominal(noun) && noun < infinitive) Attach(infinitive, noun, Rel::kAcl);
  else Attach(infinitive, t, Rel::kAdvcl);
  return true;
}

// "Despite being an ally of X, Y ...": a nominal with a copula is a clause.
bool TreeRepair::CopulaOblique(TokenIndex t) {
  const TokenIndex cop = tree_.Child(t, Rel::kCop), marker = tree_.Child(t, Rel::kCase);
  if (tree_.rel(t) != Rel::kObl || cop == kNoToken || marker == kNoToken || marker > cop || tree_.xpos(cop) != "VBG") return false;
  tree_.rel_[Tree::At(t)] = Rel::kAdvcl;
  tree_.rel_[Tree::At(marker)] = Rel::kMark;
  return true;
}

// "The test, called X, measures Y": the participle between commas describes the subject of the finite verb behind it.
bool TreeRepair::ParticipleRoot(TokenIndex t) {
  const TokenIndex participle = tree_.head(t);
  const Rel rel = tree_.rel(t);
  if ((rel != Rel::kConj && rel != Rel::kParataxis && rel != Rel::kAdvcl && rel != Rel::kCcomp) || !IsVerb(t) || !IsFinite(t) || HasSubject(t) ||
      tree_.xpos(participle) != "VBN" || HasAuxiliary(participle) || t < participle || tree_.Child(t, Rel::kCc) != kNoToken ||
      tree_.Child(t, Rel::kMark) != kNoToken)
    return false;
  TokenIndex subject = tree_.Child(participle, Rel::kNsubj);
  if (subject == kNoToken) subject = tree_.Child(participle, Rel::kNsubjPass);
  if (subject == kNoToken || subject > participle) return false;
  TokenIndex comma = participle - 1;
  while (comma > subject && tree_.pos(comma) == Pos::kAdv) --comma;
  const TokenIndex left = LeftEdge(t);
  if (tree_.lower(comma) != "," || left < 1 || (tree_.lower(left - 1) != "," && tree_.lower(left) != ",")) return false;
  Attach(t, tree_.head(participle), tree_.rel(participle));
  Attach(subject, t, Rel::kNsubj);
  Attach(participle, subject, Rel::kAcl);
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(participle).begin(), tree_.children(participle).end())) {
    if (child > t) Attach(child, t, tree_.rel(child));
  }
  return true;
}

}  // namespace dossier::ingest
