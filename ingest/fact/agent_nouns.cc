// "The army was placed under 200 foreign advisers": nobody says "advise", yet the advisers advise the army.
// The rule asks for an agent noun whose verb is done to people, in a clause that ties its holder to another
// person or body of people, or as a possession of one.
#include "ingest/entity/lexicon.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

bool CanBeServed(const Entity* entity) {
  if (entity == nullptr) return false;
  switch (entity->type) {
    case EntityType::kPerson:
    case EntityType::kOrganization:
    case EntityType::kCountry:
    case EntityType::kGroup:
    case EntityType::kNationality:
      return true;
    default:
      return false;
  }
}

bool IsSubordinator(const Participant& p) {
  return p.role == Role::kSubject || p.preposition == "to" || p.preposition == "under" ||
         p.preposition == "by" || p.preposition == "with" || p.preposition == "alongside" ||
         p.preposition == "from" || p.preposition == "for" || p.role == Role::kObject;
}

// "was subordinated to X" where the parser took the participle for an adjective.
bool IsSubordinatedState(const Tree& tree, const Proposition& p) {
  if (p.kind != TriggerKind::kCopula || tree.pos(p.trigger) != Pos::kAdj) return false;
  std::string_view word = tree.lower(p.trigger);
  if (!word.ends_with("ed")) return false;
  word.remove_suffix(1);
  if (words::Has(words::kSubordinatingVerbs, word)) return true;
  word.remove_suffix(1);
  return words::Has(words::kSubordinatingVerbs, word);
}

}  // namespace

void AppendAgentNounFacts(const SentenceView& view, const Proposition& p,
                          const std::vector<Participant>& participants, const TermResolver& terms,
                          const Lexicon& lexicon, const Fact& circumstances, std::vector<Fact>& out) {
  const bool possessive = p.kind == TriggerKind::kPossessive;
  const Tree& tree = *view.tree;
  if (!possessive && !words::Has(words::kSubordinatingVerbs, p.lemma) && !IsSubordinatedState(tree, p))
    return;
  for (const Participant& agent : participants) {
    const TokenIndex noun = ContentHead(tree, agent.head);
    if (tree.pos(noun) != Pos::kNoun || !IsSubordinator(agent)) continue;
    const std::string_view verb = lexicon.AgentVerb(tree.lemma(noun));
    if (verb.empty() || !words::Has(words::kServingVerbs, verb)) continue;
    for (const Participant& served : participants) {
      if (served.head == agent.head || !IsSubordinator(served) || !CanBeServed(terms.EntityOf(served.term)))
        continue;
      if (served.term.entity >= 0 && served.term.entity == agent.term.entity) continue;
      if (!lexicon.AgentVerb(tree.lemma(ContentHead(tree, served.head))).empty() && served.head < agent.head)
        continue;
      Fact fact = circumstances;
      fact.qualifiers.clear();
      fact.subject = agent.term;
      fact.relation = verb;
      fact.phrase = tree.lower(noun);
      fact.phrase_span = view.sentence->tokens[static_cast<size_t>(noun)].span;
      fact.object = served.term;
      fact.inferred = true;
      fact.confidence *= 0.6;
      fact.rule = possessive ? "agent-noun-poss" : "agent-noun";
      out.push_back(std::move(fact));
    }
  }
}

}  // namespace dossier::ingest
