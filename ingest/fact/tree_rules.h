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
  bool GerundNoun(TokenIndex t), AuxiliaryHave(TokenIndex t), ParticlePreposition(TokenIndex t), MarkedObject(TokenIndex t),
      AdjectiveVerb(TokenIndex t), SubjectOfNoun(TokenIndex t), Particle(TokenIndex t), BareOblique(TokenIndex t),
      AdjectiveNoun(TokenIndex t);
  void VerbLemmas();
  void VerbNouns();
  void ObjectOfVerbNoun(TokenIndex verb);
  bool ParticipleCopula(TokenIndex t), BeParticiple(TokenIndex t), PassiveWithoutBe(TokenIndex t), AuxiliaryConjunct(TokenIndex t),
      ParenthesisPassive(TokenIndex t);

  // --- repair_names.cc
  bool NameBesideNoun(TokenIndex t), TitleFlat(TokenIndex t), GenitiveApposition(TokenIndex t);
  bool SubjectBesideRelative(TokenIndex noun, TokenIndex next, TokenIndex left);
  bool CoordinatedSubject(TokenIndex t, TokenIndex next);
  bool NameApposition(TokenIndex t);
  bool HasTitleWord(TokenIndex name, TokenIndex end) const;
  bool DoubleSubject(TokenIndex t);
  bool ListOfSubjects(TokenIndex first, TokenIndex next);
  bool RelativeSubject(TokenIndex noun, TokenIndex verb);
  bool WhoseSubject(TokenIndex noun, TokenIndex verb);
  bool CopulaSubject(TokenIndex t), CompoundOfVerb(TokenIndex t), DashApposition(TokenIndex t), TitleBeforeName(TokenIndex t);

  // --- repair_clauses.cc
  bool ParticipleRoot(TokenIndex t), InsertedSpeech(TokenIndex t), InfinitiveBeforeMain(TokenIndex t), CopulaOblique(TokenIndex t),
      SubordinateLost(TokenIndex t), QuotedSubject(TokenIndex t), FrontedAdjective(TokenIndex t), FiniteAcl(TokenIndex t),
      FiniteConjunct(TokenIndex t), AgreementConjunct(TokenIndex t), FrontedSubordinate(TokenIndex t), InfinitiveRoot(TokenIndex t),
      MainVerbLost(TokenIndex t), FrontedParticiple(TokenIndex t), FrontedParticipleSubject(TokenIndex t);

  // --- repair_attachment.cc
  bool BeforeCoordinator(TokenIndex t), TimeInfinitive(TokenIndex t), TimeConjunct(TokenIndex t), EventNounArgument(TokenIndex t),
      AgentOfEventNoun(TokenIndex t), CasedSubject(TokenIndex t), CasedParataxis(TokenIndex t), PreventedFrom(TokenIndex t),
      AdverbialMark(TokenIndex t), WhetherSubject(TokenIndex t), NamingComplement(TokenIndex t), TitleApposition(TokenIndex t),
      ThatClause(TokenIndex t), OfObject(TokenIndex t), ArgumentOfVerb(TokenIndex t), ParticipleBeforeNoun(TokenIndex t),
      WithAbsolute(TokenIndex t), CommaParticiple(TokenIndex t), MarkedAcl(TokenIndex t);

  // --- repair_lost_verbs.cc
  bool HasFiniteVerb() const;
  bool VerblessNoun(TokenIndex t), VerblessParticiple(TokenIndex t), VerblessModifier(TokenIndex t);
  void MakeVerb(TokenIndex t, std::string_view xpos);
  void TakeOver(TokenIndex verb, TokenIndex noun);
  bool DemonymNoun(TokenIndex t), ModifierWithSubject(TokenIndex t), InfinitiveModifier(TokenIndex t), ReducedSubject(TokenIndex t),
      ObjectRelative(TokenIndex t);

  // --- repair_parts.cc
  bool EvidenceInfinitive(TokenIndex t), HyphenNoun(TokenIndex t), DemonymOfTitle(TokenIndex t), BareTime(TokenIndex t),
      FrontedRole(TokenIndex t), DashClause(TokenIndex t), BetweenConjunct(TokenIndex t), Ampersand(TokenIndex t),
      MarkOfAuxiliary(TokenIndex t), BetweenClause(TokenIndex t), ParticleCase(TokenIndex t), RelativeOfVerb(TokenIndex t),
      InsertedRelative(TokenIndex t), WishInfinitive(TokenIndex t);

  Tree& tree_;
  std::vector<std::string>* fired_;
  std::vector<TokenIndex> head_;  // the tree before the rule at work
  std::vector<Rel> rel_;
  std::vector<Pos> pos_;
};

}  // namespace dossier::ingest
