#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/fact_builder.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

// Coordinations are distributed up to this many pairs a proposition: a table read as a sentence must not
// explode.
constexpr size_t kMaxPairs = 64;

class FactBuilder {
 public:
  FactBuilder(const EntityTable& entities, const Lexicon& lexicon)
      : entities_(entities), terms_(entities), lexicon_(lexicon), quotes_(terms_), reader_(terms_, lexicon) {}

  void Visit(uint32_t index, const Sentence& sentence, const std::vector<Proposition>& propositions) {
    const Tree tree(sentence);
    SentenceView view;
    view.index = index;
    view.sentence = &sentence;
    view.tree = &tree;
    view.propositions = &propositions;
    quotes_.Visit(view);
    view_ = &view;
    reader_.Bind(view);
    found_.clear();
    for (const Proposition& p : propositions) FromProposition(p);
    AppendNominalFacts(
        view, terms_, lexicon_, [&](TokenIndex noun) { return reader_.CircumstancesAround(noun); }, found_);
    AppendRelationalFacts(
        view, terms_, lexicon_, [&](TokenIndex noun) { return reader_.CircumstancesAround(noun); }, entities_, found_);
    Flush();
  }

  std::vector<Fact> Take() { return std::move(facts_); }

 private:
  using Terms = CircumstanceReader::Terms;

  // --- patterns
  // ----------------------------------------------------------------------------------------------------------

  void FromProposition(const Proposition& p) {
    if (p.rule == "copula-bare" && !p.adverbial) return;  // mostly a parser's confusion
    if (p.kind == TriggerKind::kApposition && view_->quoted[static_cast<size_t>(p.trigger)]) return;
    if (p.kind == TriggerKind::kVerb && IsAsSaid(*view_->tree, p.trigger)) return;
    if (p.kind == TriggerKind::kTitle) return;  // entity/ keeps titles with their holders
    if (p.kind == TriggerKind::kPossessive) {
      AgentNouns(p, reader_.Circumstances(p));
      return;
    }
    const Argument* subject = p.Find(Role::kSubject);
    Terms subjects;
    if (subject != nullptr) {
      // "the months leading up to X" only says when.
      if (p.adverbial && (IsTimeNoun(*view_->tree, subject->head) || view_->tree->lower(subject->head) == "what")) return;
      subjects = reader_.TermsOf(*subject);
      if (subjects.empty()) return;  // a pronoun that nobody resolved
    } else if (!p.passive) {
      return;
    }
    Fact base = reader_.Circumstances(p);
    AgentNouns(p, base);
    if (p.kind == TriggerKind::kCopula || p.kind == TriggerKind::kApposition) {
      FromCopula(p, subjects, base);
    } else if (const Argument* object = p.Find(Role::kObject); object != nullptr) {
      FromTransitive(p, *object, subjects, base);
    } else {
      FromIntransitive(p, subjects, base);
    }
  }

  void AgentNouns(const Proposition& p, const Fact& base) {
    std::vector<Participant> participants;
    for (const Argument& a : p.arguments) {
      if (a.role != Role::kSubject && a.role != Role::kObject && a.role != Role::kOblique &&
          a.role != Role::kRecipient)
        continue;
      if (auto term = terms_.Resolve(*view_, a.head))
        participants.push_back({a.role, a.preposition, a.head, std::move(*term)});
    }
    AppendAgentNounFacts(*view_, p, participants, terms_, lexicon_, base, found_);
  }

  // One fact for each pair of a subject and an object; `skip` are the arguments that are ends of the fact.
  void EmitPairs(const Proposition& p, const Fact& base, const std::string& relation, const Terms& subjects,
                 const Terms& objects, std::initializer_list<const Argument*> skip, double factor = 1.0) {
    Fact fact = base;
    fact.relation = relation;
    fact.confidence *= factor;
    for (const Argument& a : p.arguments) {
      if (a.role == Role::kSubject || std::find(skip.begin(), skip.end(), &a) != skip.end()) continue;
      reader_.AddQualifier(a, fact);
    }
    for (const Argument* end : skip) AddPlace(*end, fact);
    size_t pairs = 0;
    const size_t subject_count = std::max<size_t>(1, subjects.size()),
                 object_count = std::max<size_t>(1, objects.size());
    for (size_t s = 0; s < subject_count; ++s) {
      for (size_t o = 0; o < object_count && pairs < kMaxPairs; ++o, ++pairs) {
        if (!subjects.empty()) fact.subject = subjects[s];
        if (!objects.empty()) fact.object = objects[o];
        found_.push_back(fact);
      }
    }
  }

  // "received training in X": where a noun of doing took place, there the clause did.
  void AddPlace(const Argument& object, Fact& fact) const {
    const Tree& tree = *view_->tree;
    if (object.role != Role::kObject || tree.pos(object.head) != Pos::kNoun) return;
    const NounClass noun_class = lexicon_.ClassOf(tree.lemma(object.head));
    if (noun_class != NounClass::kAct && noun_class != NounClass::kEvent && noun_class != NounClass::kProcess) return;
    for (TokenIndex child : tree.children(object.head)) {
      if (tree.rel(child) != Rel::kNmod || child < object.head) continue;
      const std::string preposition = MarkerOf(tree, child, Rel::kCase);
      auto term = preposition == "in" || preposition == "at" ? terms_.Resolve(*view_, child) : std::nullopt;
      if (term && reader_.IsPlace(*term)) fact.qualifiers.push_back({"place", std::move(*term)});
    }
  }

  void FromTransitive(const Proposition& p, const Argument& object, const Terms& subjects, const Fact& base) {
    const bool clausal = view_->tree->rel(object.head) == Rel::kCsubj;
    const Terms objects = clausal ? Terms{terms_.Literal(*view_, object.tokens)} : reader_.TermsOf(object);
    // "the rebels are believed to have fled": nobody believes rebels.
    if (const Argument* content = p.Find(Role::kClause);
        content != nullptr && content->preposition == "to" && p.passive && subjects.empty() && words::Has(words::kPossibleVerbs, p.lemma))
      return;
    const bool unknown = objects.empty() || objects.front().text.empty();  // "sent it to the minister"
    if (!unknown) EmitPairs(p, base, p.lemma, subjects, objects, {&object});
    // "told the council that ...", with the council as direct object
    const Argument* clause = p.Find(Role::kClause);
    if (clause != nullptr && !subjects.empty() && clause->preposition != "to" &&
        lexicon_.IsSpeechVerb(p.lemma)) {
      FactTerm content = terms_.Literal(*view_, clause->tokens);
      const size_t first = found_.size();
      if (!content.text.empty()) EmitPairs(p, base, p.lemma, subjects, {std::move(content)}, {clause});
      for (size_t i = first; i < found_.size(); ++i) {
        for (FactQualifier& q : found_[i].qualifiers) {
          if (q.role == "q_object") q.role = "q_to";
        }
      }
    }
    for (const Argument& a : p.arguments) {
      const bool recipient = a.role == Role::kRecipient;
      const bool in_light = a.preposition == "in" && IsCoreOblique(a) && IsLight(p, object);
      if (!recipient && !in_light && !(p.passive && subjects.empty() ? IsCoreOblique(a) : IsSecondObject(a))) continue;
      if (unknown && p.passive) continue;
      const bool state = p.passive && subjects.empty();
      const Terms fillers = NamedTerms(a, /*places=*/state);
      if (fillers.empty()) continue;
      if (state) {
        // "was born in X", "was accused of Y": the state of the one it was done to.
        const std::string participle(view_->tree->lower(p.trigger));
        if (!recipient)
          EmitPairs(p, base, Cat("be_", participle, "_", a.preposition), objects, fillers, {&object, &a}, 0.9);
      } else if (!subjects.empty()) {
        if (!recipient && IsLight(p, object))
          EmitPairs(p, base, Cat(p.lemma, "_", view_->tree->lemma(object.head), "_", a.preposition), subjects, fillers,
                    {&object, &a}, 0.85);
        else
          EmitPairs(p, base, Cat(p.lemma, "_", recipient ? "to" : a.preposition), subjects, fillers, {&a},
                    0.85);
      }
    }
    LightVerb(p, object, subjects, base);
    AppendOfficeFacts(*view_, p, reader_.TermsOf(object), subjects, base, terms_, lexicon_, found_);
  }

  static bool IsMoving(std::string_view verb) { return verb == "emerge" || verb == "come" || verb == "go" || verb == "arrive" || verb == "rise"; }

  static bool IsLightPreposition(std::string_view p) {
    return p == "in" || (p != "of" && words::Has(words::kArgumentPrepositions, p));
  }

  // The object is what the verb does rather than what it does something to: "take part in", "pay attention to", but not "lend a book to".
  bool IsLight(const Proposition& p, const Argument& object) const {
    const Tree& tree = *view_->tree;
    if (p.passive || tree.pos(object.head) != Pos::kNoun) return false;
    if (words::Has(words::kLightPairs, Cat(p.lemma, " ", tree.lemma(object.head)))) return true;
    if (!words::Has(words::kLightVerbs, p.lemma)) return false;
    switch (lexicon_.ClassOf(tree.lemma(object.head))) {
      case NounClass::kArtifact:
      case NounClass::kPerson:
      case NounClass::kAnimal:
      case NounClass::kFood:
      case NounClass::kSubstance:
      case NounClass::kObject:
      case NounClass::kPlant:
      case NounClass::kBody:
      case NounClass::kGroup:
      case NounClass::kQuantity:
      case NounClass::kPossession:
        return false;
      default:
        return true;
    }
  }

  // "take a stand against X", "play a role in X"
  void LightVerb(const Proposition& p, const Argument& object, const Terms& subjects, const Fact& base) {
    const Tree& tree = *view_->tree;
    if (subjects.empty() || !IsLight(p, object)) return;
    for (TokenIndex child : tree.children(object.head)) {
      if (tree.rel(child) != Rel::kNmod) continue;
      const std::string preposition = MarkerOf(tree, child, Rel::kCase);
      const bool bare = tree.Child(object.head, Rel::kDet) == kNoToken &&
                        tree.Child(object.head, Rel::kNmodPoss) == kNoToken;  // "take control of"
      if ((!IsLightPreposition(preposition) && !(preposition == "of" && bare)) || IsTimeNoun(tree, child) ||
          !tree.IsNominal(child))
        continue;
      auto term = terms_.Resolve(*view_, child);
      const std::string_view form = tree.sentence().tokens[static_cast<size_t>(child)].form;
      const Country* country = lexicon_.CountryByDemonym(form);
      const bool adjective =
          country != nullptr && country->adjective == form;  // a modifier that lost its noun
      if (!term || term->entity < 0 || adjective) continue;
      Terms ends{std::move(*term)};
      for (TokenIndex conjunct : tree.children(child)) {  // "power over X and Y"
        if (tree.rel(conjunct) != Rel::kConj || !tree.IsNominal(conjunct) || tree.Child(conjunct, Rel::kCase) != kNoToken) continue;
        if (auto other = terms_.Resolve(*view_, conjunct); other && other->entity >= 0) ends.push_back(std::move(*other));
      }
      EmitPairs(p, base, Cat(p.lemma, "_", tree.lemma(object.head), "_", preposition), subjects, ends, {&object}, 0.8);
    }
  }

  // Prepositional arguments rather than settings in time and place.
  static bool IsCoreOblique(const Argument& a) { return a.role == Role::kOblique && !a.preposition.empty(); }
  // Those that a verb with a direct object is likely to ask for.
  static bool IsSecondObject(const Argument& a) {
    return IsCoreOblique(a) && words::Has(words::kArgumentPrepositions, a.preposition);
  }

  // The argument's entities, places of the event left out.
  Terms NamedTerms(const Argument& argument, bool places = false) const {
    if (!view_->tree->IsNominal(argument.head)) return {};
    Terms terms = reader_.TermsOf(argument);
    std::erase_if(terms, [&](const FactTerm& t) {
      return t.entity < 0 || (!places && reader_.IsLocative(argument.preposition) && reader_.IsPlace(t));
    });
    return terms;
  }

  void FromIntransitive(const Proposition& p, const Terms& subjects, const Fact& base) {
    bool emitted = false;
    const Argument* recipient = p.Find(Role::kRecipient);
    const Argument* clause = p.Find(Role::kClause);
    const Argument* complement = p.Find(Role::kComplement);
    if (recipient != nullptr) {
      if (const Terms told = reader_.TermsOf(*recipient); !told.empty())
        EmitPairs(p, base, p.lemma, subjects, told, {recipient}, 0.95), emitted = true;
    }
    if (clause != nullptr && clause->preposition == "to" && IsMoving(p.lemma)) {
      clause = nullptr;  // "emerged to suggest": no content of the emerging
    } else if (clause != nullptr && clause->preposition == "to" && (p.lemma == "have" || p.lemma == "be")) {
      return;  // "has to sign", "has yet to sign": the signing has facts of its own
    } else if (clause != nullptr) {
      FromClausal(p, *clause, subjects, base);
      emitted = true;
    }
    if (complement != nullptr) {
      AppendUnnoticed(*view_, p, complement->head, subjects, base, terms_, lexicon_, found_);
      EmitPairs(p, base, p.lemma, subjects, reader_.ComplementTerms(*complement), {complement});
      emitted = true;
    }
    if (subjects.empty()) return;
    for (const Argument& a : p.arguments) {
      if (IsFrontedWith(a) || !IsSecondObject(a) || (clause != nullptr && clause->preposition != "to")) continue;
      const Terms fillers = NamedTerms(a);
      if (fillers.empty()) continue;
      EmitPairs(p, base, Cat(p.lemma, "_", a.preposition), subjects, fillers, {&a}, emitted ? 0.85 : 1.0);
      emitted = true;
    }
    if (emitted) return;
    // Nothing but settings or words: the first prepositional phrase is the end of the edge.
    for (const Argument& a : p.arguments) {
      const bool prepositional =
          (a.role == Role::kOblique || a.role == Role::kPlace) && !a.preposition.empty();
      if (!prepositional || !view_->tree->IsNominal(a.head)) continue;
      const Terms fillers = reader_.TermsOf(a);
      if (fillers.empty()) continue;
      EmitPairs(p, base, Cat(p.lemma, "_", a.preposition), subjects, fillers, {&a}, 0.95);
      return;
    }
    if (p.lemma == "have" || p.lemma == "be") return;  // "has yet to sign"
    EmitPairs(p, base, p.lemma, subjects, {}, {}, 0.8);
  }

  // "With the war, X came to a head": a setting.
  bool IsFrontedWith(const Argument& a) const {
    if (a.preposition != "with") return false;
    const TokenIndex marker = view_->tree->Child(a.head, Rel::kCase);
    return marker == 0 || (marker == 1 && view_->tree->pos(0) == Pos::kPunct);
  }

  // Content clauses become literals; of a chain ("tried to leave") the verb that goes on has facts of its
  // own.
  void FromClausal(const Proposition& p, const Argument& clause, const Terms& subjects, const Fact& base) {
    FactTerm content = terms_.Literal(*view_, clause.tokens);
    if (content.text.empty()) return;
    if (clause.preposition == "to") content.text = Cat("to ", content.text);
    EmitPairs(p, base, p.lemma, subjects, {std::move(content)}, {&clause}, p.merged_into >= 0 ? 0.7 : 1.0);
  }

  void FromCopula(const Proposition& p, const Terms& subjects, const Fact& base) {
    if (const Argument* complement = p.Find(Role::kComplement); complement != nullptr) {
      const Tree& tree = *view_->tree;
      if (tree.lower(complement->head) == "about" || tree.lower(complement->head) == "yet") return;  // "is about to leave"
      const bool adjective = !tree.IsNominal(complement->head);
      EmitPairs(p, base, "be", subjects, reader_.ComplementTerms(*complement), {complement});
      if (!adjective) return;
      for (const Argument& a : p.arguments) {  // "is responsible for X"
        if (!IsCoreOblique(a) || tree.lower(complement->head) == "long") continue;
        const Terms fillers = NamedTerms(a);
        if (!fillers.empty())
          EmitPairs(p, base, Cat("be_", tree.lower(complement->head), "_", a.preposition), subjects, fillers,
                    {complement, &a}, 0.9);
      }
      return;
    }
    for (const Argument& a : p.arguments) {  // "is in X"
      if (a.head != p.trigger || a.preposition.empty()) continue;
      const Terms fillers = reader_.TermsOf(a);
      if (!fillers.empty()) EmitPairs(p, base, Cat("be_", a.preposition), subjects, fillers, {&a});
      return;
    }
  }

  // --- the sentence's facts, in text order and each once
  // -----------------------------------------------------------------

  static std::string KeyOf(const Fact& fact) {
    auto end = [](const std::optional<FactTerm>& term) {
      return !term ? std::string("-") : term->entity >= 0 ? Cat("#", term->entity) : term->text;
    };
    return Cat(end(fact.subject), "\x1f", fact.relation, "\x1f", end(fact.object), "\x1f",
               static_cast<int>(fact.polarity));
  }

  void Flush() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Fact& a, const Fact& b) { return a.phrase_span.begin < b.phrase_span.begin; });
    StringMap<size_t> seen;
    for (Fact& fact : found_) {
      // "X is X": an apposition or copula between two mentions of one entity says nothing.
      if (fact.subject && fact.object && fact.subject->entity >= 0 &&
          fact.subject->entity == fact.object->entity)
        continue;
      // Words about words: no end that the graph could hold on to.
      if ((!fact.subject || fact.subject->entity < 0) && (!fact.object || fact.object->entity < 0)) continue;
      const auto [it, fresh] = seen.try_emplace(KeyOf(fact), facts_.size());
      if (fresh)
        facts_.push_back(std::move(fact));
      else if (facts_[it->second].confidence < fact.confidence)
        facts_[it->second] = std::move(fact);
    }
  }

  const EntityTable& entities_;
  TermResolver terms_;
  const Lexicon& lexicon_;
  QuoteTracker quotes_;
  CircumstanceReader reader_;
  const SentenceView* view_ = nullptr;
  std::vector<Fact> found_, facts_;
};

}  // namespace

std::vector<Fact> BuildFacts(const std::vector<Sentence>& sentences,
                             const std::vector<std::vector<Proposition>>& propositions,
                             const EntityTable& entities, const Lexicon& lexicon) {
  FactBuilder builder(entities, lexicon);
  for (size_t i = 0; i < sentences.size() && i < propositions.size(); ++i) {
    if (!sentences[i].tokens.empty()) builder.Visit(static_cast<uint32_t>(i), sentences[i], propositions[i]);
  }
  return builder.Take();
}

}  // namespace dossier::ingest
