// Where names stand: the spans of name tokens of every sentence, split into title and name, before anything
// is typed or grouped.
//
//   std::vector<NameSpan> spans = FindNameSpans(views, lexicon);      // by (sentence, begin)
//
// A span is a run of name tags ("Angela Merkel"), joined over hyphens, particles ("van der") and the "of" of
// institutions and places
// ("Bank of England"). Titles in front are cut off and kept (TitleSpan); demonyms are spans of their own.
// Spans may nest ("Ukraine" in "Ministry of Defence of Ukraine"): the inner ones come later. In headings in
// title case only names met elsewhere count. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "ingest/entity/entities.h"
#include "ingest/entity/lexicon.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

// How a span is tied to a country.
enum class CountryLink : uint8_t {
  kNone,
  kName,       // "Turkey"
  kAdjective,  // "Turkish" before a noun
  kPeople,     // "the Turks"
  kCapital,    // "Ankara": the country where it acts, else a place
  kSeat,       // "the Kremlin"
};

struct TitleSpan {
  std::string text;  // "retired Lieutenant Colonel"
  TokenIndex begin = 0, end = 0;
  TokenIndex noun = kNoToken;  // "Colonel"
  TokenIndex of = kNoToken;    // a token of the span it belongs to ("Russian", "Gazprom"), or kNoToken
};

struct NameSpan {
  uint32_t sentence = 0;
  TokenIndex begin = 0, end = 0, head = kNoToken;
  std::string text;
  const Country* country = nullptr;
  CountryLink link = CountryLink::kNone;
  std::vector<TitleSpan> titles;
  bool honorific = false;
  Gender gender = Gender::kUnknown;      // from honorific or title
  EntityType type = EntityType::kThing;  // filled in by typing
  double certainty = 0;                  // of `type`
  int entity = -1;                       // filled in by grouping
};

std::vector<NameSpan> FindNameSpans(const std::vector<ParsedSentence>& views, const Lexicon& lexicon);

}  // namespace dossier::ingest
