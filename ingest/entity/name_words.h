// What single words of a name say: calendar words, company endings, particles, acronyms, demonyms.
//
//   if (IsNameParticle("van")) ...            // lower case, inside a name
//   if (MeansPeople(view, i)) ...             // the demonym at i is "the Turks", not "Turkish"
//
// Pure functions; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "ingest/entity/lexicon.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

// "www.example.org", "notes.doc": letters or digits, a point, and two to four small letters at the end.
bool LooksLikeAddress(std::string_view word);
// "January", "Mon": capitalised, but no name.
bool IsCalendarWord(std::string_view word);
// "Inc.", "LLC".
bool IsCompanyEnding(std::string_view word);
// "van", "de", "bin".
bool IsNameParticle(std::string_view word);
// Three to six capitals in a sentence that is not written in capitals, which are no common word. Taggers take
// WHO for a pronoun.
bool LooksLikeAcronym(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon);
// "security" of "securities"; words that do not end in "s" stay.
std::string SingularOf(std::string_view word);

// The demonym that ends at `i` stands for a people: "the Turks", "the French".
bool MeansPeople(const ParsedSentence& view, TokenIndex i);
// ... for somebody: "an American", "the Italian".
bool MeansOnePerson(const ParsedSentence& view, TokenIndex i);

// Most of the long words are capitals: a headline, whose capitals say nothing.
bool IsTitleCase(const ParsedSentence& view);
// A number that belongs to the name before it: "Apollo 11". Not a day of the month.
bool IsDesignation(const ParsedSentence& view, TokenIndex begin, TokenIndex i);
// "Swedish Academy": an adjective for a country, and common words in capitals that end like an institution.
bool IsNationalInstitution(const ParsedSentence& view, TokenIndex begin, TokenIndex end, const Lexicon& lexicon);
// Capitals that make no name: "Turkish-Azerbaijani", "a Soviet Republic", "Two States", "the Pan-Slavist
// vision".
bool NamesNothing(const ParsedSentence& view, TokenIndex begin, TokenIndex end, const Lexicon& lexicon);

}  // namespace dossier::ingest
