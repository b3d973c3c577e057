#include "ingest/entity/lexicon.h"

#include <deque>
#include <string>

#include "graph/base/strings.h"
#include "ingest/entity/sorted_table.h"

#define DECLARE_TABLE(name) extern "C" const char dossier_##name##_begin[], dossier_##name##_end[]
DECLARE_TABLE(gazetteer);
DECLARE_TABLE(nouns);
DECLARE_TABLE(verbs);
DECLARE_TABLE(names);
DECLARE_TABLE(hand);
DECLARE_TABLE(notice);
#define TABLE_BYTES(name) \
  std::string_view(dossier_##name##_begin, static_cast<size_t>(dossier_##name##_end - dossier_##name##_begin))

namespace dossier::ingest {
namespace {

using ViewMap = absl::flat_hash_map<std::string_view, const Country*, StringHash, StringEq>;
using ViewSet = absl::flat_hash_set<std::string_view, StringHash, StringEq>;
template <typename V>
using ViewTo = absl::flat_hash_map<std::string_view, V, StringHash, StringEq>;

NounClass ClassOfLetter(char letter) {
  constexpr std::string_view kLetters =
      "?tanrbycmefdglvophkszqiwxuj";  // in the order of NounClass, as make_lexicon.py writes them
  const size_t at = kLetters.find(letter);
  if (at == std::string_view::npos || at > 26) return NounClass::kUnknown;
  constexpr NounClass kClasses[] = {
      NounClass::kUnknown,       NounClass::kTop,        NounClass::kAct,      NounClass::kAnimal,
      NounClass::kArtifact,      NounClass::kAttribute,  NounClass::kBody,     NounClass::kCognition,
      NounClass::kCommunication, NounClass::kEvent,      NounClass::kFeeling,  NounClass::kFood,
      NounClass::kGroup,         NounClass::kLocation,   NounClass::kMotive,   NounClass::kObject,
      NounClass::kPerson,        NounClass::kPhenomenon, NounClass::kPlant,    NounClass::kPossession,
      NounClass::kProcess,       NounClass::kQuantity,   NounClass::kRelation, NounClass::kShape,
      NounClass::kState,         NounClass::kSubstance,  NounClass::kTime};
  return kClasses[at];
}

template <typename Visit>
void ForEachRow(std::string_view bytes, Visit visit) {
  ForEachPart(bytes, '\n', [&](std::string_view row) {
    if (row.front() != '#') visit(row);
  });
}

}  // namespace

struct Lexicon::Tables {
  SortedTable nouns, verbs, names;
  std::deque<Country> countries;  // addresses stay
  ViewMap by_code, by_name, by_capital, by_demonym, by_seat;
  ViewSet regions, title_nouns, title_words, kin, animate;
  ViewTo<Gender> honorifics, noun_gender, given_names;
  ViewTo<NameCue> cues;
  ViewTo<NounClass> noun_classes;  // where the news uses a noun otherwise than WordNet counts

  void ReadGazetteer(std::string_view bytes);
  void ReadHand(std::string_view bytes);
  void ReadHandRow(std::string_view kind, std::string_view words, std::string_view value);
  const Country* Code(std::string_view code) const {
    const auto it = by_code.find(code);
    return it == by_code.end() ? nullptr : it->second;
  }
};

void Lexicon::Tables::ReadGazetteer(std::string_view bytes) {
  ForEachRow(bytes, [&](std::string_view row) {
    const std::string_view demonyms = Column(row, 6);
    countries.push_back(
        {Column(row, 0), Column(row, 2), Column(row, 3), demonyms.substr(0, demonyms.find('|'))});
    const Country* country = &countries.back();
    const bool state = Column(row, 1) == "s";
    by_code.emplace(country->code, country);
    by_name.emplace(country->name, country);
    ForEachPart(Column(row, 4), '|', [&](std::string_view name) { by_name.emplace(name, country); });
    // Dependent territories must not take the capitals and demonyms of states.
    const auto add = [&](ViewMap& map, std::string_view name) {
      if (state) {
        map.insert_or_assign(name, country);
      } else {
        map.emplace(name, country);
      }
    };
    ForEachPart(Column(row, 5), '|', [&](std::string_view name) { add(by_capital, name); });
    ForEachPart(demonyms, '|', [&](std::string_view name) { add(by_demonym, name); });
  });
}

void Lexicon::Tables::ReadHand(std::string_view bytes) {
  ForEachRow(bytes,
             [&](std::string_view row) { ReadHandRow(Column(row, 0), Column(row, 1), Column(row, 2)); });
}

void Lexicon::Tables::ReadHandRow(std::string_view kind, std::string_view words, std::string_view value) {
  const auto each = [&](auto visit) { ForEachPart(words, '|', visit); };
  if (kind == "country") {
    const size_t equals = value.find('=');
    const std::string_view code = value.substr(0, equals);
    const std::string_view name = equals == std::string_view::npos ? words : value.substr(equals + 1);
    countries.push_back({code, name, name, {}});
    by_code.insert_or_assign(code, &countries.back());
    each([&](std::string_view word) { by_name.insert_or_assign(word, &countries.back()); });
  } else if (kind == "rename") {
    for (Country& country : countries) {
      if (country.code == value) country.name = words;
    }
    if (const Country* country = Code(value)) by_name.insert_or_assign(words, country);
  } else if (kind == "alias" || kind == "capital" || kind == "seat" || kind == "demonym") {
    ViewMap& map = kind == "alias"     ? by_name
                   : kind == "capital" ? by_capital
                   : kind == "seat"    ? by_seat
                                       : by_demonym;
    if (const Country* country = Code(value))
      each([&](std::string_view word) { map.insert_or_assign(word, country); });
  } else if (kind == "honorific") {
    const Gender gender = value == "m" ? Gender::kMale : value == "f" ? Gender::kFemale : Gender::kUnknown;
    each([&](std::string_view word) { honorifics.emplace(word, gender); });
  } else if (kind == "class" && !value.empty()) {
    each([&](std::string_view word) { noun_classes.emplace(word, ClassOfLetter(value.front())); });
  } else if (kind == "male" || kind == "female") {
    each([&](std::string_view word) {
      noun_gender.emplace(word, kind == "male" ? Gender::kMale : Gender::kFemale);
    });
  } else if (kind == "male_name" || kind == "female_name") {
    each([&](std::string_view word) {
      given_names.emplace(word, kind == "male_name" ? Gender::kMale : Gender::kFemale);
    });
  } else {
    const ViewTo<NameCue> kCueKinds = {{"org", NameCue::kOrganization},
                                       {"place", NameCue::kPlace},
                                       {"event", NameCue::kEvent},
                                       {"work", NameCue::kWork},
                                       {"facility", NameCue::kFacility}};
    if (const auto it = kCueKinds.find(kind); it != kCueKinds.end()) {
      each([&](std::string_view word) { cues.emplace(word, it->second); });
      return;
    }
    ViewSet* set = kind == "region"      ? &regions
                   : kind == "titlenoun" ? &title_nouns
                   : kind == "title"     ? &title_words
                   : kind == "kin"       ? &kin
                   : kind == "animate"   ? &animate
                                         : nullptr;
    if (set != nullptr) each([&](std::string_view word) { set->insert(word); });
  }
}

Lexicon::Lexicon() : tables_(std::make_unique<Tables>()) {
  tables_->nouns = SortedTable(TABLE_BYTES(nouns));
  tables_->verbs = SortedTable(TABLE_BYTES(verbs));
  tables_->names = SortedTable(TABLE_BYTES(names));
  tables_->ReadGazetteer(TABLE_BYTES(gazetteer));
  tables_->ReadHand(TABLE_BYTES(hand));
}
Lexicon::~Lexicon() = default;

const Lexicon& Lexicon::Default() {
  static const Lexicon* const lexicon =
      new Lexicon();  // never destroyed: static destructors must not race with threads
  return *lexicon;
}

namespace {

const Country* Get(const ViewMap& map, std::string_view key) {
  const auto it = map.find(key);
  return it == map.end() ? nullptr : it->second;
}

std::string_view WithoutArticle(std::string_view name) {
  return name.starts_with("the ") || name.starts_with("The ") ? name.substr(4) : name;
}

}  // namespace

const Country* Lexicon::CountryByName(std::string_view name) const {
  return Get(tables_->by_name, WithoutArticle(name));
}
const Country* Lexicon::CountryByCapital(std::string_view name) const {
  return Get(tables_->by_capital, name);
}
const Country* Lexicon::CountryBySeat(std::string_view name) const {
  return Get(tables_->by_seat, WithoutArticle(name));
}

const Country* Lexicon::CountryByDemonym(std::string_view word) const {
  if (const Country* country = Get(tables_->by_demonym, word)) return country;
  std::string_view singular = word;
  if (word.size() > 3 && word.back() == 's') {
    singular.remove_suffix(1);
    if (const Country* country = Get(tables_->by_demonym, singular)) return country;
  }
  for (const std::string_view candidate : {word, singular}) {
    const Country* found = nullptr;
    ForEachPart(Column(tables_->names.Find(candidate), 0), '|', [&](std::string_view kind) {
      if (found == nullptr && kind.starts_with("N:")) found = CountryByName(kind.substr(2));
    });
    if (found != nullptr) return found;
  }
  return nullptr;
}

bool Lexicon::IsRegion(std::string_view name) const {
  return tables_->regions.contains(WithoutArticle(name));
}

NounClass Lexicon::ClassOf(std::string_view noun) const {
  if (const auto it = tables_->noun_classes.find(noun); it != tables_->noun_classes.end()) return it->second;
  const std::string_view letter = Column(tables_->nouns.Find(noun), 0);
  return letter.empty() ? NounClass::kUnknown : ClassOfLetter(letter.front());
}

bool Lexicon::IsAnimate(std::string_view noun) const {
  const NounClass noun_class = ClassOf(noun);
  return noun_class == NounClass::kPerson || tables_->animate.contains(noun);
}

bool Lexicon::IsTitle(std::string_view noun) const {
  return IsUsualTitle(noun) || Column(tables_->nouns.Find(noun), 1) == "t";
}
bool Lexicon::IsUsualTitle(std::string_view noun) const { return tables_->title_nouns.contains(noun); }
bool Lexicon::IsTitleWord(std::string_view word) const { return tables_->title_words.contains(word); }
bool Lexicon::IsKin(std::string_view noun) const { return tables_->kin.contains(noun); }
bool Lexicon::IsHonorific(std::string_view word) const { return tables_->honorifics.contains(word); }

Gender Lexicon::GenderOfNoun(std::string_view noun) const {
  for (const auto* map : {&tables_->noun_gender, &tables_->honorifics}) {
    if (const auto it = map->find(noun); it != map->end()) return it->second;
  }
  return Gender::kUnknown;
}

std::string_view Lexicon::AgentVerb(std::string_view noun) const {
  return Column(tables_->nouns.Find(noun), 2);
}
std::string_view Lexicon::NominalVerb(std::string_view noun) const {
  return Column(tables_->nouns.Find(noun), 3);
}

std::vector<std::string_view> Lexicon::VerbSynonyms(std::string_view verb) const {
  std::vector<std::string_view> synonyms;
  ForEachPart(Column(tables_->verbs.Find(verb), 1), ' ',
              [&](std::string_view word) { synonyms.push_back(word); });
  return synonyms;
}
bool Lexicon::IsVerb(std::string_view lemma) const { return tables_->verbs.Find(lemma).data() != nullptr; }
bool Lexicon::IsSpeechVerb(std::string_view verb) const {
  return !Column(tables_->verbs.Find(verb), 0).empty();
}

bool Lexicon::IsGivenName(std::string_view name) const {
  return tables_->given_names.contains(name) || HasNameKind(name, 'P');
}
Gender Lexicon::GenderOfGivenName(std::string_view name) const {
  const auto it = tables_->given_names.find(name);
  return it == tables_->given_names.end() ? Gender::kUnknown : it->second;
}
NameCue Lexicon::CueOf(std::string_view word) const {
  const auto it = tables_->cues.find(word);
  return it == tables_->cues.end() ? NameCue::kNone : it->second;
}

bool Lexicon::HasNameKind(std::string_view name, char kind) const {
  bool found = false;
  ForEachPart(Column(tables_->names.Find(name), 0), '|',
              [&](std::string_view part) { found = found || (part.size() == 1 && part.front() == kind); });
  return found;
}
bool Lexicon::IsKnownPlace(std::string_view name) const { return HasNameKind(name, 'L'); }
bool Lexicon::IsKnownOrganization(std::string_view name) const { return HasNameKind(name, 'G'); }
bool Lexicon::IsKnownEvent(std::string_view name) const { return HasNameKind(name, 'E'); }

std::string_view Lexicon::Notices() { return TABLE_BYTES(notice); }

}  // namespace dossier::ingest
