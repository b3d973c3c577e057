// Prepositional phrases, adverbs and adverbial clauses of one clause, and what they say: time, place, reason ...
#include <algorithm>

#include "ingest/entity/lexicon.h"
#include "ingest/fact/argument_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {

void ArgumentBuilder::AddDependent(TokenIndex child) {
  switch (tree_.rel(child)) {
    case Rel::kObl:
      AddOblique(child);
      break;
    case Rel::kOblAgent:
      if (child != clause_.agent) AddOblique(child);
      break;
    case Rel::kOblBare:
      if (tree_.pos(child) == Pos::kPron) break;  // "did it themselves"
      Add(IsTimeNoun(tree_, child) ? Role::kTime : Role::kQuantity, child, "", NominalPhrase(tree_, child));
      break;
    case Rel::kAdvmod:
      AddAdverb(child);
      break;
    case Rel::kCcomp:
      if (child == clause_.ccomp)
        Add(Role::kClause, child, MarkerOf(tree_, child, Rel::kMark), ContentPhrase(child));
      break;
    case Rel::kXcomp:
      AddXcomp(child);
      break;
    case Rel::kAdvcl:
      AddAdverbial(child);
      break;
    case Rel::kParataxis:
      AddQuoted(child);
      break;
    case Rel::kNmod:  // of a copula's nominal: part of its phrase; of a verb: a parser's slip for an
                      // oblique
      if (!clause_.copular) AddOblique(child);
      break;
    default:
      break;
  }
}

void ArgumentBuilder::AddXcomp(TokenIndex child) {
  if (child != clause_.xcomp) return;
  const Pos pos = tree_.pos(child);
  const bool clause = IsClauseHead(child) || pos == Pos::kVerb;
  if (clause) {
    if (!Has(Role::kClause))
      Add(Role::kClause, child, MarkerOf(tree_, child, Rel::kMark), ClausePhrase(child));
    return;
  }
  const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
  Add(preposition.empty() ? Role::kComplement : Role::kOblique, child, preposition,
      NominalPhrase(tree_, child));
}

void ArgumentBuilder::AddOblique(TokenIndex child) {
  if (child == clause_.agent || child == clause_.subject.token) return;
  const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
  if (preposition.starts_with("according")) return;
  if (preposition == "at" && words::Has(words::kRequestNouns, tree_.lemma(child)) &&
      PossessorOf(tree_, child) != kNoToken)
    return;
  if (preposition == "with" && IsAbsolute(child)) return;
  if (std::string complex = preposition; const TokenIndex inner = ComplexPreposition(child, complex)) {
    const Role role = RoleOfOblique(inner, complex);
    AddNominal(role, inner, std::move(complex));
    return;
  }
  if (tree_.pos(child) == Pos::kAdp && tree_.children(child).empty()) return;  // stranded
  if (preposition.empty() && !IsTimeNoun(tree_, child)) return;  // an apposition or the like gone astray
  AddNominal(RoleOfOblique(child, preposition), child, preposition);
  AddConjunctsWithOtherCase(child);
}

TokenIndex ArgumentBuilder::ComplexPreposition(TokenIndex noun, std::string& preposition) const {
  if (tree_.pos(noun) != Pos::kNoun || preposition.empty()) return 0;
  TokenIndex inner = 0;
  for (TokenIndex child : tree_.children(noun)) {
    const Rel rel = tree_.rel(child);
    if (rel == Rel::kCase || rel == Rel::kPunct || (rel == Rel::kDet && tree_.lower(child) == "the")) continue;
    if (rel != Rel::kNmod || inner != 0) return 0;
    inner = child;
  }
  const TokenIndex marker = inner == 0 ? kNoToken : tree_.Child(inner, Rel::kCase);
  if (marker != noun + 1) return 0;
  std::string whole = preposition;
  whole.append("_").append(tree_.lower(noun)).append("_").append(tree_.lower(marker));
  if (!words::Has(words::kComplexPrepositions, whole)) return 0;
  preposition = std::move(whole);
  return inner;
}

bool ArgumentBuilder::IsAbsolute(TokenIndex nominal) const {
  for (const Clause& c : clauses_) {
    if (c.participle && c.subject.token == nominal && c.head > nominal &&
        (c.governor == nominal || c.governor == clause_.head) &&
        ((nominal > 0 && tree_.lower(nominal - 1) == "with") || c.governor == nominal)) {
      return tree_.head(nominal) == clause_.head && c.link != Rel::kRelcl && CommaBefore(nominal);
    }
  }
  return false;
}

bool ArgumentBuilder::CommaBefore(TokenIndex nominal) const {
  for (TokenIndex child : tree_.children(nominal)) {
    if (tree_.rel(child) == Rel::kPunct && child < nominal) return true;
  }
  const TokenIndex cased = tree_.Child(nominal, Rel::kCase);
  return cased > 0 && tree_.pos(cased - 1) == Pos::kPunct;
}

Role ArgumentBuilder::RoleOfOblique(TokenIndex head, std::string_view preposition) const {
  if (IsTimeNoun(tree_, head) || IsTimePhrase(head))
    return preposition == "of" ? Role::kOblique : Role::kTime;
  if (preposition == "during" || preposition == "until" || preposition == "since") return Role::kTime;
  if (preposition.ends_with("_wake_of") || preposition.ends_with("_aftermath_of") || preposition.ends_with("_course_of") ||
      preposition.ends_with("_eve_of"))
    return Role::kTime;
  if (preposition == "throughout" || preposition == "amid") {
    const NounClass noun_class = Lexicon::Default().ClassOf(tree_.lemma(head));
    if (noun_class == NounClass::kEvent || noun_class == NounClass::kAct || noun_class == NounClass::kTime) return Role::kTime;
  }
  if (words::Has(words::kReasonPrepositions, preposition)) return Role::kReason;
  if ((preposition == "over" || preposition == "for") &&
      words::Has(words::kReasonVerbs, tree_.lemma(clause_.head)) &&
      tree_.Child(head, Rel::kNummod) == kNoToken && tree_.pos(head) == Pos::kNoun) {
    return Role::kReason;
  }
  if (preposition == "via" || preposition == "by_means_of") return Role::kInstrument;
  return Role::kOblique;
}

bool ArgumentBuilder::IsTimePhrase(TokenIndex head) const {
  const TokenIndex of = tree_.Child(head, Rel::kNmod);
  return of != kNoToken && tree_.pos(head) == Pos::kNoun && MarkerOf(tree_, of, Rel::kCase) == "of" &&
         IsTimeNoun(tree_, of) &&
         (tree_.lemma(head) == "part" || tree_.lemma(head) == "course" || tree_.lemma(head) == "half" ||
          tree_.lemma(head) == "rest");
}

void ArgumentBuilder::AddAdverb(TokenIndex child) {
  const std::string_view word = tree_.lower(child);
  const bool relative = clause_.link == Rel::kRelcl && (word == "where" || word == "when" || word == "why");
  if (relative) {
    const TokenIndex antecedent = AntecedentOf(tree_, child);
    if (antecedent != kNoToken)
      AddNominal(word == "when"    ? Role::kTime
                 : word == "where" ? Role::kPlace
                                   : Role::kReason,
                 antecedent, "in", true);
    return;
  }
  if (words::Has(words::kNegators, word) || words::Has(words::kModalAdverbs, word)) return;
  const TokenIndex last = tree_.children(child).empty() ? child : tree_.children(child).back();
  if (words::Has(words::kTimeAdverbs, word) &&
      (word != "then" && word != "still" && word != "already" && word != "again" && word != "ever")) {
    Add(Role::kTime, child, "", NominalPhrase(tree_, child));
  } else if (words::Has(words::kPlaceAdverbs, word)) {
    Add(Role::kPlace, child, "", NominalPhrase(tree_, child));
  } else if (word.ends_with("ly") && !words::Has(words::kFocusAdverbs, word) &&
             tree_.pos(child) == Pos::kAdv && last >= child) {
    Add(Role::kManner, child, "", NominalPhrase(tree_, child));
  }
}

void ArgumentBuilder::AddAdverbial(TokenIndex child) {
  if (IsAsSaid(tree_, child)) return;
  if (const TokenIndex mark = tree_.Child(child, Rel::kMark); mark != kNoToken && tree_.IsNominal(mark)) return;  // no subordinator
  std::string marker = MarkerOf(tree_, child, Rel::kMark);
  TokenIndex adverb = kNoToken;
  if (marker.empty()) {
    adverb = tree_.Child(child, Rel::kAdvmod);
    if (adverb != kNoToken && (tree_.lower(adverb) == "when" || tree_.lower(adverb) == "while" ||
                               tree_.lower(adverb) == "where")) {
      marker = tree_.lower(adverb);
    } else {
      adverb = kNoToken;
    }
  }
  if (marker.empty() || marker == "from" || (marker == "with" && tree_.Child(child, Rel::kNsubj) != kNoToken)) return;
  Role role = Role::kOblique;
  if (marker == "to" || marker == "in_order_to" || marker.starts_with("so_") || marker == "in_order" ||
      marker.ends_with("_to"))
    role = Role::kPurpose;
  else if (marker.starts_with("for_") || marker == "for")
    role = Role::kReason;
  else if (words::Has(words::kReasonMarks, marker) && marker != "as")
    role = Role::kReason;
  else if (words::Has(words::kTimeMarks, marker) &&
           ((marker != "on" && marker != "upon") || child < clause_.head))
    role = Role::kTime;
  Add(role, child, std::move(marker), ClausePhrase(child, adverb));
}

void ArgumentBuilder::AddRequester() {
  std::vector<TokenIndex> open{clause_.head};
  for (size_t i = 0; i < open.size(); ++i) {
    for (TokenIndex child : tree_.children(open[i])) {
      if (IsClauseHead(child)) continue;
      open.push_back(child);
      const std::string_view lemma = tree_.lemma(child);
      if (!words::Has(words::kRequestNouns, lemma) || MarkerOf(tree_, child, Rel::kCase) != "at") continue;
      const TokenIndex who = PossessorOf(tree_, child);
      if (who == kNoToken || Has(Role::kRequester)) continue;
      std::string preposition = "at_";
      preposition.append(lemma);
      Add(Role::kRequester, who, std::move(preposition), NominalPhrase(tree_, who));
      for (TokenIndex more : tree_.children(child)) {
        if (tree_.rel(more) == Rel::kNmod && more != who) AddOblique(more);
      }
    }
  }
}

void ArgumentBuilder::AddMisattached(TokenIndex nominal) {
  if (nominal == kNoToken) return;
  for (TokenIndex child : tree_.children(nominal)) {
    if (IsMisattached(tree_, child) && MarkerOf(tree_, child, Rel::kCase) != "with") AddOblique(child);
  }
}

namespace {

bool IsPersonName(const Tree& tree, TokenIndex name) {
  return Lexicon::Default().IsGivenName(tree.sentence().tokens[static_cast<size_t>(name)].form) &&
         tree.Child(name, Rel::kFlat) != kNoToken;
}

// ", with X doing Y": a clause however X is attached.
bool IsAbsoluteNominal(const Tree& tree, TokenIndex t) {
  const TokenIndex with = tree.Child(t, Rel::kCase);
  if (with < 1 || tree.lower(with) != "with" || tree.pos(with - 1) != Pos::kPunct) return false;
  TokenIndex next = t + 1;
  while (next < tree.size() && (tree.pos(next) == Pos::kAdv || tree.Dominates(t, next)) &&
         tree.xpos(next) != "VBG")
    ++next;
  return next < tree.size() && tree.xpos(next) == "VBG" && tree.pos(next) == Pos::kVerb;
}

}  // namespace

bool IsMisattached(const Tree& tree, TokenIndex t) {
  if ((tree.rel(t) != Rel::kNmod && tree.rel(t) != Rel::kConj) || tree.head(t) == kNoToken ||
      t < tree.head(t))
    return false;
  if (IsAbsoluteNominal(tree, t)) return true;
  if (tree.rel(t) != Rel::kNmod) return false;
  const bool name = tree.pos(tree.head(t)) == Pos::kPropn && tree.rel(tree.head(t)) != Rel::kRoot;
  const bool request = words::Has(words::kRequestNouns, tree.lemma(t));
  if (!name && !request) return false;
  const std::string preposition = MarkerOf(tree, t, Rel::kCase);
  if (name && IsPersonName(tree, tree.head(t)) && preposition != "of" && preposition != "from" &&
      !preposition.empty())
    return true;
  if (request) return preposition == "at" && PossessorOf(tree, t) != kNoToken;
  return preposition == "over" || preposition == "after" || preposition == "before" ||
         preposition == "during" || preposition == "because_of" || preposition == "despite" ||
         preposition == "amid" || preposition == "until" || preposition == "since" || preposition == "due_to";
}

}  // namespace dossier::ingest
