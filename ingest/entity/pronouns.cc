#include "ingest/entity/pronouns.h"

#include <algorithm>
#include <array>
#include <map>

#include "ingest/entity/pronoun_rules.h"

namespace dossier::ingest {
namespace {

constexpr size_t kMaxCandidates = 200;  // of one sentence
constexpr uint32_t kPersonWindow = 2;   // sentences looked back for he and she
constexpr uint32_t kThingWindow = 2;    // and for it and they
constexpr double kLeastScore = -1.0;    // of an antecedent of it or they
constexpr double kLeastMargin = 0.25;   // between the best and the next

enum class PronounKind { kNone, kHe, kShe, kIt, kThey };

PronounKind KindOf(std::string_view word) {
  if (word == "he" || word == "him" || word == "his" || word == "himself") return PronounKind::kHe;
  if (word == "she" || word == "her" || word == "hers" || word == "herself") return PronounKind::kShe;
  if (word == "it" || word == "its" || word == "itself") return PronounKind::kIt;
  if (word == "they" || word == "them" || word == "their" || word == "themselves" || word == "theirs")
    return PronounKind::kThey;
  return PronounKind::kNone;
}

bool IsRelative(std::string_view word) {
  return word == "who" || word == "which" || word == "that" || word == "whom" || word == "whose";
}

// A mention as a possible antecedent.
struct Candidate {
  uint32_t sentence;
  TokenIndex head;
  int entity;
  bool subject;
  bool named;
  bool object = false;
};

class PronounResolver {
 public:
  PronounResolver(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, EntityTable& table)
      : views_(views), lexicon_(lexicon), table_(table) {
    candidates_.resize(views.size());
    for (const Mention& mention : table.mentions) {
      if (mention.entity < 0 || mention.kind == MentionKind::kPronoun ||
          candidates_[mention.sentence].size() >= kMaxCandidates)
        continue;
      const ParsedSentence& view = views[mention.sentence];
      if (IsAdjective(view, mention)) continue;
      const TokenIndex first = view.FirstConjunct(mention.head);
      candidates_[mention.sentence].push_back({mention.sentence, mention.head, mention.entity,
                                               view.Rel(first) == "nsubj",
                                               mention.kind == MentionKind::kName,
                                               view.Rel(first) == "obj" || view.Rel(first) == "iobj"});
      seen_[mention.entity].push_back(mention.sentence);
    }
    for (auto& [entity, sentences] : seen_) std::sort(sentences.begin(), sentences.end());
    for (auto& list : candidates_) {
      std::sort(list.begin(), list.end(),
                [](const Candidate& a, const Candidate& b) { return a.head < b.head; });
    }
  }

  void Run() {
    for (uint32_t s = 0; s < views_.size(); ++s) {
      for (TokenIndex i = 0; i < views_[s].size(); ++i) {
        if (views_[s].Upos(i) == "PRON") Resolve(s, i);
      }
    }
  }

 private:
  const Entity& At(int entity) const { return table_.entities[static_cast<size_t>(entity)]; }

  // "Turkish" is a mention of the country that no pronoun takes up.
  bool IsAdjective(const ParsedSentence& view, const Mention& mention) const {
    const Entity& entity = At(mention.entity);
    if (entity.type != EntityType::kCountry || mention.kind != MentionKind::kName) return false;
    const std::string text = view.Text(mention.begin, mention.end);
    return text != entity.name &&
           std::find(entity.aliases.begin(), entity.aliases.end(), text) == entity.aliases.end();
  }

  void Resolve(uint32_t s, TokenIndex i) {
    const ParsedSentence& view = views_[s];
    const std::string& word = view.Lower(i);
    if (view.Rel(i) == "expl" || view.Rel(i) == "det" || IsExpletive(view, i, lexicon_)) return;
    if (IsRelative(word)) {
      ResolveRelative(s, i);
      return;
    }
    int entity = -1;
    double confidence = 0;
    switch (KindOf(word)) {
      case PronounKind::kNone:
        return;
      case PronounKind::kHe:
        entity = Person(s, i, "male", confidence);
        break;
      case PronounKind::kShe:
        entity = Person(s, i, "female", confidence);
        break;
      case PronounKind::kIt:
        entity = Thing(s, i, false, confidence);
        break;
      case PronounKind::kThey:
        entity = Thing(s, i, true, confidence);
        break;
    }
    if (entity >= 0) Add(s, i, entity, confidence);
  }

  void Add(uint32_t s, TokenIndex i, int entity, double confidence) {
    Mention mention;
    mention.sentence = s;
    mention.begin = i;
    mention.end = i + 1;
    mention.head = i;
    mention.kind = MentionKind::kPronoun;
    mention.entity = entity;
    mention.confidence = confidence;
    table_.by_head.insert_or_assign({s, i}, static_cast<int>(table_.mentions.size()));
    table_.mentions.push_back(mention);
    // A person spoken of as "he" stays in focus.
    auto& list = candidates_[s];
    if (list.size() >= kMaxCandidates) return;
    const auto at = std::upper_bound(list.begin(), list.end(), i,
                                     [](TokenIndex head, const Candidate& c) { return head < c.head; });
    list.insert(at, {s, i, entity, views_[s].Rel(i) == "nsubj", true, views_[s].Rel(i) == "obj"});
  }

  void ResolveRelative(uint32_t s, TokenIndex i) {
    const ParsedSentence& view = views_[s];
    // Up to the relative clause this pronoun is part of, and to the noun that clause modifies.
    TokenIndex up = i;
    for (int depth = 0; depth < 6 && up != kNoToken; ++depth) {
      if (view.FullRel(up) == "acl:relcl") {
        const Mention* antecedent = view.Head(up) < i ? table_.MentionAt(s, view.Head(up)) : nullptr;
        if (antecedent != nullptr && antecedent->entity >= 0) Add(s, i, antecedent->entity, 0.9);
        return;
      }
      up = view.Head(up);
    }
  }

  // The clause's verb that a token depends on; for a verb that shares its subject with the one above it
  // ("hopes to win"), that one.
  static TokenIndex ClauseOf(const ParsedSentence& view, TokenIndex i) {
    for (int depth = 0; depth < 12 && view.Head(i) != kNoToken; ++depth) {
      i = view.Head(i);
      if (view.Upos(i) != "VERB" && view.Upos(i) != "AUX") continue;
      const std::string_view relation = view.Rel(i);
      const bool shares = relation == "xcomp" || relation == "conj" || relation == "advcl";
      if (!shares || view.Child(i, "nsubj") != kNoToken) return i;
    }
    return i;
  }

  // "Speaking to Ann, she left": an argument of the participle cannot be its subject, which is the pronoun.
  static bool OfFrontedParticiple(const ParsedSentence& view, TokenIndex pronoun, TokenIndex candidate) {
    if (view.Rel(pronoun) != "nsubj" || (view.Rel(candidate) != "obj" && view.Rel(candidate) != "obl")) return false;
    const TokenIndex participle = view.Head(candidate), verb = view.Head(pronoun);
    return participle != kNoToken && verb != kNoToken && view.Upos(verb) == "VERB" && view.Upos(participle) == "VERB" &&
           view.Rel(participle) == "advcl" && view.Head(participle) == verb && participle < pronoun && view.Child(participle, "nsubj") == kNoToken;
  }

  // The candidate that `him` cannot be: the subject of the same clause. A possessive or a reflexive may be.
  bool ExcludedByBinding(const ParsedSentence& view, TokenIndex pronoun, const Candidate& candidate) const {
    const std::string& word = view.Lower(pronoun);
    const bool free =
        view.FullRel(pronoun) == "nmod:poss" || word.ends_with("self") || word.ends_with("selves");
    if (free) return false;
    return view.Head(candidate.head) == view.Head(pronoun) ||
           OfFrontedParticiple(view, pronoun, view.FirstConjunct(candidate.head)) ||
           (candidate.subject && ClauseOf(view, candidate.head) == ClauseOf(view, pronoun));
  }

  int Person(uint32_t s, TokenIndex i, std::string_view gender, double& confidence) const {
    std::vector<int> excluded;  // as entities: an earlier mention of the subject is the subject, too
    for (const Candidate& c : candidates_[s]) {
      if (c.head < i && ExcludedByBinding(views_[s], i, c)) excluded.push_back(c.entity);
    }
    int best = -1;
    double best_score = -1e9, second = -1e9;
    for (uint32_t back = 0; back <= kPersonWindow && back <= s; ++back) {
      const uint32_t where = s - back;
      for (const Candidate& c : candidates_[where]) {
        if (back == 0 && c.head >= i) break;
        const Entity& entity = At(c.entity);
        if (entity.type != EntityType::kPerson || entity.plural ||
            (!entity.gender.empty() && entity.gender != gender))
          continue;
        if (std::find(excluded.begin(), excluded.end(), c.entity) != excluded.end()) continue;
        double score =
            -3.0 * back + (c.subject ? 1.5 : 0) + (c.named ? 1.0 : 0) + (entity.gender.empty() ? 0 : 0.7);
        score += 0.5 * static_cast<double>(c.head) / static_cast<double>(views_[where].size() + 1);
        if (back == 0 && ClauseOf(views_[s], c.head) == ClauseOf(views_[s], i)) score += 0.5;
        if (c.entity == best) {
          best_score = std::max(best_score, score);
        } else if (score > best_score) {
          second = best_score;
          best_score = score;
          best = c.entity;
        } else {
          second = std::max(second, score);
        }
      }
      if (best >= 0 && back > 0) break;  // farther sentences cannot win
    }
    confidence = best_score - second > 1.0 ? 0.8 : 0.6;
    return best;
  }

  // Whether a mention of `entity` can be what "it" or "they" stands for at all.
  static bool AgreesInNumber(const Entity& entity, bool plural) {
    if (plural) return entity.plural || entity.type == EntityType::kOrganization;
    return !entity.plural && entity.type != EntityType::kPerson;
  }
  static bool IsBody(const Entity& entity) {
    return entity.type == EntityType::kOrganization || entity.type == EntityType::kCountry ||
           entity.type == EntityType::kGroup || entity.type == EntityType::kNationality;
  }

  // How well a candidate fits "it" or "they" by where it stands: subjects before objects before the rest, near before far, what is
  // spoken of often before what is met once.
  double PlaceScore(uint32_t s, TokenIndex i, const Candidate& c) const {
    const ParsedSentence& view = views_[s];
    const uint32_t back = s - c.sentence;
    double score = -1.6 * back;
    score += c.subject ? 1.5 : c.object ? 0.5 : 0;
    score += c.named ? 0.3 : 0;
    score += 0.15 * std::min(MentionsBefore(c.entity, s), 4);
    const bool subject = view.Rel(i) == "nsubj";
    if (subject && c.subject) score += 0.4;
    if (back == 0 && ClauseOf(view, c.head) == ClauseOf(view, i)) score += 0.8;
    if (back == 0) score += 0.3 * static_cast<double>(c.head) / static_cast<double>(i + 1);
    return score;
  }

  // What can do the deeds that the pronoun's verb tells, or have what is said to be its own.
  double KindScore(uint32_t s, TokenIndex i, const Candidate& c, bool plural) const {
    const Entity& entity = At(c.entity);
    const ParsedSentence& view = views_[s];
    if (entity.shared_concept || entity.type == EntityType::kDate || entity.type == EntityType::kQuantity) return -1.0;
    double score = 0;
    const bool acts = IsBody(entity) || (plural && entity.type == EntityType::kPerson);
    const TokenIndex head = view.Head(i);
    const bool owner = view.FullRel(i) == "nmod:poss";
    const bool doer = view.Rel(i) == "nsubj" && head != kNoToken && view.Upos(head) == "VERB";
    if (doer || owner) score += acts ? 0.4 : -0.2;
    if (plural && !entity.plural) score -= 0.6;
    if (doer && entity.type == EntityType::kPlace && !c.subject && !c.object) score -= 0.8;  // where it happens
    return score;
  }

  // Whether the mention can be what the pronoun's verb asks for.
  bool AgreesWithVerb(const Candidate& c, Wanted wanted) const {
    const Entity& entity = At(c.entity);
    const ParsedSentence& view = views_[c.sentence];
    if (wanted == Wanted::kAnything) return true;
    const std::string_view noun = view.At(c.head).lemma;
    const bool people = entity.type == EntityType::kPerson || IsBody(entity) || (!entity.named && lexicon_.IsAnimate(noun));
    if (wanted == Wanted::kThing) return !people;
    if (people) return true;
    // What has just spoken or decided itself: a metonym, or a mind that the types do not know.
    if (c.subject && WantedBy(view, view.FirstConjunct(c.head), lexicon_) == Wanted::kMind) return true;
    if (entity.type != EntityType::kThing && entity.type != EntityType::kWork) return false;
    const NounClass noun_class = lexicon_.ClassOf(noun);
    return entity.named || noun_class == NounClass::kGroup || noun_class == NounClass::kCommunication ||
           noun_class == NounClass::kCognition || noun_class == NounClass::kUnknown;
  }

  int MentionsBefore(int entity, uint32_t s) const {
    const auto it = seen_.find(entity);
    if (it == seen_.end()) return 0;
    return static_cast<int>(std::upper_bound(it->second.begin(), it->second.end(), s) - it->second.begin());
  }

  // The best candidate of this sentence and the two before, when it is clearly better than the next.
  int Thing(uint32_t s, TokenIndex i, bool plural, double& confidence) const {
    const ParsedSentence& view = views_[s];
    std::vector<int> excluded;
    for (const Candidate& c : candidates_[s]) {
      if (c.head < i && ExcludedByBinding(view, i, c)) excluded.push_back(c.entity);
    }
    const Wanted wanted = WantedBy(view, i, lexicon_);
    int best = -1;
    double best_score = -1e9, second = -1e9;
    for (uint32_t back = 0; back <= kThingWindow && back <= s; ++back) {
      for (const Candidate& c : candidates_[s - back]) {
        if (back == 0 && c.head >= i) break;
        const Entity& entity = At(c.entity);
        if (!AgreesInNumber(entity, plural) || !AgreesWithVerb(c, wanted) ||
            std::find(excluded.begin(), excluded.end(), c.entity) != excluded.end())
          continue;
        const double score = PlaceScore(s, i, c) + KindScore(s, i, c, plural);
        if (c.entity == best) {
          best_score = std::max(best_score, score);
        } else if (score > best_score) {
          second = best_score, best_score = score, best = c.entity;
        } else {
          second = std::max(second, score);
        }
      }
    }
    if (best < 0 || best_score < kLeastScore) return -1;
    const double margin = best_score - second;
    if (margin < kLeastMargin) return -1;
    confidence = margin > 1.2 ? 0.8 : 0.65;
    return best;
  }

  const std::vector<ParsedSentence>& views_;
  const Lexicon& lexicon_;
  EntityTable& table_;
  std::vector<std::vector<Candidate>> candidates_;  // by sentence, by head
  std::map<int, std::vector<uint32_t>> seen_;       // sentences that mention an entity, in order
};

}  // namespace

void AddPronouns(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, EntityTable& table) {
  PronounResolver(views, lexicon, table).Run();
}

}  // namespace dossier::ingest
