// What the clause around "it" and "they" says about them: whether they stand for anything, and what kind of thing their verb asks for.
// The steps before pronouns.h weighs candidates; only pronouns.cc and its tests include this header.
//
//   if (IsExpletive(view, i, lexicon)) return;                     // "it remains to be seen whether", "it was Ann who", "it rained"
//   switch (WantedBy(view, i, lexicon)) ...                        // "it said": a mind; "they were imported": a thing
//
// After Quirk et al. 1985 (18.25 clefts, 18.33 extraposition) and Lappin & Leass 1994 (pleonastic tests), read off the dependency tree;
// where the tree is doubtful "it" counts as expletive, since a wrong link is worse than none. Infinitives alone tell nothing behind what
// its subject is or does itself ("it is ready to sell", "it seems to work"). Pure; thread-safe; a step per child of the clause.
#pragma once

#include "ingest/entity/lexicon.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

// Whether the "it" at `i` refers to nothing: with a clause extraposed behind its predicate, in a cleft, of weather or time, or as an object
// that only announces a clause ("makes it clear that"). False for every other word.
bool IsExpletive(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon);

enum class Wanted : uint8_t {
  kAnything,
  kMind,   // who says, thinks, decides
  kThing,  // what is built, imported, operated
};
// What the verb that the pronoun at `i` is subject or object of asks for.
Wanted WantedBy(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon);

}  // namespace dossier::ingest
