// What belongs to the verb and what to the noun before it.
#include <algorithm>
#include <iterator>

#include "ingest/entity/noun_frames.h"
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
    const NounClass object_class = Lexicon::Default().ClassOf(tree_.lemma(above));
    const bool means = tree_.lower(marker) == "through" && tree_.pos(above) == Pos::kNoun &&
                       (object_class == NounClass::kAct || object_class == NounClass::kEvent);
    if (!means && !words::Has(words::kVerbPrepositions, key)) return false;
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
  const TokenIndex verb = tree_.head(noun);
  const bool accused = (word == "of" || word == "for" || word == "into" || word == "with") && tree_.rel(noun) == Rel::kObj &&
                       verb != kNoToken && words::Has(words::kObjectGerundVerbs, tree_.lemma(verb));
  if (accused) {
    Attach(t, verb, Rel::kAdvcl);
    return true;
  }
  if (word != "after" && word != "before" && word != "while" && word != "when" && word != "since" &&
      word != "without" && word != "despite" && word != "by")
    return false;
  const TokenIndex clause = ClauseAbove(noun);
  if (clause == kNoToken || tree_.rel(noun) == Rel::kNsubj) return false;
  Attach(t, clause, Rel::kAdvcl);
  return true;
}

// "met X throughout the summer, and sales exploded": what stands before the coordinator belongs to the first verb.
bool TreeRepair::BeforeCoordinator(TokenIndex t) {
  const TokenIndex second = tree_.head(t);
  const TokenIndex first = tree_.head(second);
  TokenIndex cc = tree_.Child(second, Rel::kCc);
  // The coordinator hung on the second verb's subject, before which it stands.
  for (const Rel rel : {Rel::kNsubj, Rel::kNsubjPass}) {
    const TokenIndex subject = tree_.Child(second, rel);
    if (cc != kNoToken || subject == kNoToken || subject > second) continue;
    cc = tree_.Child(subject, Rel::kCc);
    if (cc > subject) cc = kNoToken;
  }
  if (tree_.rel(second) != Rel::kConj || first == kNoToken || cc == kNoToken || t > cc || t < first || !IsVerb(first) || !IsVerb(second))
    return false;
  const Rel rel = tree_.rel(t);
  if (rel != Rel::kObl && rel != Rel::kOblBare && rel != Rel::kAdvmod && rel != Rel::kAdvcl) return false;
  Attach(t, first, rel);
  return true;
}

// "met throughout the summer to discuss X": nobody discusses a summer.
bool TreeRepair::TimeInfinitive(TokenIndex t) {
  const TokenIndex noun = tree_.head(t);
  const TokenIndex mark = tree_.Child(t, Rel::kMark);
  if (tree_.rel(t) != Rel::kAcl || mark == kNoToken || tree_.lower(mark) != "to" || !IsTimeNoun(tree_, noun) || tree_.lemma(noun) == "time")
    return false;
  const TokenIndex verb = tree_.head(noun);
  if (verb == kNoToken || !IsVerb(verb) || verb > noun) return false;
  Attach(t, verb, Rel::kAdvcl);
  return true;
}

// "in Baku since at least July": a time without coordinator is no conjunct.
bool TreeRepair::TimeConjunct(TokenIndex t) {
  const TokenIndex first = tree_.head(t);
  if (tree_.rel(t) != Rel::kConj || t < first || tree_.Child(t, Rel::kCc) != kNoToken || !IsTimeNoun(tree_, t) || IsTimeNoun(tree_, first))
    return false;
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(t).begin(), tree_.children(t).end())) {
    const std::string_view word = tree_.lower(child);
    if (tree_.rel(child) == Rel::kAdvmod && child < t && (word == "since" || word == "until" || word == "after" || word == "before"))
      tree_.rel_[Tree::At(child)] = Rel::kCase;
  }
  const bool predicate = tree_.Child(first, Rel::kCop) != kNoToken || IsVerb(first);
  const TokenIndex clause = predicate ? first : ClauseAbove(first);
  if (clause == kNoToken) return false;
  Attach(t, clause, Rel::kObl);
  return true;
}

// "the invasion of X by Y": the second phrase is the event noun's, not that of what the event happens to.
bool TreeRepair::EventNounArgument(TokenIndex t) {
  const TokenIndex inner = tree_.head(t);
  const TokenIndex event = tree_.head(inner);
  if (tree_.rel(t) != Rel::kNmod || t < inner || event == kNoToken || tree_.rel(inner) != Rel::kNmod || inner < event ||
      tree_.pos(event) != Pos::kNoun)
    return false;
  const std::string marker = MarkerOf(tree_, t, Rel::kCase);
  if (marker != "by" && marker != "with" && marker != "to" && marker != "from" && marker != "against") return false;
  const Lexicon& lexicon = Lexicon::Default();
  const auto frame = FrameOf(lexicon, tree_.lemma(event));
  if (!frame || frame->RoleOf(marker).empty()) return false;
  if (tree_.pos(inner) != Pos::kPropn) {
    if (const auto own = FrameOf(lexicon, tree_.lemma(inner)); own && !own->RoleOf(marker).empty()) return false;
    if (marker != "by" && marker != "to" && marker != "from") return false;
  }
  Attach(t, event, Rel::kNmod);
  return true;
}

// "denied the theft of the designs by its rival": an active verb has no agent.
bool TreeRepair::AgentOfEventNoun(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  const TokenIndex object = tree_.Child(verb, Rel::kObj);
  if ((tree_.rel(t) != Rel::kObl && tree_.rel(t) != Rel::kOblAgent) || object == kNoToken || object > t || !tree_.IsNominal(t) ||
      tree_.xpos(verb) == "VBN" || tree_.Child(verb, Rel::kAuxPass) != kNoToken || MarkerOf(tree_, t, Rel::kCase) != "by" ||
      IsTimeNoun(tree_, t) || LeftEdge(t) != RightEdge(object) + 1 || tree_.pos(object) != Pos::kNoun)
    return false;
  const auto frame = FrameOf(Lexicon::Default(), tree_.lemma(object));
  if (!frame || frame->RoleOf("by") != "S") return false;
  Attach(t, object, Rel::kNmod);
  return true;
}

// A subject has no preposition: "strikes against X were seen" (the bare noun before it is the subject), "belonged to X remains unclear"
// (it is the verb's before it).
bool TreeRepair::CasedSubject(TokenIndex t) {
  if (tree_.rel(t) != Rel::kNsubj && tree_.rel(t) != Rel::kNsubjPass) return false;
  const TokenIndex verb = tree_.head(t), marker = tree_.Child(t, Rel::kCase);
  if (marker == kNoToken || marker < 1 || t > verb || tree_.pos(marker) != Pos::kAdp || !tree_.IsNominal(t)) return false;
  const TokenIndex before = LeftEdge(t) - 1;
  if (before < 0) return false;
  for (TokenIndex bare : tree_.children(verb)) {
    const Rel rel = tree_.rel(bare);
    if (bare >= t || (rel != Rel::kObl && rel != Rel::kOblBare && rel != Rel::kDislocated) || tree_.Child(bare, Rel::kCase) != kNoToken ||
        RightEdge(bare) != before)
      continue;
    Attach(bare, verb, tree_.rel(t));
    Attach(t, bare, Rel::kNmod);
    return true;
  }
  if (!IsVerb(before) || before == verb || !tree_.Reachable(before)) return false;
  Attach(t, before, Rel::kObl);
  return true;
}

// "dismissed X - at the request of Y - over his ties": a noun with a preposition is no clause of its own.
bool TreeRepair::CasedParataxis(TokenIndex t) {
  const TokenIndex verb = tree_.head(t), marker = tree_.Child(t, Rel::kCase);
  if (tree_.rel(t) != Rel::kParataxis || !IsVerb(verb) || verb > t || !tree_.IsNominal(t) || HasSubject(t)) return false;
  if (marker == kNoToken || marker > t || tree_.pos(marker) != Pos::kAdp || tree_.Child(t, Rel::kCop) != kNoToken) return false;
  const TokenIndex dash = marker - 1;
  if (tree_.lower(dash) != "—" && tree_.lower(dash) != "–" && tree_.lower(dash) != "--" && tree_.lower(dash) != "-") return false;
  Attach(t, verb, Rel::kObl);
  return true;
}

// "resigned because the audit revealed fraud": no content clause begins with such a word.
bool TreeRepair::AdverbialMark(TokenIndex t) {
  if (tree_.rel(t) != Rel::kCcomp || !IsVerb(tree_.head(t)) || t < tree_.head(t)) return false;
  const TokenIndex marker = LeftEdge(t);
  if (marker == t || tree_.pos(marker) != Pos::kSconj) return false;
  static constexpr std::string_view kMarks[] = {"because", "although", "though", "unless", "until", "after", "before", "while"};
  if (std::find(std::begin(kMarks), std::end(kMarks), tree_.lower(marker)) == std::end(kMarks)) return false;
  Attach(t, tree_.head(t), Rel::kAdvcl);
  return true;
}

// "prevent X from leaving": the gerund with "from" belongs to the nearest verb that keeps somebody from something.
bool TreeRepair::PreventedFrom(TokenIndex t) {
  const TokenIndex marker = tree_.Child(t, Rel::kMark);
  if (tree_.rel(t) != Rel::kAdvcl || tree_.xpos(t) != "VBG" || marker == kNoToken || tree_.lower(marker) != "from") return false;
  for (TokenIndex verb = marker - 1; verb > tree_.head(t); --verb) {
    if (!IsVerb(verb)) continue;
    if (!words::Has(words::kPreventVerbs, tree_.lemma(verb)) || !tree_.Reachable(verb)) return false;
    Attach(t, verb, Rel::kAdvcl);
    return true;
  }
  return false;
}

// "Whether X is Y remains unclear": the clause is the subject.
bool TreeRepair::WhetherSubject(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (tree_.rel(t) != Rel::kAdvcl || t > verb || HasSubject(verb) || tree_.Child(verb, Rel::kCsubj) != kNoToken ||
      tree_.Child(verb, Rel::kExpl) != kNoToken)
    return false;
  const std::string mark = MarkerOf(tree_, t, Rel::kMark);
  if (!mark.starts_with("whether") && mark != "that") return false;
  tree_.rel_[Tree::At(t)] = Rel::kCsubj;
  return true;
}

// "named his brother commander", "was appointed finance minister": who, and as what.
bool TreeRepair::NamingComplement(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if (!IsVerb(verb) || !words::Has(words::kNamingVerbs, tree_.lemma(verb)) || t < verb || tree_.pos(t) != Pos::kNoun) return false;
  if (tree_.rel(t) == Rel::kObj && (tree_.Child(verb, Rel::kAuxPass) != kNoToken || tree_.Child(verb, Rel::kNsubjPass) != kNoToken)) {
    tree_.rel_[Tree::At(t)] = Rel::kXcomp;
    return true;
  }
  if ((tree_.rel(t) != Rel::kXcomp && tree_.rel(t) != Rel::kObj) || (tree_.rel(t) == Rel::kXcomp && tree_.Child(verb, Rel::kObj) != kNoToken))
    return false;
  const TokenIndex person = t - 1;
  if (tree_.head(person) != t || tree_.rel(person) != Rel::kCompound || !Lexicon::Default().IsPerson(tree_.lemma(person))) return false;
  bool own = false;
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(t).begin(), tree_.children(t).end())) {
    if (child < person && (tree_.rel(child) == Rel::kNmodPoss || tree_.rel(child) == Rel::kDet)) {
      Attach(child, person, tree_.rel(child));
      own = true;
    }
  }
  own |= tree_.Child(person, Rel::kNmodPoss) != kNoToken || tree_.Child(person, Rel::kDet) != kNoToken;
  if (!own) return false;
  Attach(person, verb, Rel::kObj);
  tree_.rel_[Tree::At(t)] = Rel::kXcomp;
  return true;
}

// "The chief executive of Norlin, Petra Haas, left": a person's name stands beside the person's title, not the firm.
bool TreeRepair::TitleApposition(TokenIndex t) {
  const TokenIndex beside = tree_.head(t);
  const TokenIndex title = tree_.head(beside);
  if (tree_.rel(t) != Rel::kAppos || tree_.rel(beside) != Rel::kNmod || title == kNoToken || title > beside) {
    if (tree_.rel(t) != Rel::kAppos || tree_.rel(beside) != Rel::kObl || title == kNoToken || title > beside) return false;
  }
  const Lexicon& lexicon = Lexicon::Default();
  const Token& name = tree_.sentence().tokens[Tree::At(t)];
  if ((!lexicon.IsGivenName(name.form) && name.name != "B-PER") || lexicon.IsGivenName(tree_.sentence().tokens[Tree::At(beside)].form)) return false;
  if (!lexicon.IsTitle(tree_.lower(title)) && !lexicon.IsPerson(tree_.lemma(title))) return false;
  if (tree_.pos(title) == Pos::kAdj) tree_.pos_[Tree::At(title)] = Pos::kNoun;
  if (tree_.rel(beside) == Rel::kObl) tree_.rel_[Tree::At(beside)] = Rel::kNmod;
  Attach(t, title, Rel::kAppos);
  return true;
}

}  // namespace dossier::ingest
