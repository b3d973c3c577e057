// The rules of tree_repair.h as members of one class, which only their files include:
//
//   tree_repair.cc          order of the rules, undoing, and what the rules have in common
//   repair_words.cc         lemmas, verbs taken for nouns, participles taken for copulas
//   repair_names.cc         names, titles and subjects
//   repair_clauses.cc       which verb is the main one
//   repair_attachment.cc    what belongs to the verb and what to the noun before it
//   repair_lost_verbs.cc    sentences that seem to have no verb
//   repair_parts.cc         parts of phrases and sentences hung a step too high or too low
//
// A rule looks at one token and says whether it changed the tree. Thread-compatible.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/entity/lexicon.h"
#include "ingest/fact/tree.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {

class TreeRepair {
 public:
  // `fired` (may be null) gets the names of the rules that changed something.
  explicit TreeRepair(Tree& tree, std::vector<std::string>* fired = nullptr) : tree_(tree), fired_(fired) {}
  void Run();

 private:
  using Rule = bool (TreeRepair::*)(TokenIndex);
  struct NamedRule {
    std::string_view name;
    Rule rule;
    bool below;   // the rule is about tokens that have a head
  };
  static const std::vector<NamedRule>& Rules();
  // Applies the rule to each token in turn; what would leave tokens unreachable is undone.
  void Apply(const NamedRule& rule);
  void Save();

  // --- what the rules have in common
  void Attach(TokenIndex t, TokenIndex head, Rel rel);
  // `t` takes the place of `other` in the tree, which is attached to it.
  void Swap(TokenIndex t, TokenIndex other, Rel rel_of_other);
  bool IsVerb(TokenIndex t) const;
  bool HasSubject(TokenIndex t) const;
  bool HasAuxiliary(TokenIndex t) const;
  bool IsFiniteForm(TokenIndex t) const;
  // Tensed by itself or by its auxiliary.
  bool IsFinite(TokenIndex t) const;
  TokenIndex LeftEdge(TokenIndex t) const;
  TokenIndex RightEdge(TokenIndex t) const;
  // The nearest predicate above `t`.
  TokenIndex ClauseAbove(TokenIndex t) const;
  bool HasRelativePronoun(TokenIndex t) const;
  // The finite clause at or above a clause: conjuncts with subjects of their own join main clauses, not
  // infinitives.
  TokenIndex MainClause(TokenIndex clause) const;
  // -1 singular ("has", "runs"), 1 not singular ("have", "run"), 0 unknown.
  int NumberOf(TokenIndex t) const;
  // "do" and the modals ask for a base form.
  TokenIndex BareAuxiliary(TokenIndex t) const;

  // --- repair_words.cc
  bool GerundNoun(TokenIndex t);
  bool AuxiliaryHave(TokenIndex t);
  bool ParticlePreposition(TokenIndex t);
  bool MarkedObject(TokenIndex t);
  bool AdjectiveVerb(TokenIndex t);
  bool SubjectOfNoun(TokenIndex t);
  bool Particle(TokenIndex t);
  bool BareOblique(TokenIndex t);
  bool AdjectiveNoun(TokenIndex t);
  void VerbLemmas();
  void VerbNouns();
  void ObjectOfVerbNoun(TokenIndex verb);
  bool ParticipleCopula(TokenIndex t);
  bool BeParticiple(TokenIndex t);
  bool PassiveWithoutBe(TokenIndex t);
  bool AuxiliaryConjunct(TokenIndex t);
  bool ParenthesisPassive(TokenIndex t);

  // --- repair_names.cc
  bool NameBesideNoun(TokenIndex t);
  bool TitleFlat(TokenIndex t);
  bool GenitiveApposition(TokenIndex t);
  bool SubjectBesideRelative(TokenIndex noun, TokenIndex next, TokenIndex left);
  bool CoordinatedSubject(TokenIndex t, TokenIndex next);
  bool NameApposition(TokenIndex t);
  bool HasTitleWord(TokenIndex name, TokenIndex end) const;
  bool DoubleSubject(TokenIndex t);
  bool ListOfSubjects(TokenIndex first, TokenIndex next);
  bool RelativeSubject(TokenIndex noun, TokenIndex verb);
  bool WhoseSubject(TokenIndex noun, TokenIndex verb);
  bool CopulaSubject(TokenIndex t);
  bool CompoundOfVerb(TokenIndex t);
  bool DashApposition(TokenIndex t);
  bool TitleBeforeName(TokenIndex t);

  // --- repair_clauses.cc
  bool ParticipleRoot(TokenIndex t);
  bool InsertedSpeech(TokenIndex t);
  bool InfinitiveBeforeMain(TokenIndex t);
  bool CopulaOblique(TokenIndex t);
  bool SubordinateLost(TokenIndex t);
  bool QuotedSubject(TokenIndex t);
  bool FrontedAdjective(TokenIndex t);
  bool FiniteAcl(TokenIndex t);
  bool FiniteConjunct(TokenIndex t);
  bool AgreementConjunct(TokenIndex t);
  bool FrontedSubordinate(TokenIndex t);
  bool InfinitiveRoot(TokenIndex t);
  bool MainVerbLost(TokenIndex t);
  bool FrontedParticiple(TokenIndex t);
  bool FrontedParticipleSubject(TokenIndex t);

  // --- repair_attachment.cc
  bool BeforeCoordinator(TokenIndex t);
  bool TimeInfinitive(TokenIndex t);
  bool TimeConjunct(TokenIndex t);
  bool EventNounArgument(TokenIndex t);
  bool AgentOfEventNoun(TokenIndex t);
  bool CasedSubject(TokenIndex t);
  bool CasedParataxis(TokenIndex t);
  bool PreventedFrom(TokenIndex t);
  bool AdverbialMark(TokenIndex t);
  bool WhetherSubject(TokenIndex t);
  bool NamingComplement(TokenIndex t);
  bool TitleApposition(TokenIndex t);
  bool ThatClause(TokenIndex t);
  bool OfObject(TokenIndex t);
  bool ArgumentOfVerb(TokenIndex t);
  bool ParticipleBeforeNoun(TokenIndex t);
  bool WithAbsolute(TokenIndex t);
  bool CommaParticiple(TokenIndex t);
  bool MarkedAcl(TokenIndex t);

  // --- repair_lost_verbs.cc
  bool HasFiniteVerb() const;
  bool VerblessNoun(TokenIndex t);
  bool VerblessParticiple(TokenIndex t);
  bool VerblessModifier(TokenIndex t);
  void MakeVerb(TokenIndex t, std::string_view xpos);
  void TakeOver(TokenIndex verb, TokenIndex noun);
  bool DemonymNoun(TokenIndex t);
  bool ModifierWithSubject(TokenIndex t);
  bool InfinitiveModifier(TokenIndex t);
  bool ReducedSubject(TokenIndex t);
  bool ObjectRelative(TokenIndex t);

  // --- repair_parts.cc
  bool EvidenceInfinitive(TokenIndex t);
  bool HyphenNoun(TokenIndex t);
  bool DemonymOfTitle(TokenIndex t);
  bool BareTime(TokenIndex t);
  bool FrontedRole(TokenIndex t);
  bool DashClause(TokenIndex t);
  bool BetweenConjunct(TokenIndex t);
  bool Ampersand(TokenIndex t);
  bool MarkOfAuxiliary(TokenIndex t);
  bool BetweenClause(TokenIndex t);
  bool ParticleCase(TokenIndex t);
  bool RelativeOfVerb(TokenIndex t);
  bool InsertedRelative(TokenIndex t);
  bool WishInfinitive(TokenIndex t);

  Tree& tree_;
  std::vector<std::string>* fired_;
  std::vector<TokenIndex> head_;  // the tree before the rule at work
  std::vector<Rel> rel_;
  std::vector<Pos> pos_;
};

}  // namespace dossier::ingest
