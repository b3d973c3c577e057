// What the program knows about English words and the world before it reads anything: countries with their
// demonyms and capitals, what kind of thing a noun names, which verb a noun stands for, which verbs mean
// nearly the same.
//
//   const Lexicon& lexicon = Lexicon::Default();
//   lexicon.NominalVerb("dismissal");            // "dismiss"
//   lexicon.AgentVerb("adviser");                // "advise"
//   const Country* c = lexicon.CountryByDemonym("Turkish");      // c->name == "Turkey"
//
// The tables are embedded data files (ingest/models/gazetteer.tsv, lexicon_*.tsv: sorted text, made by
// tools/make_lexicon.py from world-countries, WordNet and PropBank; licences in ingest/models/NOTICE). They
// are searched where they lie, so that loading costs next to nothing. Lookups take lemmas in lower case for
// common nouns and verbs, and names as written otherwise. Everything is immutable and thread-safe; returned
// views and pointers live as long as the Lexicon. Nothing fails: unknown words give "" or null.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace dossier::ingest {

// WordNet's lexicographer files for nouns (lexnames(5WN)): what kind of thing a noun usually names.
enum class NounClass : uint8_t {
  kUnknown,
  kTop,
  kAct,
  kAnimal,
  kArtifact,
  kAttribute,
  kBody,
  kCognition,
  kCommunication,
  kEvent,
  kFeeling,
  kFood,
  kGroup,
  kLocation,
  kMotive,
  kObject,
  kPerson,
  kPhenomenon,
  kPlant,
  kPossession,
  kProcess,
  kQuantity,
  kRelation,
  kShape,
  kState,
  kSubstance,
  kTime,
};

enum class Gender : uint8_t { kUnknown, kMale, kFemale };

struct Country {
  std::string_view code;       // ISO 3166-1 alpha-2, or a made-up longer one for a bloc ("EU")
  std::string_view name;       // common English name; the canonical one
  std::string_view official;   // "Republic of Austria"
  std::string_view adjective;  // "Austrian": first English demonym
};

// What kind of name a word makes when it is the last (or first) capitalised word of one: "University",
// "River", "Mr.".
enum class NameCue : uint8_t { kNone, kOrganization, kPlace, kEvent, kWork, kProduct, kFacility };

class Lexicon {
 public:
  // The embedded tables.
  static const Lexicon& Default();
  ~Lexicon();
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;

  // Countries. Names are compared as written ("Turkey", "the" left off); common, official and alternative
  // names and well-known abbreviations ("US", "U.K.") count.
  const Country* CountryByName(std::string_view name) const;
  const Country* CountryByCapital(std::string_view name) const;
  // Adjectives and nouns, singular or plural: "Turkish", "Turk", "Turks", "Frenchman".
  const Country* CountryByDemonym(std::string_view word) const;
  // A name that stands for the people in power of a country, not for the place: "Kremlin", "White House".
  // Null when it is none.
  const Country* CountryBySeat(std::string_view name) const;
  // Well-known regions and continents ("Caucasus", "Europe", "Siberia"): places, no countries.
  bool IsRegion(std::string_view name) const;

  // Nouns, by lemma. The class of the most frequent senses.
  NounClass ClassOf(std::string_view noun) const;
  // True for nouns that usually name a person ("adviser", "wife", "separatist").
  bool IsPerson(std::string_view noun) const { return ClassOf(noun) == NounClass::kPerson; }
  // Nouns that name people or bodies of people that act: persons, groups ("army", "government", "personnel").
  bool IsAnimate(std::string_view noun) const;
  // Nouns for an office, rank or profession that can stand before or after a name as its title: "president",
  // "general", "lawmaker".
  bool IsTitle(std::string_view noun) const;
  // The titles among them that are met every day; a capital letter does not make them names.
  bool IsUsualTitle(std::string_view noun) const;
  // A word of a title that is no title by itself: "Deputy", "Lt.".
  bool IsTitleWord(std::string_view word) const;
  bool IsKin(std::string_view noun) const;  // "wife", "colleague"
  // "Mr.", "Dr.", "Sir": goes with a person's name and is no part of it; gender where the word tells it.
  bool IsHonorific(std::string_view word) const;
  Gender GenderOfNoun(std::string_view noun) const;  // "wife", "king", "Mr."

  // The verb that an agent noun is the doer of ("adviser" -> "advise", "attacker" -> "attack"), or "".
  std::string_view AgentVerb(std::string_view noun) const;
  // The verb that an event noun is the deed of ("dismissal" -> "dismiss", "attack" -> "attack"), or "".
  std::string_view NominalVerb(std::string_view noun) const;

  // Verbs, by lemma. Verbs that mean nearly the same, most usual first ("dismiss" -> fire, sack, ...);
  // without the verb itself.
  std::vector<std::string_view> VerbSynonyms(std::string_view verb) const;
  bool IsVerb(std::string_view lemma) const;
  // Verbs of saying and thinking: their subject is a mind ("say", "believe", "warn").
  bool IsSpeechVerb(std::string_view verb) const;

  // Names.
  bool IsKnownPlace(std::string_view name) const;
  bool IsKnownOrganization(std::string_view name) const;
  bool IsKnownEvent(std::string_view name) const;
  bool IsGivenName(std::string_view name) const;
  Gender GenderOfGivenName(std::string_view name) const;
  NameCue CueOf(std::string_view capitalised_word) const;

  // Sources and licences of the tables, to be shown by `dossier --notices`.
  static std::string_view Notices();

 private:
  Lexicon();
  bool HasNameKind(std::string_view name, char kind) const;
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace dossier::ingest
