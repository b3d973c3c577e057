// The ends of a fact and what goes with it: time, place, reason, how the text holds it and who says it.
#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {

CircumstanceReader::Terms CircumstanceReader::TermsOf(const Argument& argument) const {
  Terms out;
  if (argument.role == Role::kClause || view_->tree->rel(argument.head) == Rel::kCsubj) {
    out.push_back(terms_.Literal(*view_, argument.tokens));
    return out;
  }
  if (auto term = terms_.Resolve(*view_, argument.head)) out.push_back(std::move(*term));
  for (TokenIndex conjunct : argument.conjuncts) {
    if (auto term = terms_.Resolve(*view_, conjunct)) out.push_back(std::move(*term));
  }
  return out;
}

CircumstanceReader::Terms CircumstanceReader::ComplementTerms(const Argument& argument) const {
  const Tree& tree = *view_->tree;
  Terms out;
  std::vector<TokenIndex> heads{argument.head};
  heads.insert(heads.end(), argument.conjuncts.begin(), argument.conjuncts.end());
  for (TokenIndex head : heads) {
    const bool nominal = tree.pos(head) == Pos::kNoun || tree.pos(head) == Pos::kPropn;
    std::optional<FactTerm> term;
    // A word that no dictionary knows as a noun is rather an adjective.
    const bool known = tree.pos(head) == Pos::kPropn || tree.Child(head, Rel::kDet) != kNoToken ||
                       lexicon_.ClassOf(tree.lemma(head)) != NounClass::kUnknown;
    if (nominal && known) term = terms_.Resolve(*view_, head);
    if (!term) {
      std::vector<TokenIndex> tokens = argument.tokens;
      if (heads.size() > 1) tokens = ConjunctTokens(argument, heads, head);
      term = terms_.Literal(*view_, tokens);
    }
    if (!term->text.empty()) out.push_back(std::move(*term));
  }
  return out;
}

std::vector<TokenIndex> CircumstanceReader::ConjunctTokens(const Argument& argument, const std::vector<TokenIndex>& heads, TokenIndex head) const {
  const Tree& tree = *view_->tree;
  std::vector<TokenIndex> tokens;
  for (TokenIndex t : argument.tokens) {
    const Rel rel = tree.rel(t);
    if (tree.pos(t) == Pos::kPunct || rel == Rel::kCc || rel == Rel::kPreconj) continue;
    const bool own = head == argument.head
                         ? std::none_of(heads.begin() + 1, heads.end(),
                                        [&](TokenIndex h) { return tree.Dominates(h, t); })
                         : tree.Dominates(head, t);
    if (own) tokens.push_back(t);
  }
  return tokens;
}

bool CircumstanceReader::IsPlace(const FactTerm& term) const {
  const Entity* entity = terms_.EntityOf(term);
  return entity != nullptr && (entity->type == EntityType::kPlace || entity->type == EntityType::kCountry);
}

bool CircumstanceReader::IsLocative(std::string_view preposition) {
  return preposition == "in" || preposition == "at" || preposition == "on" || preposition == "near" ||
         preposition == "across" || preposition == "throughout" || preposition == "inside" ||
         preposition == "outside" || preposition == "within" || preposition == "around";
}

std::string CircumstanceReader::QualifierRole(const Argument& argument, const FactTerm& term) const {
  switch (argument.role) {
    case Role::kTime:
      return "time";
    case Role::kPlace:
      return "place";
    case Role::kManner:
      return "manner";
    case Role::kReason:
      return "reason";
    case Role::kPurpose:
      return "purpose";
    case Role::kInstrument:
      return "instrument";
    case Role::kRequester:
      return "requestedBy";
    case Role::kQuantity:
      return "quantity";
    case Role::kRecipient:
      return "q_to";
    case Role::kComplement:
      return "q_as";
    case Role::kObject:
      return view_->tree->IsNominal(argument.head) && argument.preposition.empty() ? "q_object"
                                                                                   : "q_content";
    case Role::kClause:
      return "q_content";
    default:
      break;
  }
  const Entity* entity = terms_.EntityOf(term);
  if (entity != nullptr && entity->type == EntityType::kDate && IsLocative(argument.preposition))
    return "time";
  if (IsLocative(argument.preposition) && IsPlace(term)) return "place";
  return argument.preposition.empty() ? "q_with" : Cat("q_", argument.preposition);
}

void CircumstanceReader::AddQualifier(const Argument& argument, Fact& fact) const {
  const bool words_only = argument.role == Role::kTime || argument.role == Role::kManner ||
                          argument.role == Role::kQuantity || argument.role == Role::kPurpose ||
                          argument.role == Role::kClause;
  const bool clause =
      view_->tree->pos(argument.head) == Pos::kVerb || !view_->tree->IsNominal(argument.head);
  if (words_only || clause) {
    FactTerm term = terms_.Literal(*view_, argument.tokens);
    const bool told = clause || (argument.preposition != "in" && argument.preposition != "on" &&
                                 argument.preposition != "at");
    if (argument.role == Role::kTime && told && !argument.preposition.empty()) {
      std::string marker = argument.preposition;
      std::replace(marker.begin(), marker.end(), '_', ' ');
      term.text = Cat(marker, " ", term.text);
    }
    if (argument.preposition == "to" && !term.text.empty()) term.text = Cat("to ", term.text);
    std::string role = QualifierRole(argument, term);
    if (!term.text.empty()) fact.qualifiers.push_back({std::move(role), std::move(term)});
    return;
  }
  for (FactTerm& term : TermsOf(argument)) {
    std::string role = QualifierRole(argument, term);
    // A reason is told in the text's words; an entity alone would lose them.
    if (argument.role == Role::kReason) term = terms_.Literal(*view_, argument.tokens);
    fact.qualifiers.push_back({std::move(role), std::move(term)});
    if (argument.role == Role::kReason) break;
  }
}

Fact CircumstanceReader::Circumstances(const Proposition& p) const {
  Fact fact;
  fact.polarity = p.polarity;
  fact.modality = p.modality;
  fact.rule = p.rule;
  fact.confidence = p.confidence;
  fact.sentence = view_->index;
  fact.phrase = view_->tree->Text(p.predicate);
  const std::vector<Token>& tokens = view_->sentence->tokens;
  const TokenIndex first = p.predicate.empty() ? p.trigger : p.predicate.front();
  const TokenIndex last = p.predicate.empty() ? p.trigger : p.predicate.back();
  fact.phrase_span = {tokens[static_cast<size_t>(first)].span.begin,
                      tokens[static_cast<size_t>(last)].span.end};
  Attribute(p, fact);
  fact.asserted =
      p.polarity == Polarity::kPositive && p.modality == Modality::kNone && !p.conditional_consequent;
  return fact;
}

Fact CircumstanceReader::CircumstancesAround(TokenIndex noun) const {
  const Tree& tree = *view_->tree;
  for (TokenIndex t = noun, steps = 0; t != kNoToken && steps < tree.size(); t = tree.head(t), ++steps) {
    for (const Proposition& p : *view_->propositions) {
      const bool clause = p.kind == TriggerKind::kVerb || p.kind == TriggerKind::kCopula;
      if (!clause || p.trigger != t) continue;
      Fact fact = Circumstances(p);
      const bool granted = IsTakenForGranted(noun, p);
      if (granted) fact.modality = Modality::kNone;
      else if (fact.polarity == Polarity::kNegative && fact.modality == Modality::kNone)
        fact.modality = Modality::kPossible;
      fact.polarity = Polarity::kPositive;
      if (fact.modality == Modality::kNone && IsUnreal(noun)) fact.modality = Modality::kPossible;
      fact.asserted = fact.modality == Modality::kNone && (granted || !p.conditional_consequent);
      return fact;
    }
  }
  Fact fact;
  fact.sentence = view_->index;
  return fact;
}

bool CircumstanceReader::IsTakenForGranted(TokenIndex noun, const Proposition& p) const {
  const Tree& tree = *view_->tree;
  TokenIndex top = noun;   // below the clause's predicate
  bool setting = false;    // within the phrase of another noun that takes it for granted
  static constexpr std::string_view kSettings[] = {"about",  "after", "against", "amid", "at", "despite", "during",
                                                   "in",     "on",    "over",    "since", "throughout"};
  const auto is_setting = [&](TokenIndex t) {
    return std::find(std::begin(kSettings), std::end(kSettings), MarkerOf(tree, t, Rel::kCase)) != std::end(kSettings);
  };
  for (TokenIndex steps = 0; tree.head(top) != p.trigger; ++steps) {
    const Rel rel = tree.rel(top);
    if (tree.head(top) == kNoToken || steps > tree.size()) return false;
    if (rel != Rel::kNmod && rel != Rel::kConj && rel != Rel::kNmodPoss && rel != Rel::kCompound) return false;
    if (words::Has(words::kUnrealHeads, tree.lemma(tree.head(top)))) return false;
    setting |= rel == Rel::kNmod && is_setting(top);
    top = tree.head(top);
  }
  const TokenIndex det = tree.Child(noun, Rel::kDet);
  const bool owned = tree.Child(noun, Rel::kNmodPoss) != kNoToken;
  const bool definite = det == kNoToken ? owned || tree.xpos(noun) == "NN"
                                        : tree.lower(det) != "a" && tree.lower(det) != "an" && tree.lower(det) != "any";
  switch (tree.rel(top)) {
    case Rel::kNsubj: {
      // "will continue", "may end": only what is there does.
      static constexpr std::string_view kOngoing[] = {"cease", "continue", "decline", "end", "expand", "grow", "increase", "intensify", "last", "remain", "shrink", "stop"};
      const bool ongoing = std::find(std::begin(kOngoing), std::end(kOngoing), p.lemma) != std::end(kOngoing);
      const bool open = p.modality == Modality::kConditional || p.modality == Modality::kQuestion || (p.modality == Modality::kFuture && !ongoing);
      return definite && !open && top == noun && !words::Has(words::kHappenVerbs, p.lemma);
    }
    case Rel::kObl:
      return is_setting(top) && (definite || setting || tree.xpos(noun) == "NNS");
    case Rel::kObj:  // "take a stand against its control of X", "contest X's presence"
      return setting ? definite : top == noun && owned && words::Has(words::kContestVerbs, p.lemma);
    default:
      return false;
  }
}

bool CircumstanceReader::IsUnreal(TokenIndex noun) const {
  const Tree& tree = *view_->tree;
  for (TokenIndex t = noun, steps = 0; steps < 4; ++steps) {
    const TokenIndex head = tree.head(t);
    if (head == kNoToken) return false;
    const Rel rel = tree.rel(t);
    if (tree.pos(head) == Pos::kVerb) {
      const bool object = rel == Rel::kObj || rel == Rel::kNsubjPass || rel == Rel::kObl;
      return object && (words::Has(words::kUnrealObjectVerbs, tree.lemma(head)) || words::Has(words::kDenyVerbs, tree.lemma(head)) ||
                        words::Has(words::kPreventVerbs, tree.lemma(head)));
    }
    if (rel != Rel::kNmod && rel != Rel::kConj) return false;
    if (rel == Rel::kNmod && words::Has(words::kUnrealHeads, tree.lemma(head))) return true;
    t = head;
  }
  return false;
}

void CircumstanceReader::Attribute(const Proposition& p, Fact& fact) const {
  bool outside = false;  // a source that is not itself quoted
  for (const Attribution& a : p.attribution) {
    if (a.verb != kNoToken && !view_->quoted[static_cast<size_t>(a.verb)]) outside = true;
    if (a.source == kNoToken) continue;
    // "an investigation by X found": X says so, in its investigation.
    if (words::Has(words::kStatementNouns, view_->tree->lemma(a.source))) {
      const TokenIndex author = PossessorOf(*view_->tree, a.source);
      auto term = author == kNoToken ? std::nullopt : terms_.Resolve(*view_, author);
      const Entity* entity = term ? terms_.EntityOf(*term) : nullptr;
      if (entity != nullptr && entity->named) fact.attribution.push_back(std::move(*term));
    }
    if (auto term = terms_.Resolve(*view_, a.source)) fact.attribution.push_back(std::move(*term));
  }
  if (!outside && view_->quoted[static_cast<size_t>(p.trigger)] && view_->speaker) {
    FactTerm speaker = *view_->speaker;
    if (speaker.span.begin < view_->sentence->span.begin || speaker.span.end > view_->sentence->span.end)
      speaker.span = {};
    fact.attribution.insert(fact.attribution.begin(), std::move(speaker));
  }
}

}  // namespace dossier::ingest
