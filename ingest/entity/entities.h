// Entities of a document: its mentions, grouped by what they refer to, with types, names and canonical
// identity.
//
//   EntityTable table = ResolveEntities(sentences, gazetteer);
//   const Entity* e = table.EntityAt(sentence_index, token_index);      // of the mention headed by the
//   token, or null
//
// Order of work: name mentions are found (tags, capitals, gazetteer), typed, split into title and name
// ("Russian president Vladimir Putin": name "Vladimir Putin", title "president", country Russia), grouped by
// name parts and aliases; then safe pronouns and definite descriptions are attached. Deterministic; never
// fails; linear but for grouping (bounded window). An EntityTable borrows nothing. Thread-compatible.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

class CorefRanker;
class ParsedSentence;
class Lexicon;  // entity/lexicon.h: gazetteer of countries, demonyms, capitals; name and noun tables

enum class EntityType : uint8_t {
  kPerson,
  kOrganization,
  kPlace,
  kCountry,
  kNationality,
  kEvent,
  kProduct,
  kWork,
  kDate,
  kQuantity,
  kGroup,
  kThing
};
std::string_view NameOf(EntityType type);

enum class MentionKind : uint8_t { kName, kNominal, kPronoun };

struct Mention {
  uint32_t sentence = 0;
  TokenIndex begin = 0, end = 0;  // tokens [begin, end)
  TokenIndex head = kNoToken;
  MentionKind kind = MentionKind::kName;
  int entity = -1;          // index into EntityTable::entities
  double confidence = 1.0;  // of the link
};

struct Title {
  std::string title;      // "Defense Minister"
  int of_entity = -1;     // country or organisation, or -1
  uint32_t sentence = 0;  // evidence
  TokenIndex begin = 0, end = 0;
};

struct Entity {
  EntityType type = EntityType::kThing;
  std::string name;                  // canonical name: the fullest name in the document, or the gazetteer's
  std::vector<std::string> aliases;  // other names met, without `name`, in order of first mention
  bool named = false;  // has a proper name; others are identified by their description within the document
  bool known = false;  // from the gazetteer: identity across documents is certain
  bool shared_concept = false;  // a bare common noun ("treason"): one node for all documents
  std::vector<Title> titles;
  std::string gender;  // "male", "female", or empty
  bool plural = false;
};

struct EntityTable {
  std::vector<Entity> entities;
  std::vector<Mention> mentions;  // by (sentence, begin)

  // The mention whose head is `token`, or null.
  const Mention* MentionAt(uint32_t sentence, TokenIndex token) const;
  const Entity* EntityAt(uint32_t sentence, TokenIndex token) const;
  std::map<std::pair<uint32_t, TokenIndex>, int> by_head;  // -> index into mentions
};

// With a ranker (coref_ranker.h) pronouns and descriptions that the rules leave open are resolved, too.
EntityTable ResolveEntities(const std::vector<Sentence>& sentences, const Lexicon& lexicon, const CorefRanker* ranker = nullptr);
// The same without pronouns; mentions are not in text order.
EntityTable ResolveNamesAndNouns(const std::vector<ParsedSentence>& views, const Lexicon& lexicon);

}  // namespace dossier::ingest
