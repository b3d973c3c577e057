// What belongs to the verb and what to the noun before it.
#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/tree_rules.h"

namespace dossier::ingest {

bool TreeRepair::ThatClause(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kAdvcl || t < verb || !Lexicon::Default().IsSpeechVerb(tree_.lemma(verb)))
    return false;
  const TokenIndex mark = tree_.Child(t, Rel::kMark);
  if (mark < 1 || tree_.lower(mark) != "that" || tree_.lower(mark - 1) == "so" ||
      tree_.Child(verb, Rel::kCcomp) != kNoToken)
    return false;
  Attach(t, verb, Rel::kCcomp);
  return true;
}

bool TreeRepair::OfObject(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kObl || t < verb || words::Has(words::kOfVerbs, tree_.lemma(verb))) return false;
  const TokenIndex of = tree_.Child(t, Rel::kCase);
  const TokenIndex object = tree_.Child(verb, Rel::kObj);
  if (of == kNoToken || tree_.lower(of) != "of" || object == kNoToken || tree_.pos(object) == Pos::kPron ||
      RightEdge(object) != of - 1)
    return false;
  if (tree_.pos(object) == Pos::kPropn) return false;
  Attach(t, object, Rel::kNmod);
  return true;
}

bool TreeRepair::ArgumentOfVerb(TokenIndex t) {
  const TokenIndex above = tree_.head(t);
  const TokenIndex marker = tree_.Child(t, Rel::kCase);
  if (marker == kNoToken || t < above) return false;
  const TokenIndex over = tree_.head(above);
  // "appointed minister by X", "approved by X in June"
  const bool in_passive = tree_.rel(t) == Rel::kNmod && over != kNoToken && IsVerb(over) && t > over;
  const bool by = in_passive && tree_.lower(marker) == "by" && tree_.xpos(over) == "VBN" &&
                  tree_.Child(over, Rel::kOblAgent) == kNoToken &&
                  (tree_.rel(above) == Rel::kObj || tree_.rel(above) == Rel::kXcomp);
  const bool dated = in_passive && tree_.rel(above) == Rel::kOblAgent && IsTimeNoun(tree_, t);
  if (by || dated) {
    Attach(t, over, by ? Rel::kOblAgent : Rel::kObl);
    return true;
  }
  if (tree_.rel(t) == Rel::kNmod && tree_.rel(above) == Rel::kObj) {
    const TokenIndex verb = tree_.head(above);
    std::string key(tree_.lemma(verb));
    key.append(" ").append(tree_.lower(marker));
    if (!words::Has(words::kVerbPrepositions, key)) return false;
    Attach(t, verb, Rel::kObl);
    return true;
  }
  if (tree_.rel(t) != Rel::kObl || !IsVerb(above)) return false;
  for (TokenIndex child : tree_.children(above)) {
    if (tree_.rel(child) != Rel::kConj || child > t || child < above || !IsVerb(child)) continue;
    if (RightEdge(child) > t) continue;
    Attach(t, child, Rel::kObl);
    return true;
  }
  return false;
}

// "Noting X, she left the meeting": before its noun a participle is none of the noun's.
bool TreeRepair::ParticipleBeforeNoun(TokenIndex t) {
  const TokenIndex noun = tree_.head(t);
  const Rel rel = tree_.rel(t);
  if ((rel != Rel::kAdvcl && rel != Rel::kAcl) || t > noun || !tree_.IsNominal(noun) ||
      tree_.xpos(t) != "VBG")
    return false;
  const TokenIndex clause = ClauseAbove(noun);
  if (clause == kNoToken || clause < t || RightEdge(t) + 1 >= tree_.size() ||
      tree_.lower(RightEdge(t) + 1) != ",")
    return false;
  Attach(t, clause, Rel::kAdvcl);
  return true;
}

bool TreeRepair::WithAbsolute(TokenIndex t) {
  if (tree_.xpos(t) != "VBG" || HasSubject(t) || HasAuxiliary(t) || tree_.Child(t, Rel::kMark) != kNoToken)
    return false;
  TokenIndex before = t - 1;
  while (before > 0 && tree_.pos(before) == Pos::kAdv) --before;
  if (before < 0 || !tree_.IsNominal(before) || !tree_.Reachable(before)) return false;
  // The noun whose phrase ends there, and the "with" that opens it.
  TokenIndex noun = before;
  while (tree_.Child(noun, Rel::kCase) == kNoToken && tree_.head(noun) != kNoToken && tree_.IsNominal(tree_.head(noun)) &&
         tree_.head(noun) <= before)
    noun = tree_.head(noun);
  const TokenIndex with = tree_.Child(noun, Rel::kCase);
  if (with == kNoToken || tree_.lower(with) != "with" || with > noun || tree_.head(t) == noun || tree_.Dominates(t, noun))
    return false;
  if (with == 0 || tree_.lower(with - 1) != ",") return false;
  Attach(t, noun, Rel::kAcl);
  return true;
}

bool TreeRepair::CommaParticiple(TokenIndex t) {
  const TokenIndex noun = tree_.head(t);
  if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBG" || !tree_.IsNominal(noun) || HasSubject(t) ||
      HasAuxiliary(t))
    return false;
  TokenIndex before = t - 1;
  while (before > 0 && (tree_.pos(before) == Pos::kAdv || tree_.lower(before) == "”" ||
                        tree_.lower(before) == "''" || tree_.lower(before) == "\""))
    --before;
  if (before < 1 || tree_.lower(before) != ",") return false;
  const TokenIndex clause = ClauseAbove(noun);
  if (clause == kNoToken || clause > noun || tree_.rel(noun) == Rel::kNsubj ||
      tree_.rel(noun) == Rel::kNsubjPass)
    return false;
  Attach(t, MainClause(clause), Rel::kAdvcl);
  return true;
}

// "accused of fraud after leaving": a gerund with a subordinator says when or how the clause happens, not
// which fraud.
bool TreeRepair::MarkedAcl(TokenIndex t) {
  const TokenIndex noun = tree_.head(t);
  const TokenIndex mark = tree_.Child(t, Rel::kMark);
  if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBG" || mark == kNoToken || HasSubject(t) ||
      t < noun || !IsVerb(t))
    return false;
  const std::string_view word = tree_.lower(mark);
  if (word != "after" && word != "before" && word != "while" && word != "when" && word != "since" &&
      word != "without" && word != "despite" && word != "by")
    return false;
  const TokenIndex clause = ClauseAbove(noun);
  if (clause == kNoToken || tree_.rel(noun) == Rel::kNsubj) return false;
  Attach(t, clause, Rel::kAdvcl);
  return true;
}

}  // namespace dossier::ingest
