// Matching by words, for what no entity is called: descriptions, quotations, claims.
//
//   WordsTest("?label", "the Azerbaijani officials")
//   // (CONTAINS(?label, "azerbaijan") || CONTAINS(?label, "azeri")) && CONTAINS(?label, "official")
//
// Content words only (articles, pronouns, prepositions and auxiliaries say little), in lower case and without the usual endings; a
// country, its adjective and its capital are one word. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::shell {

// The content words of `text`, each with the other words that count as the same.
std::vector<std::vector<std::string>> ContentWords(std::string_view text);

// SPARQL that is true when the string expression `haystack` (lower case) holds all content words; "true" when there are none.
std::string WordsTest(std::string_view haystack, std::string_view text);

// A word as it is compared in labels: lower case, without plural or possessive ending; a demonym becomes its country.
std::string ComparedWord(std::string_view lower_word);

// `text` without articles and possessives in front ("their", "all the").
std::string_view WithoutDeterminer(std::string_view text);

}  // namespace dossier::shell
