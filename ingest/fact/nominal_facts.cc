// What an event noun says of its owner and its complement: "Swedish support for Finland", "the bank's control
// of the mine", "Oslo's exports to Bergen". Both ends must be entities; the noun must be the deed of a verb;
// what is called alleged, possible or future is left out.
#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

// The owner: a possessor, or a country's adjective before the noun.
std::optional<FactTerm> OwnerOf(const SentenceView& view, TokenIndex noun, const TermResolver& terms) {
  const Tree& tree = *view.tree;
  for (TokenIndex child : tree.children(noun)) {
    const Rel rel = tree.rel(child);
    if (child > noun || (rel != Rel::kNmodPoss && rel != Rel::kAmod && rel != Rel::kCompound)) continue;
    if (tree.pos(child) == Pos::kPron) continue;
    if (rel != Rel::kNmodPoss && tree.pos(child) != Pos::kAdj && tree.pos(child) != Pos::kPropn) continue;
    auto term = terms.Resolve(view, child);
    const Entity* entity = term ? terms.EntityOf(*term) : nullptr;
    if (entity == nullptr) continue;
    const bool acts = entity->type == EntityType::kPerson || entity->type == EntityType::kOrganization ||
                      entity->type == EntityType::kCountry || entity->type == EntityType::kGroup;
    if (acts && (rel == Rel::kNmodPoss || entity->type == EntityType::kCountry)) return term;
  }
  return std::nullopt;
}

// "alleged ties", "possible support", "no support"
bool IsDoubtful(const Tree& tree, TokenIndex noun) {
  for (TokenIndex child : tree.children(noun)) {
    if (words::Has(words::kDoubtfulModifiers, tree.lower(child))) return true;
  }
  return false;
}

// The relation of a verb to what its noun takes with `preposition`; empty for settings.
std::string RelationOf(std::string_view verb, std::string_view preposition) {
  if (preposition == "of") return std::string(verb);
  std::string key = Cat(verb, " ", preposition);
  if (words::Has(words::kNounPrepositionObjects, key)) return std::string(verb);
  if (preposition == "in" || preposition == "at" || preposition == "by" || preposition == "about" ||
      preposition == "as")
    return "";
  return words::Has(words::kArgumentPrepositions, preposition) ? Cat(verb, "_", preposition) : "";
}

}  // namespace

void AppendNominalFacts(const SentenceView& view, const TermResolver& terms, const Lexicon& lexicon,
                        const CircumstancesOf& circumstances, std::vector<Fact>& out) {
  const Tree& tree = *view.tree;
  for (TokenIndex noun = 0; noun < tree.size(); ++noun) {
    if (tree.pos(noun) != Pos::kNoun || !tree.Reachable(noun) || IsDoubtful(tree, noun)) continue;
    if (lexicon.IsPerson(tree.lemma(noun))) continue;
    const std::string verb(lexicon.NominalVerb(tree.lemma(noun)));
    if (verb.empty()) continue;
    const auto owner = OwnerOf(view, noun, terms);
    if (!owner) continue;
    for (TokenIndex child : tree.children(noun)) {
      if (tree.rel(child) != Rel::kNmod || child < noun || IsTimeNoun(tree, child)) continue;
      const std::string relation = RelationOf(verb, MarkerOf(tree, child, Rel::kCase));
      const auto filler = relation.empty() ? std::nullopt : terms.Resolve(view, child);
      if (!filler || filler->entity < 0 || filler->entity == owner->entity) continue;
      Fact fact = circumstances(noun);
      fact.subject = owner;
      fact.object = filler;
      fact.relation = relation;
      fact.phrase = view.sentence->tokens[static_cast<size_t>(noun)].form;
      fact.phrase_span = view.sentence->tokens[static_cast<size_t>(noun)].span;
      fact.inferred = true;
      fact.confidence = 0.5;
      fact.rule = "event-noun";
      out.push_back(std::move(fact));
    }
  }
}

}  // namespace dossier::ingest
