// The arguments of one clause with their roles.
#include <algorithm>

#include "ingest/entity/lexicon.h"
#include "ingest/fact/argument_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {

std::vector<Argument> ArgumentBuilder::Build() {
  AddSubject();
  AddObjects();
  AddComplement();
  for (TokenIndex child : tree_.children(clause_.head)) AddDependent(child);
  AddRequester();
  for (TokenIndex nominal : {clause_.object, clause_.explicit_subject}) AddMisattached(nominal);
  AddParenthesized();
  std::stable_sort(out_.begin(), out_.end(),
                   [](const Argument& a, const Argument& b) { return a.head < b.head; });
  return std::move(out_);
}

bool ArgumentBuilder::Has(Role role) const {
  return std::any_of(out_.begin(), out_.end(), [&](const Argument& a) { return a.role == role; });
}

void ArgumentBuilder::Add(Role role, TokenIndex head, std::string preposition, std::vector<TokenIndex> tokens, bool inferred) {
  if (head == kNoToken || tokens.empty()) return;
  Argument argument;
  argument.role = role;
  argument.preposition = std::move(preposition);
  argument.head = head;
  argument.tokens = std::move(tokens);
  argument.inferred = inferred;
  if (role != Role::kClause) argument.conjuncts = Conjuncts(head);
  out_.push_back(std::move(argument));
}

void ArgumentBuilder::AddNominal(Role role, TokenIndex head, std::string preposition, bool inferred) {
  if (head == kNoToken) return;
  if (IsRelativePronoun(tree_, head)) {
    const TokenIndex antecedent = AntecedentOf(tree_, head);
    if (antecedent != kNoToken) head = antecedent, inferred = true;
  }
  std::vector<TokenIndex> tokens = NominalPhrase(tree_, head);
  for (TokenIndex child : tree_.children(head)) {
    if (tree_.rel(child) != Rel::kConj || !HasOtherCase(head, child) || preposition.empty()) continue;
    std::erase_if(tokens, [&](TokenIndex t) { return tree_.Dominates(child, t); });
  }
  // The noun that a clause modifies is named without that clause.
  if (inferred && tree_.Dominates(head, clause_.head) && clause_.first != head) {
    std::erase_if(tokens, [&](TokenIndex t) { return tree_.Dominates(clause_.first, t); });
    while (!tokens.empty() && tree_.pos(tokens.back()) == Pos::kPunct) tokens.pop_back();
  }
  Add(role, head, std::move(preposition), std::move(tokens), inferred);
}

std::vector<TokenIndex> ArgumentBuilder::Conjuncts(TokenIndex head) const {
  std::vector<TokenIndex> conjuncts;
  for (TokenIndex child : tree_.children(head)) {
    if (tree_.rel(child) == Rel::kConj && !IsClauseHead(child) && !HasOtherCase(head, child))
      conjuncts.push_back(child);
  }
  return conjuncts;
}

bool ArgumentBuilder::HasOtherCase(TokenIndex head, TokenIndex conjunct) const {
  const std::string marker = MarkerOf(tree_, conjunct, Rel::kCase);
  return !marker.empty() && marker != MarkerOf(tree_, head, Rel::kCase);
}

void ArgumentBuilder::AddConjunctsWithOtherCase(TokenIndex head) {
  for (TokenIndex child : tree_.children(head)) {
    if (tree_.rel(child) == Rel::kConj && !IsClauseHead(child) && tree_.IsNominal(child) &&
        HasOtherCase(head, child))
      AddOblique(child);
  }
}

bool ArgumentBuilder::IsClauseHead(TokenIndex t) const {
  return std::any_of(clauses_.begin(), clauses_.end(), [&](const Clause& c) { return c.head == t; });
}

void ArgumentBuilder::AddSubject() {
  const Filler& subject = clause_.subject;
  if (clause_.existential) return;  // its subject is what exists
  const bool clausal =
      subject.token != kNoToken && tree_.rel(subject.token) == Rel::kCsubj && !subject.inferred;
  if (clause_.passive && !clause_.copular) {
    if (clause_.agent != kNoToken) AddNominal(Role::kSubject, clause_.agent, "");
    const bool recipient = clause_.object != kNoToken;
    if (clausal)
      Add(Role::kObject, subject.token, "", ClausePhrase(subject.token));
    else
      AddNominal(recipient ? Role::kRecipient : Role::kObject, subject.token, "", subject.inferred);
    return;
  }
  if (clausal)
    Add(Role::kSubject, subject.token, "", ClausePhrase(subject.token));
  else
    AddNominal(Role::kSubject, subject.token, "", subject.inferred);
}

void ArgumentBuilder::AddObjects() {
  if (clause_.existential) {
    AddNominal(Role::kSubject, clause_.explicit_subject, "");
    return;
  }
  if (clause_.object != kNoToken)
    AddNominal(Role::kObject, clause_.object, "");
  else if (const TokenIndex shared = SharedObject(); shared != kNoToken)
    AddNominal(Role::kObject, shared, "", true);
  if (clause_.recipient != kNoToken)
    AddNominal(Has(Role::kObject) || clause_.passive || clause_.ccomp != kNoToken ? Role::kRecipient
                                                                                  : Role::kObject,
               clause_.recipient, "");
  if (clause_.gap.token != kNoToken) {
    if (clause_.gap_preposition.empty())
      AddNominal(Has(Role::kObject) ? Role::kOblique : Role::kObject, clause_.gap.token, "", true);
    else
      AddNominal(Role::kOblique, clause_.gap.token, clause_.gap_preposition, true);
  }
}

TokenIndex ArgumentBuilder::SharedObject() const {
  if (clause_.passive || clause_.copular || clause_.ccomp != kNoToken || clause_.xcomp != kNoToken)
    return kNoToken;
  if (clause_.sibling >= 0) {
    const Clause& first = clauses_[static_cast<size_t>(clause_.sibling)];
    return first.object > clause_.head && !first.passive ? first.object : kNoToken;
  }
  for (const Clause& later : clauses_) {
    if (later.sibling == index_ && later.head == clause_.head + 2 && later.object > later.head &&
        !later.passive && later.explicit_subject == kNoToken) {
      return later.object;
    }
  }
  return kNoToken;
}

void ArgumentBuilder::AddComplement() {
  if (!clause_.copular) return;
  const std::string preposition = MarkerOf(tree_, clause_.head, Rel::kCase);
  std::vector<TokenIndex> phrase = ComplementPhrase();
  if (preposition.empty())
    Add(Role::kComplement, clause_.head, "", std::move(phrase));
  else
    Add(RoleOfOblique(clause_.head, preposition), clause_.head, preposition, std::move(phrase));
  if (!preposition.empty()) AddConjunctsWithOtherCase(clause_.head);
}

std::vector<TokenIndex> ArgumentBuilder::ComplementPhrase() const {
  const bool adjective = !tree_.IsNominal(clause_.head);
  return tree_.Phrase(clause_.head, [&](TokenIndex t) {
    const bool top = tree_.head(t) == clause_.head;
    switch (tree_.rel(t)) {
      case Rel::kRelcl:
      case Rel::kParataxis:
      case Rel::kAppos:
      case Rel::kDiscourse:
      case Rel::kAdvclRelcl:
        return true;
      case Rel::kNsubj:
      case Rel::kNsubjPass:
      case Rel::kCsubj:
      case Rel::kCop:
      case Rel::kAux:
      case Rel::kAuxPass:
      case Rel::kExpl:
      case Rel::kMark:
      case Rel::kAdvcl:
      case Rel::kCcomp:
      case Rel::kObl:
      case Rel::kVocative:
      case Rel::kOblBare:
      case Rel::kXcomp:
      case Rel::kOther:
        return top;
      case Rel::kCase:
        return top && tree_.lower(t) != "'s" && tree_.lower(t) != "’s";
      case Rel::kCc:
        return top && t < clause_.head;
      case Rel::kConj:
        return top && (IsClauseHead(t) || HasOtherCase(clause_.head, t));
      case Rel::kAdvmod:
        return top &&
               (t < clause_.cop || words::Has(words::kNegators, tree_.lower(t)) ||
                (!adjective && t > clause_.head) || words::Has(words::kTimeAdverbs, tree_.lower(t)) ||
                words::Has(words::kModalAdverbs, tree_.lower(t)));
      default:
        return false;
    }
  });
}

std::vector<TokenIndex> ArgumentBuilder::ClausePhrase(TokenIndex head, TokenIndex marker) const {
  return tree_.Phrase(head, [&](TokenIndex t) {
    if (tree_.head(t) != head) return false;
    const Rel rel = tree_.rel(t);
    return rel == Rel::kMark || t == marker || (rel == Rel::kCc && t < head) || rel == Rel::kDiscourse ||
           (rel == Rel::kParataxis && words::Has(words::kSpeechVerbs, tree_.lemma(t)));
  });
}

std::vector<TokenIndex> ArgumentBuilder::ContentPhrase(TokenIndex child) const {
  std::vector<TokenIndex> tokens = ClausePhrase(child);
  if (child > clause_.head || !words::Has(words::kSpeechVerbs, tree_.lemma(clause_.head))) return tokens;
  const auto opening = std::find_if(tokens.begin(), tokens.end(), [&](TokenIndex t) {
    return tree_.lower(t) == "“" || tree_.lower(t) == "``" || tree_.lower(t) == "\"";
  });
  if (opening != tokens.end() && *opening > child && opening + 1 != tokens.end()) {
    tokens.erase(tokens.begin(), opening + 1);
    return tokens;
  }
  // The quotation may hang beside the clause before it.
  std::vector<TokenIndex> quotation;
  bool open = false;
  for (TokenIndex t = 0; t < clause_.head; ++t) {
    const std::string_view word = tree_.lower(t);
    const bool opens = word == "“" || word == "``" || (word == "\"" && !open);
    if (opens && t < child) return tokens;
    if (opens)
      open = true;
    else if (word == "”" || word == "''" || word == "\"")
      open = false;
    else if (open)
      quotation.push_back(t);
  }
  while (!quotation.empty() && tree_.lower(quotation.back()) == ",") quotation.pop_back();
  return quotation.empty() ? tokens : quotation;
}

void ArgumentBuilder::AddQuoted(TokenIndex child) {
  if (Has(Role::kClause) || clause_.ccomp != kNoToken || clause_.copular) return;
  for (const Clause& c : clauses_) {
    if (c.head != child || c.attribution.empty() || c.attribution.back().verb != clause_.head) continue;
    Add(Role::kClause, child, "", ClausePhrase(child));
    return;
  }
}

void ArgumentBuilder::AddParenthesized() {
  if (clause_.link != Rel::kParataxis || Has(Role::kClause) || Has(Role::kObject) ||
      clause_.governor == kNoToken)
    return;
  for (const Clause& c : clauses_) {
    if (c.head != clause_.governor || c.attribution.empty() || c.attribution.back().verb != clause_.head)
      continue;
    std::vector<TokenIndex> content = tree_.Phrase(c.head, [&](TokenIndex t) { return t == clause_.head; });
    Add(Role::kClause, c.head, "", std::move(content));
    return;
  }
}

std::vector<Argument> BuildArguments(const Tree& tree, const std::vector<Clause>& clauses, size_t index) {
  return ArgumentBuilder(tree, clauses, index).Build();
}

}  // namespace dossier::ingest
