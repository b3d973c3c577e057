// Titles of the people named in a sentence: in front of the name, in apposition to it.
//
//   "retired Azerbaijani Lieutenant Colonel Oleg Guliev"      title "retired Lieutenant Colonel", of: the
//   token "Azerbaijani" "Zakir Hasanov, the defense minister of Azerbaijan,"      title "defense minister",
//   of: the token "Azerbaijan"
//
// Pure functions; thread-safe.
#pragma once

#include "ingest/entity/lexicon.h"
#include "ingest/entity/name_spans.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

// The part of a run of name tokens [begin, end) that comes before the name itself.
struct TitlePrefix {
  TokenIndex title_begin = 0;  // behind a country or demonym
  TokenIndex name_begin = 0;   // == begin of the run: there is no title; == end: there is nothing but a title
  TitleSpan title;             // empty text for a mere "Mr."
  bool honorific = false;
  Gender gender = Gender::kUnknown;
};
TitlePrefix FindTitlePrefix(const ParsedSentence& view, TokenIndex begin, TokenIndex end,
                            const Lexicon& lexicon);

// Adds titles written in lower case before the span and those in apposition. Does nothing for spans that
// cannot be a person's name.
void FindTitlesAround(const ParsedSentence& view, const Lexicon& lexicon, NameSpan& span);

}  // namespace dossier::ingest
