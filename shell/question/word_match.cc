#include "shell/question/word_match.h"

#include <algorithm>
#include <array>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "shell/question/translate.h"
#include "shell/question/words.h"

namespace dossier::shell {
namespace {

constexpr std::array<std::string_view, 22> kDeterminers = {"the", "a",   "an",    "this",  "that", "these", "those", "their",
                                                           "his", "her", "its",   "our",   "my",   "your",  "all",   "some",
                                                           "any", "no",  "every", "other", "both", "such"};
constexpr std::array<std::string_view, 62> kEmptyWords = {
    "about", "after", "against", "among", "around", "at",   "before", "between", "by",   "during", "for",   "from",  "in",
    "into",  "near",  "of",      "on",    "onto",   "over", "through", "to",     "toward", "towards", "under", "until", "upon",
    "with",  "without", "since", "throughout", "and", "or", "but",  "not",     "is",   "are",    "was",   "were",  "be",
    "been",  "being", "has",     "have",  "had",    "do",   "does", "did",     "will", "would",  "can",   "could", "may",
    "might", "must",  "should",  "it",    "he",     "she",  "they", "we",      "them", "there"};

std::string Capitalised(std::string_view word) {
  std::string out(word);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

const ingest::Country* CountryOf(std::string_view lower_word) {
  const ingest::Lexicon& lexicon = ingest::Lexicon::Default();
  const std::string name = Capitalised(lower_word);
  const ingest::Country* country = lexicon.CountryByName(name);
  if (country == nullptr) country = lexicon.CountryByDemonym(name);
  return country;
}

std::string_view WithoutPossessive(std::string_view word) {
  for (const std::string_view ending : {"'s", "\xE2\x80\x99s", "'", "\xE2\x80\x99"}) {
    if (word.size() > ending.size() && word.ends_with(ending)) return word.substr(0, word.size() - ending.size());
  }
  return word;
}

std::string_view Stem(std::string_view word) {
  if (word.size() > 6 && word.ends_with("ing")) return word.substr(0, word.size() - 3);
  if (word.size() > 5 && word.ends_with("ies")) return word.substr(0, word.size() - 3);
  if (word.size() > 5 && word.ends_with("ed")) return word.substr(0, word.size() - 2);
  if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss")) return word.substr(0, word.size() - 1);
  return word;
}

template <size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> Alternatives(std::string_view word) {
  const ingest::Country* country = CountryOf(word);
  if (country == nullptr) country = ingest::Lexicon::Default().CountryByCapital(Capitalised(word));
  std::vector<std::string> out;
  const auto add = [&](std::string alternative) {
    // What holds a shorter alternative holds it anyway.
    for (const std::string& other : out) {
      if (alternative.find(other) != std::string::npos) return;
    }
    out.push_back(std::move(alternative));
  };
  add(std::string(country == nullptr ? Stem(word) : word));
  if (country != nullptr) {
    add(Lower(country->name));
    add(Lower(country->adjective));
  }
  return out;
}

}  // namespace

std::string_view WithoutDeterminer(std::string_view text) {
  for (;;) {
    const size_t space = text.find(' ');
    if (space == std::string_view::npos || !Contains(kDeterminers, Lower(text.substr(0, space)))) return text;
    text.remove_prefix(space + 1);
  }
}

std::string ComparedWord(std::string_view lower_word) {
  if (const ingest::Country* country = CountryOf(lower_word)) return Lower(country->name);
  if (lower_word.size() > 3 && lower_word.ends_with("s") && !lower_word.ends_with("ss")) lower_word.remove_suffix(1);
  const ingest::Country* country = CountryOf(lower_word);
  return country != nullptr ? Lower(country->name) : std::string(lower_word);
}

std::vector<std::vector<std::string>> ContentWords(std::string_view text) {
  std::vector<std::vector<std::string>> out;
  for (const Word& word : SplitWords(text)) {
    for (const Word& part : word.quoted ? SplitWords(word.text) : std::vector<Word>{word}) {
      const std::string_view bare = WithoutPossessive(part.lower);
      if (bare.size() < 2 || Contains(kDeterminers, bare) || Contains(kEmptyWords, bare)) continue;
      out.push_back(Alternatives(bare));
    }
  }
  return out;
}

std::string WordsTest(std::string_view haystack, std::string_view text) {
  std::string out;
  for (const std::vector<std::string>& word : ContentWords(text)) {
    std::string test;
    for (const std::string& alternative : word) {
      Append(test, test.empty() ? "" : " || ", "CONTAINS(", haystack, ", ", SparqlString(alternative), ")");
    }
    Append(out, out.empty() ? "" : " && ", word.size() > 1 ? "(" : "", test, word.size() > 1 ? ")" : "");
  }
  return out.empty() ? "true" : out;
}

}  // namespace dossier::shell
