// What an event noun says of its owner and its complements: "Swedish support for Finland", "the bank's control of the mine", "arms sales
// to Oslo", "talks between A and B", "the arrest of X by Y". Ends must be entities. What is called alleged, possible or future, demanded,
// denied, feared ... does not count as asserted. Nouns of what somebody has somewhere say so: "its base in Z", "Norwegian troops in Y".
#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/entity/noun_frames.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

struct NounFiller {
  std::string_view role;   // "S", "O" or a preposition
  TokenIndex head = kNoToken;
  FactTerm term;
};

class EventNouns {
 public:
  EventNouns(const SentenceView& view, const TermResolver& terms, const Lexicon& lexicon, const CircumstancesOf& circumstances,
             std::vector<Fact>& out)
      : view_(view), tree_(*view.tree), terms_(terms), lexicon_(lexicon), circumstances_(circumstances), out_(out) {}

  void Visit(TokenIndex noun) {
    if (tree_.pos(noun) != Pos::kNoun || !tree_.Reachable(noun) || IsNegated(noun)) return;
    Installation(noun);
    if (lexicon_.IsPerson(tree_.lemma(noun))) return;
    const auto frame = FrameOf(lexicon_, tree_.lemma(noun));
    if (!frame) return;
    fillers_.clear();
    if (TwoSides(noun, *frame)) return;
    for (TokenIndex child : tree_.children(noun)) {
      if (child < noun) Before(child, *frame);
      else Behind(child, *frame);
    }
    // "a round of sanctions against X": what hangs on the round is said of the sanctions.
    const TokenIndex whole = tree_.head(noun);
    if (whole != kNoToken && whole < noun && tree_.rel(noun) == Rel::kNmod && ContentHead(tree_, whole) == noun) {
      for (TokenIndex child : tree_.children(whole)) {
        if (child > noun) Behind(child, *frame);
      }
    }
    Between(noun, *frame);
    Emit(noun, *frame);
  }

 private:
  // "alleged ties", "possible support"
  bool IsDoubtful(TokenIndex noun) const {
    const auto children = tree_.children(noun);
    return std::any_of(children.begin(), children.end(),
                       [&](TokenIndex c) { return words::Has(words::kDoubtfulModifiers, tree_.lower(c)); });
  }

  // "no support"
  bool IsNegated(TokenIndex noun) const {
    const TokenIndex det = tree_.Child(noun, Rel::kDet);
    return det != kNoToken && tree_.lower(det) == "no";
  }

  // "Chilean troops in Peru", "the bank's office in Lima": the owner has them there.
  void Installation(TokenIndex noun) {
    if (!words::Has(words::kInstallationNouns, tree_.lemma(noun))) return;
    std::optional<FactTerm> owner;
    TokenIndex place = kNoToken;
    for (TokenIndex child : tree_.children(noun)) {
      const Rel rel = tree_.rel(child);
      const bool adjective = (rel == Rel::kAmod || rel == Rel::kCompound) && IsAdjective(child);
      if (child < noun && (rel == Rel::kNmodPoss || adjective)) owner = terms_.Resolve(view_, child);
      if (child < noun || rel != Rel::kNmod) continue;
      const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
      if (preposition == "in" || preposition == "near") place = child;
    }
    if (place == kNoToken) place = PlaceBehind(noun);
    if (!owner || place == kNoToken) return;
    const Entity* entity = terms_.EntityOf(*owner);
    auto where = terms_.Resolve(view_, place);
    const Entity* there = where ? terms_.EntityOf(*where) : nullptr;
    if (entity == nullptr || !Acts(*entity) || there == nullptr ||
        (there->type != EntityType::kPlace && there->type != EntityType::kCountry))
      return;
    Append(noun, std::move(owner), Cat("have_", tree_.lemma(noun) == "troops" ? "troop" : tree_.lemma(noun), "_in"), std::move(where), 0.6, {});
  }

  static bool Acts(const Entity& entity) {
    return entity.type == EntityType::kPerson || entity.type == EntityType::kOrganization || entity.type == EntityType::kCountry ||
           entity.type == EntityType::kGroup || entity.type == EntityType::kNationality;
  }

  void AddFiller(std::string_view role, TokenIndex head) {
    if (role.empty()) return;
    auto term = terms_.Resolve(view_, head);
    if (!term || term->entity < 0) return;
    fillers_.push_back({role, head, std::move(*term)});
  }

  // "visited French troops in Mali": the place behind the object, though it hangs on the verb.
  TokenIndex PlaceBehind(TokenIndex noun) const {
    const TokenIndex verb = tree_.head(noun);
    if (verb == kNoToken || tree_.rel(noun) != Rel::kObj || noun + 1 >= tree_.size() || tree_.lower(noun + 1) != "in") return kNoToken;
    const TokenIndex place = tree_.head(noun + 1);
    return place != kNoToken && tree_.rel(place) == Rel::kObl && tree_.head(place) == verb ? place : kNoToken;
  }

  // A possessor, a country's adjective, a noun that says what is dealt with ("arms sales").
  void Before(TokenIndex child, const NounFrame& frame) {
    const Rel rel = tree_.rel(child);
    if (rel == Rel::kNmodPoss) {
      auto term = terms_.Resolve(view_, child);
      const Entity* entity = term ? terms_.EntityOf(*term) : nullptr;
      if (entity == nullptr || (!Acts(*entity) && !entity->named)) return;
      fillers_.push_back({frame.RoleOf("'s") == "O" ? "O" : "S", child, std::move(*term)});
      return;
    }
    if (rel != Rel::kAmod && rel != Rel::kCompound && rel != Rel::kDesc) return;
    auto term = terms_.Resolve(view_, child);
    const Entity* entity = term ? terms_.EntityOf(*term) : nullptr;
    if (entity != nullptr && tree_.pos(child) != Pos::kNoun &&
        (entity->type == EntityType::kCountry || (entity->type == EntityType::kOrganization && IsAdjective(child)))) {
      if (IsAdjective(child)) fillers_.push_back({"S", child, std::move(*term)});
      return;
    }
    // "French arms sales": the country's adjective may hang on the noun between.
    if (rel != Rel::kCompound) return;
    for (TokenIndex inner : tree_.children(child)) {
      if (tree_.rel(inner) == Rel::kAmod && IsAdjective(inner)) AddFiller("S", inner);
    }
  }

  bool IsAdjective(TokenIndex t) const {
    return lexicon_.CountryByDemonym(tree_.sentence().tokens[static_cast<size_t>(t)].form) != nullptr;
  }

  // "Turkish-Azerbaijani cooperation": both sides as one compound before the noun.
  bool TwoSides(TokenIndex noun, const NounFrame& frame) {
    for (TokenIndex t = noun - 1; t >= 2 && t > noun - 6; --t) {
      if (tree_.lower(t - 1) != "-" || !IsAdjective(t) || !IsAdjective(t - 2)) continue;
      auto one = terms_.Resolve(view_, t - 2), other = terms_.Resolve(view_, t);
      if (!one || !other || one->entity < 0 || other->entity < 0 || frame.RoleOf("with").empty()) return false;
      Append(noun, std::move(one), Cat(frame.verb, "_with"), std::move(other), 0.6, {});
      return true;
    }
    return false;
  }

  void Behind(TokenIndex child, const NounFrame& frame) {
    if (tree_.rel(child) != Rel::kNmod || IsTimeNoun(tree_, child) || !tree_.IsNominal(child)) return;
    const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
    if (preposition.empty() || preposition == "between" || preposition == "among") return;
    std::string_view role = frame.RoleOf(preposition);
    if (role.empty()) role = UsualRole(frame, preposition);
    const bool setting = preposition == "in" || preposition == "at" || preposition == "as" || preposition == "on";
    if (role.empty() || (role == preposition && setting && !IsVerbs(frame, preposition))) return;
    if (role == preposition && !words::Has(words::kArgumentPrepositions, preposition) && !setting) return;
    AddFiller(role, child);
    for (TokenIndex conjunct : tree_.children(child)) {
      if (tree_.rel(conjunct) == Rel::kConj && tree_.IsNominal(conjunct) && tree_.Child(conjunct, Rel::kCase) == kNoToken)
        AddFiller(role, conjunct);
    }
  }

  // Of a preposition that the examples do not have.
  static std::string_view UsualRole(const NounFrame& frame, std::string_view preposition) {
    const std::string key = Cat(frame.verb, " ", preposition);
    if (words::Has(words::kNounPrepositionObjects, key)) return "O";
    for (const std::string_view usual : {"to", "toward", "towards", "against", "from", "into", "with", "over"}) {
      if (usual == preposition) return usual;
    }
    return "";
  }

  // A setting that the verb asks for: "invest in", "depend on".
  static bool IsVerbs(const NounFrame& frame, std::string_view preposition) {
    return frame.verb.starts_with("be_") || frame.verb == "invest" || frame.verb == "participate" || frame.verb == "involve" || frame.verb == "interfere" ||
           frame.verb == "intervene" || (preposition == "on" && frame.verb != "demand");
  }

  // "talks between A and B", "the war between A and B"
  void Between(TokenIndex noun, const NounFrame& frame) {
    for (TokenIndex child : tree_.children(noun)) {
      if (tree_.rel(child) != Rel::kNmod || child < noun) continue;
      const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
      if (preposition != "between" && preposition != "among") continue;
      std::vector<FactTerm> sides;
      if (auto term = terms_.Resolve(view_, child); term && term->entity >= 0) sides.push_back(std::move(*term));
      for (TokenIndex conjunct : tree_.children(child)) {
        if (tree_.rel(conjunct) != Rel::kConj) continue;
        if (auto term = terms_.Resolve(view_, conjunct); term && term->entity >= 0) sides.push_back(std::move(*term));
      }
      const bool own = std::any_of(fillers_.begin(), fillers_.end(), [](const NounFiller& f) { return f.role == "S"; });
      if (own && frame.RoleOf(preposition) == preposition) {  // "Qatar's mediation between the factions"
        AddFiller(frame.RoleOf(preposition), child);
        continue;
      }
      for (size_t i = 1; i < sides.size() && i < 4; ++i) Append(noun, sides[0], Cat(frame.verb, "_with"), sides[i], 0.6, {});
    }
  }

  void Append(TokenIndex noun, std::optional<FactTerm> subject, std::string relation, std::optional<FactTerm> object, double confidence,
              std::vector<FactQualifier> qualifiers) {
    if (subject && object && subject->entity >= 0 && subject->entity == object->entity) return;
    Fact fact = circumstances_(noun);
    fact.subject = std::move(subject);
    fact.object = std::move(object);
    fact.relation = std::move(relation);
    fact.phrase = view_.sentence->tokens[static_cast<size_t>(noun)].form;
    fact.phrase_span = view_.sentence->tokens[static_cast<size_t>(noun)].span;
    fact.qualifiers = std::move(qualifiers);
    if (IsDoubtful(noun)) fact.modality = Modality::kPossible, fact.asserted = false;
    fact.inferred = true;
    fact.confidence = confidence;
    fact.rule = "event-noun";
    out_.push_back(std::move(fact));
  }

  // Somebody or something in particular: what an event without a doer may be told of.
  bool IsParticular(const NounFiller& filler) const {
    const Entity* entity = terms_.EntityOf(filler.term);
    if (entity == nullptr || entity->shared_concept) return false;
    const TokenIndex det = tree_.Child(filler.head, Rel::kDet);
    return entity->named || Acts(*entity) || (det != kNoToken && tree_.lower(det) == "the") ||
           tree_.Child(filler.head, Rel::kNmodPoss) != kNoToken;
  }

  bool IsEvent(TokenIndex noun) const {
    const NounClass noun_class = lexicon_.ClassOf(tree_.lemma(noun));
    return noun_class == NounClass::kAct || noun_class == NounClass::kEvent || noun_class == NounClass::kProcess ||
           noun_class == NounClass::kPossession;
  }

  void Emit(TokenIndex noun, const NounFrame& frame) {
    std::vector<const NounFiller*> subjects, objects, others;
    for (const NounFiller& f : fillers_) (f.role == "S" ? subjects : f.role == "O" ? objects : others).push_back(&f);
    // An of-phrase behind a possessor is what is done: "X's arrival of Y" does not exist.
    if (subjects.size() == 2 && objects.empty() && tree_.rel(subjects[0]->head) == Rel::kNmodPoss &&
        tree_.rel(subjects[1]->head) == Rel::kNmod && !frame.Intransitive())
      objects.assign(subjects.begin() + 1, subjects.end());
    // "X's takeover of Y": with both, the possessor does it.
    if (subjects.empty() && objects.size() == 2 && tree_.rel(objects[0]->head) == Rel::kNmodPoss && tree_.rel(objects[1]->head) == Rel::kNmod) {
      subjects.push_back(objects.front());
      objects.erase(objects.begin());
    }
    const std::string verb(frame.verb);
    const NounFiller* subject = subjects.empty() ? nullptr : subjects.front();
    const auto compound = CompoundObject(noun, frame);
    if (subject != nullptr) {
      for (const NounFiller* object : objects) Append(noun, subject->term, verb, object->term, 0.6, Qualifiers(others));
      if (compound && objects.empty()) Append(noun, subject->term, verb, *compound, 0.55, Qualifiers(others));
      for (const NounFiller* other : others) Append(noun, subject->term, Cat(verb, "_", other->role), other->term, 0.6, {});
      if (objects.empty() && others.empty() && frame.from_examples && frame.Intransitive() && IsDone(noun, subject->head))
        Append(noun, subject->term, verb, std::nullopt, 0.5, {});
      return;
    }
    if (!IsEvent(noun) || !frame.from_examples || frame.RoleOf("need") == "S") return;
    for (const NounFiller* object : objects) {
      if (IsParticular(*object)) Append(noun, std::nullopt, verb, object->term, 0.5, Qualifiers(others));
    }
  }

  // A doer without complement counts when it is named by a possessor or a phrase, not by an adjective.
  bool IsDone(TokenIndex noun, TokenIndex subject) const {
    const NounClass noun_class = lexicon_.ClassOf(tree_.lemma(noun));
    const auto term = terms_.Resolve(view_, subject);
    const Entity* entity = term ? terms_.EntityOf(*term) : nullptr;
    const bool happens = noun_class == NounClass::kAct ||  // "the collapse of X" of somebody or something in particular
                         ((noun_class == NounClass::kEvent || noun_class == NounClass::kProcess) && entity != nullptr && entity->named);
    return happens && (tree_.rel(subject) == Rel::kNmod || tree_.rel(subject) == Rel::kNmodPoss) && tree_.pos(subject) != Pos::kPron;
  }

  // "arms sales": the noun right before the event noun, where such a noun is the verb's object.
  std::optional<FactTerm> CompoundObject(TokenIndex noun, const NounFrame& frame) const {
    const TokenIndex before = noun - 1;
    if (before < 0 || tree_.head(before) != noun || tree_.rel(before) != Rel::kCompound || tree_.pos(before) != Pos::kNoun ||
        frame.Intransitive() || !words::Has(words::kTradeVerbs, frame.verb))
      return std::nullopt;
    // "arms" are no limbs here.
    const NounClass noun_class = tree_.lower(before) == "arms" ? NounClass::kArtifact : lexicon_.ClassOf(tree_.lemma(before));
    if (noun_class != NounClass::kArtifact && noun_class != NounClass::kSubstance && noun_class != NounClass::kFood &&
        noun_class != NounClass::kPossession)
      return std::nullopt;
    return terms_.Literal(view_, {before});
  }

  std::vector<FactQualifier> Qualifiers(const std::vector<const NounFiller*>& others) const {
    std::vector<FactQualifier> qualifiers;
    for (const NounFiller* other : others) qualifiers.push_back({Cat("q_", other->role), other->term});
    return qualifiers;
  }

  const SentenceView& view_;
  const Tree& tree_;
  const TermResolver& terms_;
  const Lexicon& lexicon_;
  const CircumstancesOf& circumstances_;
  std::vector<Fact>& out_;
  std::vector<NounFiller> fillers_;
};

}  // namespace

void AppendNominalFacts(const SentenceView& view, const TermResolver& terms, const Lexicon& lexicon,
                        const CircumstancesOf& circumstances, std::vector<Fact>& out) {
  EventNouns nouns(view, terms, lexicon, circumstances, out);
  for (TokenIndex noun = 0; noun < view.tree->size(); ++noun) nouns.Visit(noun);
}

}  // namespace dossier::ingest
