#include "ingest/entity/grouping.h"

#include <algorithm>
#include <map>
#include <set>

#include "graph/base/strings.h"
#include "ingest/entity/metonymy.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

constexpr std::string_view kCompanyEndings[] = {"Inc", "Inc.", "Corp", "Corp.",  "Corporation", "Company",
                                                "Co",  "Co.",  "Ltd",  "Ltd.",   "LLC",         "PLC",
                                                "plc", "AG",   "GmbH", "Limited"};
constexpr size_t kMinMisspelt = 6;     // letters of a name that may be misspelt
constexpr size_t kMaxRareNames = 500;  // distinct ones compared with each other

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) words.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

// Capitals of "Organization of American States": OAS.
std::string Initials(std::string_view text) {
  std::string initials;
  for (const std::string_view word : Words(text)) {
    if (word[0] >= 'A' && word[0] <= 'Z') initials.push_back(word[0]);
  }
  return initials;
}

std::string WithoutDots(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (c != '.') out.push_back(c);
  }
  return out;
}

// One insertion, deletion, substitution or swap of neighbours, in code points; the first letter must agree.
bool AtEditDistanceOne(std::string_view a, std::string_view b) {
  std::u32string x, y;
  for (size_t i = 0; i < a.size();) {
    const CodePoint c = DecodeAt(a, i);
    x.push_back(c.value);
    i += c.length;
  }
  for (size_t i = 0; i < b.size();) {
    const CodePoint c = DecodeAt(b, i);
    y.push_back(c.value);
    i += c.length;
  }
  if (x.size() > y.size()) std::swap(x, y);
  if (y.size() - x.size() > 1 || x.empty() || x[0] != y[0] || x == y) return false;
  size_t i = 0;
  while (i < x.size() && x[i] == y[i]) ++i;
  if (x.size() < y.size()) return x.compare(i, std::u32string::npos, y, i + 1, std::u32string::npos) == 0;
  if (x.compare(i + 1, std::u32string::npos, y, i + 1, std::u32string::npos) == 0) return true;
  return i + 1 < x.size() && x[i] == y[i + 1] && x[i + 1] == y[i] &&
         x.compare(i + 2, std::u32string::npos, y, i + 2, std::u32string::npos) == 0;
}

class Grouper {
 public:
  Grouper(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, std::vector<NameSpan>& spans,
          EntityTable& table)
      : views_(views), lexicon_(lexicon), spans_(spans), table_(table) {}

  void Run() {
    for (const NameSpan& span : spans_) {
      if (span.country != nullptr &&
          (span.link == CountryLink::kName || span.link == CountryLink::kAdjective)) {
        countries_named_.insert(span.country);
      } else if (span.country != nullptr && span.link == CountryLink::kCapital && !IsPartOfName(span) &&
                 ActsForSure(views_[span.sentence], lexicon_, span)) {
        acts_.insert(span.country);
      }
    }
    for (NameSpan& span : spans_) {
      if (span.country != nullptr) span.entity = CountryEntity(span);
    }
    for (NameSpan& span : spans_) {
      if (span.entity < 0 && Words(span.text).size() > 1) span.entity = LongName(span);
    }
    CollectHyphenated();
    for (NameSpan& span : spans_) {
      if (span.entity < 0) span.entity = ShortName(span);
    }
    MergeMisspellings();
    for (NameSpan& span : spans_) Finish(span);
  }

 private:
  int NewEntity(EntityType type, std::string_view name) {
    Entity& entity = table_.entities.emplace_back();
    entity.type = type;
    entity.name = name;
    entity.named = true;
    entity.plural = type == EntityType::kGroup;
    return static_cast<int>(table_.entities.size() - 1);
  }
  Entity& At(int entity) { return table_.entities[static_cast<size_t>(entity)]; }

  // "Washington" where the text also names a Denzel Washington.
  bool IsPartOfName(const NameSpan& word) const {
    return lexicon_.IsGivenName(word.text) && std::any_of(spans_.begin(), spans_.end(), [&](const NameSpan& span) {
             return span.country == nullptr && span.text != word.text && (span.text.starts_with(word.text + " ") || span.text.ends_with(" " + word.text));
           });
  }

  int CountryEntity(const NameSpan& span) {
    if (span.link == CountryLink::kPeople) return Known("~" + span.text, EntityType::kNationality, span.text);
    if (span.link == CountryLink::kCapital || span.link == CountryLink::kSeat) {
      // A capital acts for its country only in an article that speaks of the country.
      const bool acts = ActsAsState(views_[span.sentence], lexicon_, span) &&
                        (span.link == CountryLink::kSeat || countries_named_.contains(span.country) ||
                         acts_.contains(span.country));
      if (!acts) return Known("@" + span.text, EntityType::kPlace, span.text);
    }
    // A bloc is no country, though it acts like one.
    return Known(span.country->code,
                 span.country->code == "EU" ? EntityType::kOrganization : EntityType::kCountry,
                 span.country->name);
  }

  int Known(std::string_view key, EntityType type, std::string_view name) {
    if (const auto it = known_.find(key); it != known_.end()) return it->second;
    const int entity = NewEntity(type, name);
    At(entity).known = true;
    At(entity).plural = type == EntityType::kNationality;
    known_.emplace(key, entity);
    return entity;
  }

  // Names of several words. "Vladimir V. Putin" is "Vladimir Putin": first and last word decide for persons.
  int LongName(const NameSpan& span) {
    const std::vector<std::string_view> words = Words(span.text);
    std::string key = span.type == EntityType::kPerson ? Cat("p ", words.front(), " ", words.back())
                                                       : Cat("o ", StripEnding(span.text));
    if (const auto it = by_key_.find(key); it != by_key_.end()) return it->second;
    const int entity = NewEntity(span.type, span.text);
    by_key_.emplace(std::move(key), entity);
    if (span.type == EntityType::kPerson) {
      by_last_[std::string(words.back())].push_back({span.sentence, entity});
      by_first_[std::string(words.front())].push_back({span.sentence, entity});
    } else {
      if (const std::string initials = Initials(span.text); initials.size() >= 2)
        by_initials_.emplace(initials, entity);
      if (words.back().find_first_of("0123456789") != std::string_view::npos)
        by_initials_.emplace(words.back(), entity);  // "TB2"
      if (span.type == EntityType::kOrganization)
        by_first_word_[std::string(words.front())].push_back({span.sentence, entity});
    }
    return entity;
  }

  static std::string StripEnding(std::string_view text) {
    std::vector<std::string_view> words = Words(text);
    while (words.size() > 1 && std::find(std::begin(kCompanyEndings), std::end(kCompanyEndings),
                                         words.back()) != std::end(kCompanyEndings)) {
      words.pop_back();
    }
    std::string out;
    for (const std::string_view word : words) Append(out, out.empty() ? "" : " ", word);
    return out;
  }

  struct Bearer {
    uint32_t sentence;
    int entity;
  };
  // The last one named up to `sentence`, else the first afterwards. `bearers` come by sentence.
  static int Nearest(const std::vector<Bearer>& bearers, uint32_t sentence) {
    const auto after = std::upper_bound(bearers.begin(), bearers.end(), sentence,
                                        [](uint32_t s, const Bearer& b) { return s < b.sentence; });
    return after == bearers.begin() ? after->entity : std::prev(after)->entity;
  }

  int ShortName(const NameSpan& span) {
    const bool place_for_sure = span.type == EntityType::kPlace && span.certainty > 0.8;
    if (!place_for_sure) {
      if (const auto it = by_last_.find(span.text); it != by_last_.end())
        return Nearest(it->second, span.sentence);
      if (const auto it = by_first_.find(span.text); it != by_first_.end())
        return Nearest(it->second, span.sentence);
    }
    if (const auto it = by_hyphen_.find(span.text); it != by_hyphen_.end()) return it->second;
    if (const auto it = by_initials_.find(WithoutDots(span.text)); it != by_initials_.end())
      return it->second;
    if (const auto it = by_key_.find(Cat("o ", span.text)); it != by_key_.end())
      return it->second;  // "Apple" of "Apple Inc."
    if (span.type == EntityType::kOrganization || span.type == EntityType::kThing) {
      const auto it = by_first_word_.find(span.text);
      if (it != by_first_word_.end() && it->second.size() == 1) return it->second[0].entity;
    }
    std::string key = Cat("o ", span.text);
    const int entity = NewEntity(span.type, span.text);
    by_key_.emplace(std::move(key), entity);
    return entity;
  }

  // "Karlovo" may be short for "Donje-Karlovo", when only one such name is there.
  void CollectHyphenated() {
    StringMap<std::string> whole;
    for (const NameSpan& span : spans_) {
      const size_t hyphen = span.text.rfind('-');
      if (span.country != nullptr || hyphen == std::string::npos ||
          span.text.find(' ') != std::string::npos || hyphen < 3)
        continue;
      std::string part = span.text.substr(hyphen + 1);
      if (part.size() < 4 || lexicon_.ClassOf(ToLower(part)) != NounClass::kUnknown) continue;
      const auto [it, fresh] = whole.try_emplace(part, span.text);
      if (!fresh && it->second != span.text) it->second.clear();
    }
    for (NameSpan& span : spans_) {
      const auto it =
          span.country == nullptr ? whole.find(span.text.substr(span.text.rfind('-') + 1)) : whole.end();
      if (it == whole.end() || it->second != span.text) continue;
      span.entity = ShortName(span);
      by_hyphen_.try_emplace(it->first, span.entity);
    }
  }

  // A long word, met once or twice, that no table knows and that is one letter away from another name's word.
  void MergeMisspellings() {
    std::map<std::string_view, std::vector<size_t>> by_text;  // spans of one word
    for (size_t i = 0; i < spans_.size(); ++i) {
      if (spans_[i].country == nullptr && Words(spans_[i].text).size() == 1 &&
          spans_[i].text.size() >= kMinMisspelt) {
        by_text[spans_[i].text].push_back(i);
      }
    }
    if (by_text.size() > kMaxRareNames) return;
    std::map<std::string_view, int> words;  // words of persons' names too: "Sadikov" for "Najmeddin Sadikhov"
    for (const NameSpan& span : spans_) {
      if (span.country == nullptr && (span.type == EntityType::kPerson || Words(span.text).size() == 1)) {
        words.emplace(Words(span.text).back(), span.entity);
      }
    }
    if (words.size() > kMaxRareNames) return;
    for (const auto& [text, indexes] : by_text) {
      if (indexes.size() > 2 || IsKnownWord(text)) continue;
      for (const auto& [other, entity] : words) {
        if (other.size() < kMinMisspelt || !AtEditDistanceOne(text, other) || IsKnownWord(other) ||
            entity == spans_[indexes[0]].entity)
          continue;
        const auto rival = by_text.find(other);
        if (rival != by_text.end() &&
            (rival->second.size() < indexes.size() ||
             (rival->second.size() == indexes.size() && rival->second[0] > indexes[0]))) {
          continue;  // the usual spelling, or the first, is the right one
        }
        const int from = spans_[indexes[0]].entity;
        for (NameSpan& span : spans_) {
          if (span.entity == from) span.entity = entity;
        }
        break;
      }
    }
  }

  bool IsKnownWord(std::string_view word) const {
    return lexicon_.IsGivenName(word) || lexicon_.IsKnownPlace(word) || lexicon_.IsKnownOrganization(word) ||
           lexicon_.ClassOf(ToLower(word)) != NounClass::kUnknown;
  }

  void Finish(NameSpan& span) {
    Entity& entity = At(span.entity);
    if (span.country == nullptr) {
      if (entity.name != span.text) {
        if (entity.type == EntityType::kPerson && Words(span.text).size() > Words(entity.name).size()) {
          AddAlias(entity, entity.name);
          entity.name = span.text;
          std::erase(entity.aliases, span.text);
        } else {
          AddAlias(entity, span.text);
        }
      }
      if (entity.type == EntityType::kPerson && entity.gender.empty()) entity.gender = GenderOf(span);
    } else if (span.link != CountryLink::kAdjective && entity.name != span.text) {
      AddAlias(entity, span.text);
    }
    Mention mention;
    mention.sentence = span.sentence;
    mention.begin = span.begin;
    mention.end = span.end;
    mention.head = span.head;
    mention.entity = span.entity;
    mention.confidence = span.link == CountryLink::kCapital && entity.type == EntityType::kCountry
                             ? 0.85
                             : std::max(0.6, span.certainty);
    AddMention(mention, table_);
  }

  static void AddAlias(Entity& entity, const std::string& alias) {
    if (alias != entity.name &&
        std::find(entity.aliases.begin(), entity.aliases.end(), alias) == entity.aliases.end()) {
      entity.aliases.push_back(alias);
    }
  }

  std::string GenderOf(const NameSpan& span) const {
    Gender gender = span.gender;
    const std::vector<std::string_view> words = Words(span.text);
    if (gender == Gender::kUnknown && words.size() > 1) gender = lexicon_.GenderOfGivenName(words.front());
    return gender == Gender::kMale ? "male" : gender == Gender::kFemale ? "female" : "";
  }

  const std::vector<ParsedSentence>& views_;
  const Lexicon& lexicon_;
  std::vector<NameSpan>& spans_;
  EntityTable& table_;
  std::set<const Country*> countries_named_;
  std::set<const Country*> acts_;  // capitals that do what only states do
  StringMap<int> known_, by_key_, by_initials_, by_hyphen_;
  StringMap<std::vector<Bearer>> by_last_, by_first_, by_first_word_;
};

}  // namespace

void AddMention(Mention mention, EntityTable& table) {
  const int index = static_cast<int>(table.mentions.size());
  table.by_head.insert_or_assign({mention.sentence, mention.head}, index);
  for (TokenIndex i = mention.begin; i < mention.end; ++i)
    table.by_head.try_emplace({mention.sentence, i}, index);
  table.mentions.push_back(std::move(mention));
}

void GroupNames(const std::vector<ParsedSentence>& views, const Lexicon& lexicon,
                std::vector<NameSpan>& spans, EntityTable& table) {
  Grouper(views, lexicon, spans, table).Run();
}

}  // namespace dossier::ingest
