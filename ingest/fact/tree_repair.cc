#include "ingest/fact/tree_repair.h"

#include <algorithm>

#include "ingest/fact/tree_rules.h"

namespace dossier::ingest {

// In this order: later rules rely on what earlier ones put right.
const std::vector<TreeRepair::NamedRule>& TreeRepair::Rules() {
  static const auto* const kRules = new std::vector<NamedRule>{
      {"adjective-verb", &TreeRepair::AdjectiveVerb, false},
      {"noun-with-subject", &TreeRepair::SubjectOfNoun, false},
      {"adjective-noun", &TreeRepair::AdjectiveNoun, true},
      {"verbless-noun", &TreeRepair::VerblessNoun, false},
      {"verbless-participle", &TreeRepair::VerblessParticiple, true},
      {"verbless-modifier", &TreeRepair::VerblessModifier, true},
      {"demonym-noun", &TreeRepair::DemonymNoun, false},
      {"modifier-with-subject", &TreeRepair::ModifierWithSubject, true},
      {"infinitive-modifier", &TreeRepair::InfinitiveModifier, true},
      {"reduced-subject", &TreeRepair::ReducedSubject, true},
      {"object-relative", &TreeRepair::ObjectRelative, true},
      {"auxiliary-have", &TreeRepair::AuxiliaryHave, true},
      {"genitive-apposition", &TreeRepair::GenitiveApposition, true},
      {"title-flat", &TreeRepair::TitleFlat, false},
      {"gerund-noun", &TreeRepair::GerundNoun, true},
      {"marked-object", &TreeRepair::MarkedObject, true},
      {"particle", &TreeRepair::Particle, true},
      {"name-beside-noun", &TreeRepair::NameBesideNoun, true},
      {"particle-preposition", &TreeRepair::ParticlePreposition, true},
      {"bare-oblique", &TreeRepair::BareOblique, true},
      {"mark-of-auxiliary", &TreeRepair::MarkOfAuxiliary, true},
      {"particle-case", &TreeRepair::ParticleCase, true},
      {"relative-of-verb", &TreeRepair::RelativeOfVerb, true},
      {"inserted-relative", &TreeRepair::InsertedRelative, true},
      {"between-clause", &TreeRepair::BetweenClause, true},
      {"inserted-speech", &TreeRepair::InsertedSpeech, false},
      {"cased-subject", &TreeRepair::CasedSubject, true},
      {"cased-parataxis", &TreeRepair::CasedParataxis, true},
      {"fronted-participle-subject", &TreeRepair::FrontedParticipleSubject, true},
      {"participle-copula", &TreeRepair::ParticipleCopula, false},
      {"be-participle", &TreeRepair::BeParticiple, true},
      {"passive-without-be", &TreeRepair::PassiveWithoutBe, true},
      {"subordinate-lost", &TreeRepair::SubordinateLost, true},
      {"quoted-subject", &TreeRepair::QuotedSubject, true},
      {"auxiliary-conjunct", &TreeRepair::AuxiliaryConjunct, true},
      {"name-apposition", &TreeRepair::NameApposition, true},
      {"compound-of-verb", &TreeRepair::CompoundOfVerb, true},
      {"double-subject", &TreeRepair::DoubleSubject, true},
      {"copula-subject", &TreeRepair::CopulaSubject, true},
      {"that-clause", &TreeRepair::ThatClause, true},
      {"of-object", &TreeRepair::OfObject, true},
      {"dash-apposition", &TreeRepair::DashApposition, true},
      {"adverbial-mark", &TreeRepair::AdverbialMark, true},
      {"prevented-from", &TreeRepair::PreventedFrom, true},
      {"parenthesis-passive", &TreeRepair::ParenthesisPassive, true},
      {"title-apposition", &TreeRepair::TitleApposition, true},
      {"naming-complement", &TreeRepair::NamingComplement, true},
      {"title-before-name", &TreeRepair::TitleBeforeName, true},
      {"fronted-adjective", &TreeRepair::FrontedAdjective, false},
      {"infinitive-root", &TreeRepair::InfinitiveRoot, false},
      {"infinitive-before-main", &TreeRepair::InfinitiveBeforeMain, true},
      {"copula-oblique", &TreeRepair::CopulaOblique, true},
      {"whether-subject", &TreeRepair::WhetherSubject, true},
      {"participle-root", &TreeRepair::ParticipleRoot, true},
      {"main-verb-lost", &TreeRepair::MainVerbLost, true},
      {"fronted-subordinate", &TreeRepair::FrontedSubordinate, true},
      {"before-coordinator", &TreeRepair::BeforeCoordinator, true},
      {"time-infinitive", &TreeRepair::TimeInfinitive, true},
      {"time-conjunct", &TreeRepair::TimeConjunct, true},
      {"event-noun-argument", &TreeRepair::EventNounArgument, true},
      {"agent-of-event-noun", &TreeRepair::AgentOfEventNoun, true},
      {"argument-of-verb", &TreeRepair::ArgumentOfVerb, true},
      {"participle-before-noun", &TreeRepair::ParticipleBeforeNoun, true},
      {"finite-acl", &TreeRepair::FiniteAcl, true},
      {"finite-conjunct", &TreeRepair::FiniteConjunct, true},
      {"agreement-conjunct", &TreeRepair::AgreementConjunct, true},
      {"with-absolute", &TreeRepair::WithAbsolute, true},
      {"comma-participle", &TreeRepair::CommaParticiple, true},
      {"marked-acl", &TreeRepair::MarkedAcl, true},
      {"fronted-participle", &TreeRepair::FrontedParticiple, true},
      {"evidence-infinitive", &TreeRepair::EvidenceInfinitive, true},
      {"hyphen-noun", &TreeRepair::HyphenNoun, true},
      {"demonym-of-title", &TreeRepair::DemonymOfTitle, true},
      {"bare-time", &TreeRepair::BareTime, true},
      {"fronted-role", &TreeRepair::FrontedRole, true},
      {"dash-clause", &TreeRepair::DashClause, true},
      {"wish-infinitive", &TreeRepair::WishInfinitive, true},
      {"between-conjunct", &TreeRepair::BetweenConjunct, true},
      {"ampersand", &TreeRepair::Ampersand, true},
  };
  return *kRules;
}

void TreeRepair::Run() {
  VerbLemmas();
  VerbNouns();
  Save();
  for (const NamedRule& rule : Rules()) Apply(rule);
}

void TreeRepair::Save() { head_ = tree_.head_, rel_ = tree_.rel_, pos_ = tree_.pos_; }

void TreeRepair::Apply(const NamedRule& rule) {
  for (TokenIndex t = 0; t < tree_.size(); ++t) {
    if (!tree_.Reachable(t) || (rule.below && tree_.head(t) == kNoToken) || !(this->*rule.rule)(t)) continue;
    const size_t reached = tree_.top_down_.size();
    tree_.Index();
    if (tree_.top_down_.size() == reached) {
      Save();
      if (fired_ != nullptr) fired_->emplace_back(rule.name);
    } else {  // a parse so odd that the rule would have made a cycle
      tree_.head_ = head_, tree_.rel_ = rel_, tree_.pos_ = pos_;
      tree_.Index();
    }
  }
}

void TreeRepair::Attach(TokenIndex t, TokenIndex head, Rel rel) {
  tree_.head_[Tree::At(t)] = head;
  tree_.rel_[Tree::At(t)] = rel;
}

void TreeRepair::Swap(TokenIndex t, TokenIndex other, Rel rel_of_other) {
  Attach(t, tree_.head(other), tree_.rel(other));
  Attach(other, t, rel_of_other);
}

bool TreeRepair::IsVerb(TokenIndex t) const { return tree_.pos(t) == Pos::kVerb || tree_.pos(t) == Pos::kAux; }

bool TreeRepair::HasSubject(TokenIndex t) const {
  return tree_.Child(t, Rel::kNsubj) != kNoToken || tree_.Child(t, Rel::kNsubjPass) != kNoToken;
}

bool TreeRepair::HasAuxiliary(TokenIndex t) const {
  return tree_.Child(t, Rel::kAux) != kNoToken || tree_.Child(t, Rel::kAuxPass) != kNoToken ||
         tree_.Child(t, Rel::kCop) != kNoToken;
}

bool TreeRepair::IsFiniteForm(TokenIndex t) const {
  const std::string_view xpos = tree_.xpos(t);
  return xpos == "VBD" || xpos == "VBZ" || xpos == "VBP";
}

bool TreeRepair::IsFinite(TokenIndex t) const {
  if (IsVerb(t) && IsFiniteForm(t)) return true;
  for (TokenIndex child : tree_.children(t)) {
    const Rel rel = tree_.rel(child);
    if ((rel == Rel::kAux || rel == Rel::kAuxPass || rel == Rel::kCop) &&
        (IsFiniteForm(child) || tree_.xpos(child) == "MD"))
      return true;
  }
  return false;
}

TokenIndex TreeRepair::LeftEdge(TokenIndex t) const {
  const auto phrase = tree_.Phrase(t, [](TokenIndex) { return false; });
  return phrase.empty() ? t : phrase.front();
}

TokenIndex TreeRepair::RightEdge(TokenIndex t) const {
  const auto phrase = tree_.Phrase(t, [](TokenIndex) { return false; });
  return phrase.empty() ? t : phrase.back();
}

TokenIndex TreeRepair::ClauseAbove(TokenIndex t) const {
  for (TokenIndex steps = 0, up = tree_.head(t); up != kNoToken && steps < tree_.size();
       ++steps, up = tree_.head(up)) {
    if (IsVerb(up) || tree_.Child(up, Rel::kCop) != kNoToken) return up;
  }
  return kNoToken;
}

bool TreeRepair::HasRelativePronoun(TokenIndex t) const {
  const auto children = tree_.children(t);
  return std::any_of(children.begin(), children.end(), [&](TokenIndex child) {
    const std::string_view word = tree_.lower(child);
    return word == "who" || word == "which" || word == "that" || word == "whom" || word == "where" ||
           word == "when" || word == "whose";
  });
}

TokenIndex TreeRepair::MainClause(TokenIndex clause) const {
  for (TokenIndex steps = 0; steps < tree_.size(); ++steps) {
    if (IsFinite(clause)) return clause;
    const TokenIndex above = ClauseAbove(clause);
    if (above == kNoToken) return clause;
    clause = above;
  }
  return clause;
}

int TreeRepair::NumberOf(TokenIndex t) const {
  for (TokenIndex child : tree_.children(t)) {
    const Rel rel = tree_.rel(child);
    if (rel != Rel::kAux && rel != Rel::kAuxPass && rel != Rel::kCop) continue;
    if (tree_.xpos(child) == "VBZ") return -1;
    if (tree_.xpos(child) == "VBP") return 1;
    if (tree_.xpos(child) == "MD") return 0;
  }
  return tree_.xpos(t) == "VBZ" ? -1 : tree_.xpos(t) == "VBP" ? 1 : 0;
}

TokenIndex TreeRepair::BareAuxiliary(TokenIndex t) const {
  for (TokenIndex child : tree_.children(t)) {
    if (tree_.rel(child) == Rel::kAux && (tree_.lemma(child) == "do" || tree_.xpos(child) == "MD"))
      return child;
  }
  return kNoToken;
}

void RepairTree(Tree& tree) { TreeRepair(tree).Run(); }

void RepairSentence(Sentence& sentence, std::vector<std::string>* fired) {
  const Tree before(sentence, false);
  Tree after(sentence, false);
  TreeRepair(after, fired).Run();
  for (TokenIndex t = 0; t < after.size(); ++t) {
    Token& token = sentence.tokens[static_cast<size_t>(t)];
    if (after.head(t) != before.head(t)) token.head = after.head(t);
    if (after.rel(t) != before.rel(t)) token.deprel = NameOf(after.rel(t));
  }
}

}  // namespace dossier::ingest
