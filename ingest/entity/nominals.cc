#include "ingest/entity/nominals.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "graph/base/strings.h"
#include "ingest/entity/grouping.h"
#include "ingest/entity/name_words.h"

namespace dossier::ingest {
namespace {

constexpr TokenIndex kMaxModifiers = 8;   // tokens in front of the head
constexpr TokenIndex kMaxComplement = 6;  // tokens of an of-phrase that goes into the name
constexpr int kMaxBearers = 200;          // of one title
constexpr uint32_t kDefiniteWindow = 12;  // sentences that "the ceasefire" looks back
constexpr std::array<std::string_view, 22> kInstitutions = {
    "army",     "military",   "navy",        "police",     "government", "parliament",
    "ministry", "senate",     "congress",    "cabinet",    "judiciary",  "president",
    "embassy",  "treasury",   "regime",      "leadership", "air force",  "constitution",
    "economy",  "opposition", "legislature", "state"};
constexpr std::array<std::string_view, 15> kNoModifier = {"least",   "other",   "another", "few",  "many",  "several",
                                                          "various", "such",    "own",  "same",  "more",
                                                          "most",    "certain", "much", "enough"};
constexpr std::array<std::string_view, 16> kNoEntity = {
    "one", "way",  "lot",   "number", "percent", "%",      "kind",  "sort",
    "etc", "part", "least", "fact",   "case",    "matter", "thing", "addition"};

template <size_t N>
bool In(const std::array<std::string_view, N>& set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

struct Phrase {
  TokenIndex begin = 0, end = 0;  // the description, without determiner
  TokenIndex head = kNoToken;
  std::string lemma;
  bool definite = false, indefinite = false, bare = false, plural = false;
  bool modified = false;        // anything but the head
  bool own = false;             // possessive pronoun: "his ties"
  std::string demonym;          // "American" of "an American"
  std::string demonym_country;  // of an adjective such as "Turkish"
};

class NominalFinder {
 public:
  NominalFinder(const std::vector<ParsedSentence>& views, const Lexicon& lexicon,
                const std::vector<NameSpan>& spans, EntityTable& table)
      : views_(views), lexicon_(lexicon), spans_(spans), table_(table) {
    name_entity_.resize(views.size());
    for (size_t s = 0; s < views.size(); ++s)
      name_entity_[s].resize(static_cast<size_t>(views[s].size()), -1);
    for (const NameSpan& span : spans) {
      for (TokenIndex i = span.begin; i < span.end; ++i) {
        int& entity = name_entity_[span.sentence][static_cast<size_t>(i)];
        if (entity < 0) entity = span.entity;  // of the outermost name
      }
      RememberBody(span);
      for (const TitleSpan& title : span.titles) {
        for (TokenIndex i = title.begin; i < std::min(title.end, title.noun + 1); ++i) in_title_.insert({span.sentence, i});
        titled_[{span.sentence, title.noun}] = span.entity;
        RememberTitle(span, title);
      }
    }
  }

  void Run() {
    for (uint32_t s = 0; s < views_.size(); ++s) {
      for (TokenIndex i = 0; i < views_[s].size(); ++i) {
        if (IsHead(s, i)) Add(s, i);
      }
    }
  }

 private:
  bool InName(uint32_t s, TokenIndex i) const { return name_entity_[s][static_cast<size_t>(i)] >= 0; }

  bool IsHead(uint32_t s, TokenIndex i) const {
    const ParsedSentence& view = views_[s];
    // "the President", "a Soviet Republic": capitals that make no name.
    const bool title_alone =
        view.Upos(i) == "PROPN" && !IsCalendarWord(view.Form(i)) &&
        (lexicon_.IsUsualTitle(view.Lower(i)) || lexicon_.CountryByDemonym(view.Form(i)) != nullptr ||
         lexicon_.ClassOf(view.Lower(i)) != NounClass::kUnknown);
    const std::string_view relation = view.Rel(i);
    const bool adjective_as_noun =
        view.Upos(i) == "ADJ" && view.Child(i, "det") != kNoToken &&  // "the military"
        (relation == "nsubj" || relation == "obj" || relation == "obl" || relation == "nmod");
    if ((view.Upos(i) != "NOUN" && !title_alone && !adjective_as_noun) || InName(s, i)) return false;
    if (view.Glued(i) && view.Form(i + 1) == "-" && view.Glued(i + 1) && view.Upos(i + 2) == "NOUN")
      return false;  // "major-general"
    if (titled_.contains({s, i})) return true;
    if (in_title_.contains({s, i})) return false;
    if (relation == "compound" || relation == "flat" || relation == "fixed" || relation == "goeswith" ||
        relation == "case" || view.FullRel(i) == "nmod:desc" || view.FullRel(i) == "obl:unmarked" ||
        view.FullRel(i) == "nmod:unmarked") {
      return false;
    }
    const std::string& lemma = Lemma(view, i);
    if (In(kNoEntity, lemma) || lemma.size() < 2) return false;
    const NounClass noun_class = lexicon_.ClassOf(lemma);
    return noun_class != NounClass::kTime && noun_class != NounClass::kQuantity;
  }

  static const std::string& Lemma(const ParsedSentence& view, TokenIndex i) {
    return view.At(i).lemma.empty() || view.Upos(i) == "PROPN" || (i > 0 && view.IsCapitalized(i))
               ? view.Lower(i)
               : view.At(i).lemma;
  }

  static bool IsModifier(const ParsedSentence& view, TokenIndex k) {
    const std::string_view upos = view.Upos(k);
    return upos == "NOUN" || upos == "ADJ" || upos == "PROPN" || upos == "NUM" || upos == "VERB" ||
           view.At(k).xpos == "HYPH" || view.Form(k) == "-";
  }

  Phrase PhraseOf(uint32_t s, TokenIndex head) const {
    const ParsedSentence& view = views_[s];
    Phrase phrase;
    phrase.head = head;
    phrase.lemma = Lemma(view, head);
    phrase.plural = view.IsPlural(head);
    if (lexicon_.CountryByDemonym(view.Form(head)) != nullptr) phrase.demonym = view.Form(head);
    phrase.begin = head;
    phrase.end = head + 1;
    while (phrase.begin > 0 && head - phrase.begin < kMaxModifiers) {
      // "naval or air bases": modifiers may be coordinated.
      const bool joined = phrase.begin > 1 && phrase.begin < head && view.Upos(phrase.begin - 1) == "CCONJ";
      const TokenIndex before = phrase.begin - (joined ? 2 : 1);
      if (!IsModifier(view, before)) break;
      TokenIndex up = before;
      for (int depth = 0; depth < 8 && up >= 0 && up < head; ++depth) up = view.Head(up);
      const bool hyphenated =
          view.Glued(before) && (view.Form(before) == "-" || view.Form(phrase.begin) == "-");
      const bool capitals =
          view.Upos(before) == "PROPN" && view.Upos(phrase.begin) == "PROPN";  // "the Suez Crisis"
      if (up != head && (joined || (!hyphenated && !capitals))) break;
      phrase.begin = before;
    }
    if (phrase.begin > 0 && view.Form(phrase.begin) == "-" && view.Glued(phrase.begin - 1))
      --phrase.begin;  // "near-total"
    while (phrase.begin < head &&
           (view.Upos(phrase.begin) == "NUM" || In(kNoModifier, view.Lower(phrase.begin))) &&
           view.Form(phrase.begin + 1) != "-") {
      ++phrase.begin;  // "200 advisors" are advisors
    }
    ReadDeterminers(s, phrase);
    AddComplement(view, phrase);
    phrase.modified = phrase.begin < head || phrase.end > head + 1 || phrase.own;
    phrase.bare = !phrase.definite && !phrase.indefinite && !phrase.modified;
    return phrase;
  }

  void ReadDeterminers(uint32_t s, Phrase& phrase) const {
    const ParsedSentence& view = views_[s];
    for (const TokenIndex child : view.Children(phrase.head)) {
      if (child > phrase.head) break;
      const std::string& word = view.Lower(child);
      if (view.Rel(child) == "det") {
        (word == "the" || word == "this" || word == "that" || word == "these" || word == "those"
             ? phrase.definite
             : phrase.indefinite) = true;
      } else if (view.FullRel(child) == "nmod:poss") {
        phrase.definite = true;
        if (view.Upos(child) == "PRON") {
          phrase.own = true;
        } else if (phrase.begin > child) {
          // "Baku's decision": the possessor belongs to the name.
          TokenIndex begin = child;
          while (begin > 0 && view.Upos(begin - 1) != "DET" && view.Head(begin - 1) >= begin &&
                 view.Head(begin - 1) <= child)
            --begin;
          phrase.begin = begin;
        }
      }
      if (const Country* country = view.Rel(child) == "amod" || view.Rel(child) == "compound"
                                       ? lexicon_.CountryByDemonym(view.Form(child))
                                       : nullptr) {
        phrase.demonym_country = country->name;
      }
    }
  }

  // "the integrity of the mission": a short of-phrase directly behind the head goes into the name.
  static void AddComplement(const ParsedSentence& view, Phrase& phrase) {
    for (const TokenIndex child : view.Children(phrase.head)) {
      if (child <= phrase.head || view.Rel(child) != "nmod" || view.CaseOf(child) != "of") continue;
      if (view.Form(phrase.head + 1) != "of" || child - phrase.head > kMaxComplement) return;
      for (TokenIndex i = phrase.head + 1; i <= child; ++i) {
        if (view.Upos(i) == "PUNCT" && view.Form(i) != "-") return;
      }
      phrase.end = child + 1;
      while (view.Has(phrase.end) && view.Rel(phrase.end) == "flat" && view.Head(phrase.end) == child)
        ++phrase.end;
      return;
    }
  }

  void Add(uint32_t s, TokenIndex head) {
    const Phrase phrase = PhraseOf(s, head);
    Mention mention;
    mention.sentence = s;
    mention.begin = phrase.begin;
    mention.end = phrase.end;
    mention.head = head;
    mention.kind = MentionKind::kNominal;
    if (const auto titled = titled_.find({s, head}); titled != titled_.end()) {
      mention.entity = titled->second;
      mention.confidence = 0.9;
    } else if (const int beside = phrase.plural ? -1 : NameBeside(s, phrase); beside >= 0) {
      mention.entity = beside;
      mention.confidence = 0.85;
    } else if (const int person = phrase.definite && !phrase.plural ? BearerOfTitle(s, phrase) : -1;
               person >= 0) {
      mention.entity = person;
      mention.confidence = 0.7;
    } else if (const int body =
                   phrase.definite && !phrase.modified && !phrase.plural ? BodyCalled(s, phrase.lemma) : -1;
               body >= 0) {
      mention.entity = body;
      mention.confidence = 0.7;
    } else {
      mention.entity = EntityFor(s, phrase, mention.confidence);
    }
    table_.by_head.insert_or_assign({s, head}, static_cast<int>(table_.mentions.size()));
    table_.mentions.push_back(mention);
  }

  // "his wife, Anna", "the company Norlin", "Norlin, a company": the entity of the name in apposition. A name of unknown kind takes the
  // noun's; a person takes the gender.
  int NameBeside(uint32_t s, const Phrase& phrase) {
    const ParsedSentence& view = views_[s];
    TokenIndex name = kNoToken;
    for (const TokenIndex child : view.Children(phrase.head)) {
      if (view.Rel(child) == "appos" && child > phrase.head && InName(s, child) && name == kNoToken) name = child;
    }
    if (name == kNoToken && view.Rel(phrase.head) == "appos" && view.Has(view.Head(phrase.head)) && view.Head(phrase.head) < phrase.head &&
        InName(s, view.Head(phrase.head)))
      name = view.Head(phrase.head);
    if (name == kNoToken) return -1;
    const int id = name_entity_[s][static_cast<size_t>(name)];
    Entity& entity = table_.entities[static_cast<size_t>(id)];
    const EntityType type = TypeOf(phrase);
    const bool open = entity.type == EntityType::kThing || (!entity.known && entity.titles.empty() && entity.aliases.empty() &&
                                                            entity.name.find(' ') == std::string::npos);
    const bool body = type == EntityType::kOrganization || type == EntityType::kGroup;
    const bool same = entity.type == type || (body && entity.type == EntityType::kOrganization);
    if (!same && (!open || type == EntityType::kThing))
      return type == EntityType::kThing && entity.type != EntityType::kPerson && !entity.known ? id : -1;
    if (!same) entity.type = body ? EntityType::kOrganization : type;
    if (entity.type == EntityType::kPerson && entity.gender.empty()) {
      const Gender gender = lexicon_.GenderOfNoun(phrase.lemma);
      if (gender != Gender::kUnknown) entity.gender = gender == Gender::kMale ? "male" : "female";
    }
    last_by_lemma_.insert_or_assign(phrase.lemma, std::pair(s, id));
    return id;
  }

  // The words of the description. Capitals that make no name ("the Crisis", a sentence's first word) are
  // lowered.
  std::string NameOfPhrase(uint32_t s, const Phrase& phrase) const {
    const ParsedSentence& view = views_[s];
    std::string text;
    for (TokenIndex i = phrase.begin; i < phrase.end; ++i) {
      const std::string_view form = view.Form(i);
      const bool acronym = form.size() < 2 || (form[1] >= 'A' && form[1] <= 'Z');
      const bool common = view.Upos(i) != "PROPN" || lexicon_.ClassOf(view.Lower(i)) != NounClass::kUnknown;
      const bool lower = !InName(s, i) && !acronym && common && (i == 0 || view.Upos(i) == "PROPN") &&
                         lexicon_.CountryByDemonym(form) == nullptr;
      Append(text, lower ? std::string_view(view.Lower(i)) : form,
             i + 1 < phrase.end && !view.Glued(i) ? " " : "");
    }
    return text;
  }

  int EntityFor(uint32_t s, const Phrase& phrase, double& confidence) {
    const NounClass noun_class = lexicon_.ClassOf(phrase.lemma);
    const bool person = noun_class == NounClass::kPerson;
    if (phrase.bare && !person && noun_class != NounClass::kGroup && noun_class != NounClass::kLocation &&
        noun_class != NounClass::kUnknown) {
      confidence = 0.9;
      return Keyed(Cat("concept ", phrase.lemma), s, phrase, [&](Entity& e) {
        e.name = phrase.lemma;
        e.shared_concept = true;
      });
    }
    const std::string name = NameOfPhrase(s, phrase);
    if (!phrase.demonym_country.empty() && phrase.end == phrase.head + 1 && !phrase.plural &&
        !phrase.indefinite && In(kInstitutions, phrase.lemma)) {
      confidence = 0.9;
      return Keyed(Cat("institution ", name), s, phrase, [&](Entity& e) {
        e.name = name;
        e.named = true;
        e.type = EntityType::kOrganization;
      });
    }
    confidence = 0.8;
    std::string key = Cat("phrase ", phrase.plural ? "s " : "", Lowered(s, phrase));
    if (phrase.own || phrase.indefinite) Append(key, " @", s, ",", phrase.head);
    if (phrase.definite && !phrase.modified) {
      if (const auto last = last_by_lemma_.find(Cat(phrase.lemma, phrase.plural ? "+" : ""));
          last != last_by_lemma_.end() && s - last->second.first <= kDefiniteWindow) {
        confidence = 0.7;
        last->second.first = s;
        return last->second.second;
      }
    }
    return Keyed(key, s, phrase, [&](Entity& e) { e.name = name; });
  }

  std::string Lowered(uint32_t s, const Phrase& phrase) const {
    std::string key;
    for (TokenIndex i = phrase.begin; i < phrase.end; ++i) {
      const int name = name_entity_[s][static_cast<size_t>(i)];
      if (name >= 0) {
        // "Ankara's control" and "Turkey's control" are one.
        if (i == phrase.begin || name_entity_[s][static_cast<size_t>(i - 1)] != name)
          Append(key, "#", name, " ");
        continue;
      }
      Append(key, i == phrase.head ? phrase.lemma : views_[s].Lower(i), " ");
    }
    return key;
  }

  template <typename Fill>
  int Keyed(const std::string& key, uint32_t s, const Phrase& phrase, Fill fill) {
    auto [it, fresh] = by_key_.try_emplace(key, static_cast<int>(table_.entities.size()));
    if (fresh) {
      Entity& entity = table_.entities.emplace_back();
      entity.type = TypeOf(phrase);
      entity.plural = phrase.plural;
      const Gender gender = phrase.plural ? Gender::kUnknown : lexicon_.GenderOfNoun(phrase.lemma);
      if (gender != Gender::kUnknown) entity.gender = gender == Gender::kMale ? "male" : "female";
      fill(entity);
    }
    last_by_lemma_.insert_or_assign(Cat(phrase.lemma, phrase.plural ? "+" : ""), std::pair(s, it->second));
    return it->second;
  }

  EntityType TypeOf(const Phrase& phrase) const {
    switch (lexicon_.ClassOf(phrase.lemma)) {
      case NounClass::kPerson:
        return phrase.plural ? EntityType::kGroup : EntityType::kPerson;
      case NounClass::kGroup:
        return lexicon_.IsAnimate(phrase.lemma) ? EntityType::kOrganization : EntityType::kGroup;
      case NounClass::kLocation:
        return EntityType::kPlace;
      case NounClass::kEvent:
        return EntityType::kEvent;
      case NounClass::kUnknown:
        if (!phrase.demonym.empty()) return phrase.plural ? EntityType::kGroup : EntityType::kPerson;
        [[fallthrough]];
      default:
        return lexicon_.IsAnimate(phrase.lemma) ? EntityType::kGroup : EntityType::kThing;
    }
  }

  void RememberTitle(const NameSpan& span, const TitleSpan& title) {
    const ParsedSentence& view = views_[span.sentence];
    bearers_[Lemma(view, title.noun)].push_back({span.sentence, span.entity, title.of});
  }

  // "the bank" after "Bank of England": the last organisation whose name has the word.
  int BodyCalled(uint32_t s, const std::string& lemma) const {
    const auto it = bodies_.find(lemma);
    if (it == bodies_.end()) return -1;
    const auto after = std::upper_bound(it->second.begin(), it->second.end(), s,
                                        [](uint32_t i, const auto& body) { return i < body.first; });
    return after == it->second.begin() || s - std::prev(after)->first > kDefiniteWindow
               ? -1
               : std::prev(after)->second;
  }

  void RememberBody(const NameSpan& span) {
    if (table_.entities[static_cast<size_t>(span.entity)].type != EntityType::kOrganization) return;
    for (TokenIndex i = span.begin; i < span.end; ++i) {
      if (lexicon_.CueOf(views_[span.sentence].Form(i)) == NameCue::kOrganization) {
        bodies_[views_[span.sentence].Lower(i)].push_back({span.sentence, span.entity});
      }
    }
  }

  // "the president", "the Russian leader": the last person who was given the title, up to this sentence.
  int BearerOfTitle(uint32_t s, const Phrase& phrase) const {
    const auto it = bearers_.find(phrase.lemma);
    if (it == bearers_.end() || phrase.end > phrase.head + 1) return -1;
    auto bearer = std::upper_bound(it->second.begin(), it->second.end(), s,
                                   [](uint32_t i, const Bearer& b) { return i < b.sentence; });
    for (int looked_at = 0; bearer != it->second.begin() && looked_at < kMaxBearers; ++looked_at) {
      --bearer;
      if (phrase.begin == phrase.head) return bearer->entity;
      // With a country: only one of that country.
      if (phrase.demonym_country.empty() || phrase.head - phrase.begin > 1 || bearer->of == kNoToken)
        continue;
      const ParsedSentence& view = views_[bearer->sentence];
      const Country* of = lexicon_.CountryByDemonym(view.Form(bearer->of));
      if (of == nullptr) of = lexicon_.CountryByName(view.Form(bearer->of));
      if (of != nullptr && of->name == phrase.demonym_country) return bearer->entity;
    }
    return -1;
  }

  struct Bearer {
    uint32_t sentence;
    int entity;
    TokenIndex of;
  };

  const std::vector<ParsedSentence>& views_;
  const Lexicon& lexicon_;
  const std::vector<NameSpan>& spans_;
  EntityTable& table_;
  std::vector<std::vector<int>> name_entity_;  // by sentence and token; -1 outside names
  std::map<std::pair<uint32_t, TokenIndex>, int> titled_;
  std::set<std::pair<uint32_t, TokenIndex>> in_title_;
  StringMap<int> by_key_;
  StringMap<std::pair<uint32_t, int>> last_by_lemma_;
  StringMap<std::vector<Bearer>> bearers_;
  StringMap<std::vector<std::pair<uint32_t, int>>> bodies_;
};

}  // namespace

void AddNominals(const std::vector<ParsedSentence>& views, const Lexicon& lexicon,
                 const std::vector<NameSpan>& spans, EntityTable& table) {
  NominalFinder(views, lexicon, spans, table).Run();
}

}  // namespace dossier::ingest
