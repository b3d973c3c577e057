// What nouns for office, kin and membership say: "X, a member of NATO", "Poland is an ally of X", "president X" of a country; and
// compounds that name a doer: "a Swedish-backed militia".
//
//   Y be_member_of X, Y be_brother_of X          relational nouns with a possessor, of-phrase or name before them
//   Y own X, Y lead X                            agent nouns of verbs that are done to things and bodies
//   X back militia                               hyphenated participles
#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

struct ParticipleCompound {
  std::string_view participle, relation;
  bool object_first;   // "Swedish-aligned Y": Y align_with Sweden
};
constexpr ParticipleCompound kParticipleCompounds[] = {
    {"aligned", "align_with", true},     {"appointed", "appoint", false},   {"backed", "back", false},
    {"based", "be_based_in", true},      {"brokered", "broker", false},     {"built", "build", false},
    {"controlled", "control", false},    {"designed", "design", false},     {"financed", "finance", false},
    {"funded", "fund", false},           {"held", "hold", false},           {"imposed", "impose", false},
    {"installed", "install", false},     {"led", "lead", false},            {"made", "make", false},
    {"mediated", "mediate", false},      {"occupied", "occupy", false},     {"owned", "own", false},
    {"produced", "produce", false},      {"run", "run", false},             {"ruled", "rule", false},
    {"sponsored", "sponsor", false},     {"supplied", "supply", false},     {"supported", "support", false},
    {"trained", "train", false},
};

bool IsNamed(const TermResolver& terms, const std::optional<FactTerm>& term) {
  const Entity* entity = term ? terms.EntityOf(*term) : nullptr;
  return entity != nullptr && entity->named;
}

class RelationalNouns {
 public:
  RelationalNouns(const SentenceView& view, const TermResolver& terms, const Lexicon& lexicon, std::vector<Fact>& out)
      : view_(view), tree_(*view.tree), terms_(terms), lexicon_(lexicon), out_(out) {}

  // `holder` is what `noun` says something about; `base` how the text holds it.
  void Relate(const FactTerm& holder, TokenIndex noun, const Fact& base, bool title) {
    if (tree_.pos(noun) != Pos::kNoun && tree_.pos(noun) != Pos::kPropn) return;
    const std::string lemma = tree_.pos(noun) == Pos::kNoun ? std::string(tree_.lemma(noun)) : std::string(tree_.lower(noun));
    const bool relational = words::Has(words::kRelationalNouns, lemma);
    const std::string_view verb = lexicon_.AgentVerb(lemma);
    const bool agent = !verb.empty() && words::Has(words::kOwningVerbs, verb);
    if (!relational && !agent && !lexicon_.IsPerson(lemma)) return;
    for (TokenIndex child : tree_.children(noun)) {
      if (!IsRelatum(noun, child)) continue;
      auto other = terms_.Resolve(view_, child);
      if (!other || other->entity < 0 || other->entity == holder.entity) continue;
      const Entity* entity = terms_.EntityOf(*other);
      const std::string preposition = PrepositionOf(noun, child);
      if (preposition != "of") {  // "a reporter for X"
        const bool body = entity != nullptr && entity->named && entity->type != EntityType::kPerson && entity->type != EntityType::kDate;
        if (body && lexicon_.IsPerson(lemma)) Append(holder, noun, Cat("be_", lemma, "_", preposition), *other, base);
        continue;
      }
      if (!relational && !agent) {  // "a bodyguard of X"
        const bool person = entity != nullptr && entity->named && (entity->type == EntityType::kPerson || entity->type == EntityType::kOrganization);
        if (person && lexicon_.IsPerson(lemma) && tree_.rel(child) != Rel::kAmod && tree_.rel(child) != Rel::kCompound)
          Append(holder, noun, Cat("be_", lemma, "_of"), *other, base);
        continue;
      }
      const bool adjective = tree_.rel(child) == Rel::kAmod || tree_.rel(child) == Rel::kCompound;
      if (adjective && tree_.Child(noun, Rel::kNmodPoss) != kNoToken) continue;  // "its Irish rival" is its, and Irish
      if (adjective && (entity == nullptr || !entity->named || (title && entity->type != EntityType::kCountry))) continue;
      if (agent) Append(holder, noun, std::string(verb), *other, base);
      if (relational && (!agent || (entity != nullptr && entity->named)))
        Append(holder, noun, Cat("be_", lemma, "_of"), *other, base);
    }
  }

  void Compounds(const CircumstancesOf& circumstances) {
    for (TokenIndex t = 2; t < tree_.size(); ++t) {
      if (tree_.lower(t - 1) != "-") continue;
      const auto* compound = std::find_if(std::begin(kParticipleCompounds), std::end(kParticipleCompounds),
                                          [&](const auto& c) { return c.participle == tree_.lower(t); });
      if (compound == std::end(kParticipleCompounds)) continue;
      const TokenIndex noun = tree_.head(t);
      if (noun == kNoToken || noun < t || !tree_.IsNominal(noun)) continue;
      auto doer = terms_.Resolve(view_, t - 2);
      auto thing = terms_.Resolve(view_, noun);
      if (!IsNamed(terms_, doer) || !thing || thing->entity < 0 || thing->entity == doer->entity) continue;
      Fact base = circumstances(noun);
      const Entity* entity = terms_.EntityOf(*thing);
      if (entity->named) base.modality = Modality::kNone, base.polarity = Polarity::kPositive, base.asserted = true;
      base.rule = "participle-compound";
      if (compound->object_first) Append(*thing, t, std::string(compound->relation), *doer, base);
      else Append(*doer, t, std::string(compound->relation), *thing, base);
    }
  }

  // "acts as an agent of X" (so it is), "regarded as an ally of X" (so some say).
  void Roles(const CircumstancesOf& circumstances) {
    for (const Proposition& p : *view_.propositions) {
      const bool role = words::Has(words::kRoleVerbs, p.lemma), regard = words::Has(words::kRegardVerbs, p.lemma);
      if (p.kind != TriggerKind::kVerb || (!role && !regard)) continue;
      const Argument* who = p.Find(role ? Role::kSubject : Role::kObject);
      auto holder = who == nullptr ? std::nullopt : terms_.Resolve(view_, who->head);
      if (!holder || holder->entity < 0) continue;
      for (const Argument& a : p.arguments) {
        if (a.preposition != "as" || !tree_.IsNominal(a.head)) continue;
        Fact base = circumstances(p.trigger);
        if (regard && base.asserted) base.modality = Modality::kPossible, base.asserted = false;
        Relate(*holder, a.head, base, false);
        if (role) For(*holder, a.head, base);
      }
    }
  }

 private:
  // "a proxy for X"
  void For(const FactTerm& holder, TokenIndex noun, const Fact& base) {
    for (TokenIndex child : tree_.children(noun)) {
      if (tree_.rel(child) != Rel::kNmod || MarkerOf(tree_, child, Rel::kCase) != "for") continue;
      if (auto other = terms_.Resolve(view_, child); other && other->entity >= 0 && other->entity != holder.entity)
        Append(holder, noun, Cat("be_", tree_.lemma(noun), "_for"), *other, base);
    }
  }

  bool IsRelatum(TokenIndex noun, TokenIndex child) const {
    const Rel rel = tree_.rel(child);
    if (rel == Rel::kNmodPoss) return true;
    if (rel == Rel::kNmod && child > noun) {
      const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
      return preposition == "of" || preposition == "to" || preposition == "for" || preposition == "at" || preposition == "with";
    }
    return (rel == Rel::kAmod || rel == Rel::kCompound) && child < noun && tree_.pos(child) != Pos::kNoun;
  }

  // "for", "at", "with"; "of" for all other ways to be somebody's.
  std::string PrepositionOf(TokenIndex noun, TokenIndex child) const {
    if (tree_.rel(child) != Rel::kNmod || child < noun) return "of";
    std::string preposition = MarkerOf(tree_, child, Rel::kCase);
    return preposition == "for" || preposition == "at" || preposition == "with" ? preposition : "of";
  }

  void Append(const FactTerm& subject, TokenIndex noun, std::string relation, const FactTerm& object, const Fact& base) {
    Fact fact = base;
    fact.qualifiers.clear();
    fact.subject = subject;
    fact.object = object;
    fact.relation = std::move(relation);
    fact.phrase = view_.sentence->tokens[static_cast<size_t>(noun)].form;
    fact.phrase_span = view_.sentence->tokens[static_cast<size_t>(noun)].span;
    fact.inferred = true;
    fact.confidence = 0.65;
    if (fact.rule != "participle-compound") fact.rule = "relational-noun";
    out_.push_back(std::move(fact));
  }

  const SentenceView& view_;
  const Tree& tree_;
  const TermResolver& terms_;
  const Lexicon& lexicon_;
  std::vector<Fact>& out_;
};

// Titles and appositions hold whatever is said of their holder.
void TakeForGranted(Fact& fact) {
  fact.modality = Modality::kNone;
  fact.polarity = Polarity::kPositive;
  fact.asserted = true;
  fact.attribution.clear();
}

}  // namespace

void AppendRelationalFacts(const SentenceView& view, const TermResolver& terms, const Lexicon& lexicon,
                           const CircumstancesOf& circumstances, const EntityTable& entities, std::vector<Fact>& out) {
  RelationalNouns nouns(view, terms, lexicon, out);
  const Tree& tree = *view.tree;
  for (const Proposition& p : *view.propositions) {
    const bool says = p.kind == TriggerKind::kCopula || p.kind == TriggerKind::kApposition;
    const Argument* subject = p.Find(Role::kSubject);
    const Argument* complement = p.Find(Role::kComplement);
    if (!says || subject == nullptr || complement == nullptr) continue;
    auto holder = terms.Resolve(view, subject->head);
    auto described = terms.Resolve(view, complement->head);
    Fact base = circumstances(p.kind == TriggerKind::kApposition ? subject->head : p.trigger);
    if (p.kind == TriggerKind::kApposition && !view.quoted[static_cast<size_t>(p.trigger)]) TakeForGranted(base);
    if (holder && holder->entity >= 0) {
      nouns.Relate(*holder, complement->head, base, false);
      for (TokenIndex conjunct : complement->conjuncts) nouns.Relate(*holder, conjunct, base, false);
    }
    // "the founder of X, Jane Doe" and "the founder of X was Jane Doe": the name behind is who it is said of.
    if (IsNamed(terms, described) && tree.pos(subject->head) == Pos::kNoun) nouns.Relate(*described, subject->head, base, false);
  }
  nouns.Roles(circumstances);
  for (size_t i = 0; i < entities.entities.size(); ++i) {
    const Entity& entity = entities.entities[i];
    for (const Title& title : entity.titles) {
      if (title.sentence != view.index || title.end <= title.begin || title.end > tree.size()) continue;
      const TokenIndex noun = TitleNoun(tree, title);
      FactTerm holder;
      holder.text = entity.name;
      holder.entity = static_cast<int>(i);
      Fact base = circumstances(noun);
      TakeForGranted(base);
      nouns.Relate(holder, noun, base, true);
    }
  }
  nouns.Compounds(circumstances);
}

// The last noun of the title before any preposition: "minister" of "minister of defence".
TokenIndex TitleNoun(const Tree& tree, const Title& title) {
  TokenIndex noun = title.begin;
  for (TokenIndex t = title.begin; t < title.end; ++t) {
    if (tree.pos(t) == Pos::kAdp && t > title.begin) break;
    if (tree.pos(t) == Pos::kNoun || tree.pos(t) == Pos::kPropn) noun = t;
  }
  return noun;
}

}  // namespace dossier::ingest
