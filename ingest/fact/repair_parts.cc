// Parts of phrases and sentences that a parser hung a step too high or too low.
#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/tree_rules.h"

namespace dossier::ingest {
namespace {

bool IsDash(std::string_view word) { return word == "—" || word == "–" || word == "--" || word == ";"; }

}  // namespace

// "There is evidence to suggest that P": the evidence suggests it.
bool TreeRepair::EvidenceInfinitive(TokenIndex t) {
  const TokenIndex be = tree_.head(t);
  const TokenIndex noun = tree_.Child(be, Rel::kNsubj), mark = tree_.Child(t, Rel::kMark);
  if ((tree_.rel(t) != Rel::kAdvcl && tree_.rel(t) != Rel::kXcomp) || tree_.Child(be, Rel::kExpl) == kNoToken || noun == kNoToken || noun > t ||
      mark == kNoToken || tree_.lower(mark) != "to" || !words::Has(words::kEvidenceNouns, tree_.lemma(ContentHead(tree_, noun))))
    return false;
  Attach(t, noun, Rel::kAcl);
  return true;
}

// "by a major-general": the first part of a hyphenated noun is no phrase of its own.
bool TreeRepair::HyphenNoun(TokenIndex t) {
  const TokenIndex last = t + 2;
  if (last >= tree_.size() || tree_.lower(t + 1) != "-" || tree_.sentence().tokens[Tree::At(t)].space_after ||
      tree_.sentence().tokens[Tree::At(t + 1)].space_after || !tree_.IsNominal(t) || !tree_.IsNominal(last) || !tree_.Reachable(last) ||
      tree_.head(t) != tree_.head(last))
    return false;
  for (TokenIndex child : std::vector<TokenIndex>(tree_.children(t).begin(), tree_.children(t).end())) {
    if (tree_.pos(child) != Pos::kPunct) Attach(child, last, tree_.rel(child));
  }
  Attach(t, last, Rel::kCompound);
  return true;
}

// "Finnish president X's government": the adjective right before a title belongs to the title.
bool TreeRepair::DemonymOfTitle(TokenIndex t) {
  const TokenIndex title = t + 1;
  if (tree_.rel(t) != Rel::kAmod || title >= tree_.size() || tree_.rel(title) != Rel::kDesc || tree_.head(t) == title ||
      !tree_.Reachable(title) || Lexicon::Default().CountryByDemonym(tree_.sentence().tokens[Tree::At(t)].form) == nullptr)
    return false;
  Attach(t, title, Rel::kAmod);
  return true;
}

// "acknowledged it at a conference earlier this week": a bare time behind the verb's noun tells when the verb happened.
bool TreeRepair::BareTime(TokenIndex t) {
  TokenIndex noun = tree_.head(t);
  if (tree_.rel(t) != Rel::kNmodBare || t < noun || !IsTimeNoun(tree_, t) || IsTimeNoun(tree_, noun)) return false;
  while (tree_.rel(noun) == Rel::kNmod && tree_.head(noun) != kNoToken) noun = tree_.head(noun);
  const Rel rel = tree_.rel(noun);
  const TokenIndex verb = tree_.head(noun);
  if ((rel != Rel::kObl && rel != Rel::kObj && rel != Rel::kOblAgent) || verb == kNoToken || !IsVerb(verb) || verb > noun) return false;
  Attach(t, verb, Rel::kOblBare);
  return true;
}

// "Once a Soviet republic, X is ...": what somebody once was is a clause, no setting.
bool TreeRepair::FrontedRole(TokenIndex t) {
  const TokenIndex verb = tree_.head(t), once = tree_.Child(t, Rel::kCase);
  if (tree_.rel(t) != Rel::kObl || t > verb || once == kNoToken || once > t || !tree_.IsNominal(t) || IsTimeNoun(tree_, t)) return false;
  const std::string_view word = tree_.lower(once);
  if (word != "once" && word != "formerly" && word != "originally" && word != "long" && word != "initially") return false;
  TokenIndex subject = tree_.Child(verb, Rel::kNsubj);
  if (subject == kNoToken) subject = tree_.Child(verb, Rel::kNsubjPass);
  if (subject == kNoToken || subject < t) return false;
  tree_.rel_[Tree::At(t)] = Rel::kAdvcl;
  tree_.rel_[Tree::At(once)] = Rel::kAdvmod;
  return true;
}

// "P - Q": what stands before the dash is no content of a verb behind it that has a content of its own.
bool TreeRepair::DashClause(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  const TokenIndex subject = tree_.Child(verb, Rel::kNsubj);
  if (tree_.rel(t) != Rel::kCcomp || t > verb || !IsFinite(t) || subject == kNoToken || subject < t) return false;
  TokenIndex dash = kNoToken;
  for (TokenIndex between = t + 1; between < subject; ++between) {
    if (IsDash(tree_.lower(between))) dash = between;
    if (tree_.lower(between) == "”" || tree_.lower(between) == "\"") return false;
  }
  if (dash == kNoToken) return false;
  const std::vector<TokenIndex> children(tree_.children(verb).begin(), tree_.children(verb).end());
  const bool own = std::any_of(children.begin(), children.end(), [&](TokenIndex c) {
    return c > verb && (tree_.rel(c) == Rel::kCcomp || tree_.rel(c) == Rel::kObj || tree_.rel(c) == Rel::kXcomp);
  });
  if (!own) return false;
  for (TokenIndex child : children) {
    if (child != t && child < dash && tree_.rel(child) == Rel::kCcomp) Attach(child, t, Rel::kXcomp);
  }
  Attach(t, verb, Rel::kParataxis);
  return true;
}

// "a truce between X and the Y": between asks for two.
bool TreeRepair::BetweenConjunct(TokenIndex t) {
  const TokenIndex noun = tree_.head(t), cc = tree_.Child(t, Rel::kCc);
  if (tree_.rel(t) != Rel::kConj || !tree_.IsNominal(noun) || !tree_.IsNominal(t) || cc == kNoToken || tree_.lower(cc) != "and" || t < noun)
    return false;
  for (TokenIndex side : tree_.children(noun)) {
    if (tree_.rel(side) != Rel::kNmod || side > t || side < noun || MarkerOf(tree_, side, Rel::kCase) != "between" ||
        tree_.Child(side, Rel::kConj) != kNoToken)
      continue;
    Attach(t, side, Rel::kConj);
    return true;
  }
  return false;
}

// "Kessler & Partner": one name.
bool TreeRepair::Ampersand(TokenIndex t) {
  const TokenIndex sign = t - 1, first = t - 2;
  if (tree_.rel(t) != Rel::kConj || first < 0 || tree_.lower(sign) != "&" || !tree_.IsNominal(first) || !tree_.Reachable(first) ||
      tree_.Dominates(t, first))
    return false;
  const std::string& form = tree_.sentence().tokens[Tree::At(t)].form;
  if (tree_.pos(first) != Pos::kPropn || form.empty() || form[0] < 'A' || form[0] > 'Z') return false;
  Attach(t, first, Rel::kFlat);
  Attach(sign, t, Rel::kPunct);
  return true;
}

// "said to have bribed": the "to" is the verb's.
bool TreeRepair::MarkOfAuxiliary(TokenIndex t) {
  const TokenIndex aux = tree_.head(t);
  if (tree_.rel(t) != Rel::kMark || tree_.lower(t) != "to" || (tree_.rel(aux) != Rel::kAux && tree_.rel(aux) != Rel::kAuxPass)) return false;
  Attach(t, tree_.head(aux), Rel::kMark);
  return true;
}

// "Talks between X and Y collapsed" read as "talks between X, and Y collapsed".
bool TreeRepair::BetweenClause(TokenIndex t) {
  const TokenIndex noun = tree_.head(t), subject = tree_.Child(t, Rel::kNsubj);
  TokenIndex cc = tree_.Child(t, Rel::kCc);
  if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || tree_.pos(noun) != Pos::kNoun || subject == kNoToken || subject > t || HasSubject(noun)) return false;
  if (cc == kNoToken) cc = tree_.Child(subject, Rel::kCc);
  for (TokenIndex side : tree_.children(noun)) {
    if (cc == kNoToken || side > cc || side < noun || tree_.rel(side) != Rel::kNmod || MarkerOf(tree_, side, Rel::kCase) != "between" ||
        RightEdge(side) != cc - 1 || tree_.Child(side, Rel::kConj) != kNoToken)
      continue;
    Swap(t, noun, Rel::kNsubj);
    Attach(subject, side, Rel::kConj);
    Attach(cc, subject, Rel::kCc);
    return true;
  }
  return false;
}

// "cut off two villages": the word behind a verb that WordNet knows with it is no preposition of what follows.
bool TreeRepair::ParticleCase(TokenIndex t) {
  const TokenIndex noun = tree_.head(t), verb = t - 1;
  const std::string_view word = tree_.lower(t);
  if (tree_.rel(t) != Rel::kCase || verb < 0 || tree_.head(noun) != verb || tree_.rel(noun) != Rel::kObl || tree_.pos(verb) != Pos::kVerb ||
      (word != "off" && word != "up" && word != "down" && word != "away"))
    return false;
  if (tree_.Child(verb, Rel::kObj) != kNoToken || tree_.Child(verb, Rel::kAuxPass) != kNoToken || tree_.xpos(verb) == "VBN") return false;
  std::string phrasal(tree_.lemma(verb));
  phrasal.append("_").append(word);
  if (!Lexicon::Default().IsVerb(phrasal)) return false;
  Attach(t, verb, Rel::kPrt);
  tree_.rel_[Tree::At(noun)] = Rel::kObj;
  return true;
}

// "alleges that X ordered Y": what looks like a relative clause of a verb of saying is what is said.
bool TreeRepair::RelativeOfVerb(TokenIndex t) {
  const TokenIndex verb = tree_.head(t);
  if ((tree_.rel(t) != Rel::kRelcl && tree_.rel(t) != Rel::kAdvclRelcl) || t < verb || !IsVerb(verb) ||
      !Lexicon::Default().IsSpeechVerb(tree_.lemma(verb)) || tree_.Child(verb, Rel::kObj) != kNoToken || tree_.Child(verb, Rel::kCcomp) != kNoToken)
    return false;
  for (TokenIndex that : tree_.children(t)) {
    if (tree_.lower(that) != "that" || that > t || that != verb + 1) continue;
    Attach(that, t, Rel::kMark);
    Attach(t, verb, Rel::kCcomp);
    return true;
  }
  return false;
}

// "The driver, police said, had stolen the car": no relative clause of the driver.
bool TreeRepair::InsertedRelative(TokenIndex t) {
  const TokenIndex noun = tree_.head(t), speaker = tree_.Child(t, Rel::kNsubj), verb = tree_.head(noun);
  if ((tree_.rel(t) != Rel::kRelcl && tree_.rel(t) != Rel::kAcl) || !Lexicon::Default().IsSpeechVerb(tree_.lemma(t)) || speaker == kNoToken ||
      HasRelativePronoun(t) || tree_.Child(t, Rel::kObj) != kNoToken || tree_.Child(t, Rel::kCcomp) != kNoToken || verb == kNoToken || !IsVerb(verb))
    return false;
  const TokenIndex after = RightEdge(t) + 1;
  TokenIndex comma = LeftEdge(speaker) - 1;
  if (comma < 0 || tree_.lower(comma) != "," || after >= tree_.size() || tree_.lower(after) != "," ||
      (tree_.rel(noun) != Rel::kNsubj && tree_.rel(noun) != Rel::kNsubjPass))
    return false;
  Attach(t, verb, Rel::kParataxis);
  return true;
}

// "agreed in June to buy Y": the infinitive is what is agreed, no purpose.
bool TreeRepair::WishInfinitive(TokenIndex t) {
  const TokenIndex verb = tree_.head(t), mark = tree_.Child(t, Rel::kMark);
  static constexpr std::string_view kVerbs[] = {"agree", "attempt", "decide", "hope", "offer", "plan", "pledge", "promise", "refuse", "seek", "threaten", "vow"};
  if (tree_.rel(t) != Rel::kAdvcl || t < verb || mark == kNoToken || tree_.lower(mark) != "to" || !IsVerb(verb) ||
      std::find(std::begin(kVerbs), std::end(kVerbs), tree_.lemma(verb)) == std::end(kVerbs) || tree_.Child(verb, Rel::kObj) != kNoToken ||
      tree_.Child(verb, Rel::kXcomp) != kNoToken || tree_.Child(verb, Rel::kCcomp) != kNoToken || tree_.Child(verb, Rel::kAuxPass) != kNoToken)
    return false;
  tree_.rel_[Tree::At(t)] = Rel::kXcomp;
  return true;
}

}  // namespace dossier::ingest
