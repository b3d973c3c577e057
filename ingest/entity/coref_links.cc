#include "ingest/entity/coref_links.h"

#include <algorithm>

#include "ingest/entity/pronoun_rules.h"

namespace dossier::ingest {
namespace {

constexpr double kOpenPronoun = 0.8;  // least odds of a pronoun that the rules left open
constexpr double kDescription = 0.85;// ... of "the company"
constexpr double kCertainty = 0.9;    // of a link at odds of 1
constexpr size_t kLooks = 40;         // mentions of a chain looked back at
constexpr uint32_t kSentences = 6;    // and sentences

class RankedLinks {
 public:
  RankedLinks(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, const CorefRanker& ranker, EntityTable& table)
      : views_(views), lexicon_(lexicon), table_(table), document_(views, table, lexicon, ranker.words()), links_(ranker.LinkMentions(document_)) {
    for (const CorefLink& link : links_) {
      const auto cluster = static_cast<size_t>(link.cluster);
      if (cluster >= chains_.size()) chains_.resize(cluster + 1);
    }
  }

  void Run() {
    for (size_t m = 0; m < links_.size(); ++m) {
      const MentionTraits& mention = document_.mentions()[m];
      const CorefLink& link = links_[m];
      if (link.antecedent >= 0 && mention.form == MentionForm::kPersonal && mention.person == 3) {
        Pronoun(mention, link);
      } else if (link.antecedent >= 0 && (mention.form == MentionForm::kDefiniteNoun || mention.form == MentionForm::kThisNoun)) {
        Description(mention, link);
      }
      chains_[static_cast<size_t>(link.cluster)].push_back(m);
    }
  }

 private:
  Entity& At(int entity) { return table_.entities[static_cast<size_t>(entity)]; }

  // The mention of the table that is headed by a token, not one that merely covers it.
  Mention* HeadedBy(const MentionTraits& m) {
    const auto it = table_.by_head.find({m.sentence, m.head});
    if (it == table_.by_head.end()) return nullptr;
    Mention& mention = table_.mentions[static_cast<size_t>(it->second)];
    return mention.head == m.head ? &mention : nullptr;
  }

  // Whether an entity can be what the pronoun stands for at all.
  bool Fits(const MentionTraits& pronoun, const Entity& entity) const {
    const bool person = entity.type == EntityType::kPerson;
    if (entity.type == EntityType::kDate || entity.type == EntityType::kQuantity || entity.shared_concept) return false;
    if (pronoun.number == Number::kPlural) return entity.plural || entity.type == EntityType::kOrganization || entity.type == EntityType::kGroup;
    if (entity.plural) return false;
    if (pronoun.gender == Gender::kUnknown) return !person;
    const std::string_view gender = pronoun.gender == Gender::kMale ? "male" : "female";
    return (person || entity.type == EntityType::kThing) && (entity.gender.empty() || entity.gender == gender);
  }

  // Whether the entity can do, or have done to it, what the pronoun's verb tells (pronoun_rules.h).
  bool SuitsVerb(const MentionTraits& pronoun, const MentionTraits& before, const Entity& entity) const {
    const Wanted wanted = WantedBy(views_[pronoun.sentence], pronoun.head, lexicon_);
    if (wanted == Wanted::kAnything) return true;
    const bool people = before.animacy == Animacy::kPerson || before.animacy == Animacy::kBody || entity.type == EntityType::kPerson;
    return wanted == Wanted::kThing ? !people : people || entity.type == EntityType::kThing;
  }

  // The entity of the chain that a mention goes on: the last one described, but a named one where there is any near.
  int EntityOf(const MentionTraits& m, const CorefLink& link) {
    const std::vector<size_t>& chain = chains_[static_cast<size_t>(link.cluster)];
    int described = -1;
    for (size_t k = chain.size(), looks = 0; k-- > 0 && looks < kLooks; ++looks) {
      const MentionTraits& before = document_.mentions()[chain[k]];
      if (m.sentence - before.sentence > kSentences) break;
      const Mention* const mention = HeadedBy(before);
      if (mention == nullptr || mention->entity < 0 || before.form == MentionForm::kCoordination) continue;
      if (m.form == MentionForm::kPersonal && (!Fits(m, At(mention->entity)) || !SuitsVerb(m, before, At(mention->entity)))) continue;
      if (At(mention->entity).named) return mention->entity;
      if (described < 0) described = mention->entity;
    }
    return described;
  }

  void Pronoun(const MentionTraits& m, const CorefLink& link) {
    if (link.probability < kOpenPronoun || IsExpletive(views_[m.sentence], m.head, lexicon_)) return;
    const int entity = EntityOf(m, link);
    if (entity < 0) return;
    if (HeadedBy(m) != nullptr) return;  // what the rules dare to read they read better
    Mention mention;
    mention.sentence = m.sentence;
    mention.begin = m.head;
    mention.end = m.head + 1;
    mention.head = m.head;
    mention.kind = MentionKind::kPronoun;
    mention.entity = entity;
    mention.confidence = kCertainty * link.probability;
    table_.by_head.insert_or_assign({m.sentence, m.head}, static_cast<int>(table_.mentions.size()));
    table_.mentions.push_back(mention);
  }

  // "the company": of the same kind as what it is said to be, and with no modifiers that tell it apart.
  void Description(const MentionTraits& m, const CorefLink& link) {
    Mention* const mention = HeadedBy(m);
    if (link.probability < kDescription || mention == nullptr || mention->kind != MentionKind::kNominal || mention->entity < 0 || At(mention->entity).named ||
        m.relative_clause || m.complement || m.apposition)
      return;
    const int entity = EntityOf(m, link);
    if (entity < 0 || entity == mention->entity || !At(entity).named || At(entity).plural != At(mention->entity).plural) return;
    const EntityType own = At(mention->entity).type, other = At(entity).type;
    const bool body = own == EntityType::kOrganization || own == EntityType::kGroup;
    const bool same = own == other || (body && (other == EntityType::kOrganization || other == EntityType::kCountry)) ||
                      (own == EntityType::kPlace && other == EntityType::kCountry);
    if (!same) return;
    mention->entity = entity;
    mention->confidence = kCertainty * link.probability;
  }

  const std::vector<ParsedSentence>& views_;
  const Lexicon& lexicon_;
  EntityTable& table_;
  const CorefDocument document_;
  const std::vector<CorefLink> links_;
  std::vector<std::vector<size_t>> chains_;  // so far
};

}  // namespace

void AddRankedLinks(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, const CorefRanker& ranker, EntityTable& table) {
  RankedLinks(views, lexicon, ranker, table).Run();
}

}  // namespace dossier::ingest
