// The words of the question grammar: word lists, tests, and the Spirit X3 parsers of single words. For grammar.cc alone.
#pragma once

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "shell/question/grammar.h"
#include "shell/question/verb_forms.h"
#include "shell/question/words.h"

namespace dossier::shell::words_of_grammar {

namespace x3 = boost::spirit::x3;
using Iterator = std::vector<Word>::const_iterator;
using Range = boost::iterator_range<Iterator>;

// What the verb terminals look at.
struct VerbContext {
  const VerbKnowledge* verbs = nullptr;
  bool strict = true;  // only known verbs
};
struct verb_context_tag;

// --- Terminals -------------------------------------------------------------------------------------------------------------------

template <size_t N>
inline bool IsOneOf(const Word& word, const std::array<std::string_view, N>& list) {
  return !word.quoted && std::find(list.begin(), list.end(), word.lower) != list.end();
}

inline constexpr std::array<std::string_view, 2> kPersonWords = {"who", "whom"};
inline constexpr std::array<std::string_view, 1> kThingWords = {"what"};
inline constexpr std::array<std::string_view, 4> kOpenWords = {"someone", "somebody", "something", "anyone"};
inline constexpr std::array<std::string_view, 3> kDoWords = {"did", "does", "do"};
inline constexpr std::array<std::string_view, 3> kHaveWords = {"has", "have", "had"};
inline constexpr std::array<std::string_view, 9> kModalWords = {"will", "would", "can", "could", "may", "might", "must", "should", "shall"};
inline constexpr std::array<std::string_view, 5> kBeWords = {"is", "are", "was", "were", "got"};
inline constexpr std::array<std::string_view, 5> kDeterminers = {"the", "a", "an", "this", "that"};
inline constexpr std::array<std::string_view, 2> kNegations = {"not", "never"};
inline constexpr std::array<std::string_view, 14> kAdverbs = {"already", "also",  "first", "just", "now",  "once",    "often",
                                                       "soon",    "still", "then",  "ever", "even", "finally", "again"};
inline constexpr std::array<std::string_view, 45> kPrepositions = {
    "about",  "above",  "across", "after",  "against", "along",  "among",  "around",  "at",      "away", "back",
    "before", "behind", "below",  "beside", "between", "beyond", "by",     "down",    "during",  "for",  "from",
    "in",     "inside", "into",   "near",   "of",      "off",    "on",     "onto",    "out",     "over", "through", "throughout", "since",
    "to",     "toward", "towards", "under", "until",   "up",     "upon",   "via",     "with",    "without"};
inline constexpr std::array<std::string_view, 6> kOtherQuestionWords = {"which", "when", "where", "why", "how", "whose"};

inline bool IsAdverb(const Word& word) {
  if (IsOneOf(word, kAdverbs)) return true;
  return !word.quoted && !word.capital && word.lower.size() > 4 && word.lower.ends_with("ly") && word.lower != "apply" &&
         word.lower != "supply" && word.lower != "imply" && word.lower != "reply" && word.lower != "rely";
}

inline bool IsAskingWord(const Word& word) {
  return IsOneOf(word, kPersonWords) || IsOneOf(word, kThingWords) || IsOneOf(word, kOtherQuestionWords);
}

// Words that are never a verb of content: articles, auxiliaries, prepositions, question words.
inline bool IsFunctionWord(const Word& word) {
  return IsAskingWord(word) || IsOneOf(word, kDoWords) || IsOneOf(word, kHaveWords) || IsOneOf(word, kModalWords) ||
         IsOneOf(word, kBeWords) || IsOneOf(word, kDeterminers) || IsOneOf(word, kNegations) || IsOneOf(word, kPrepositions) ||
         word.lower == "be" || word.lower == "been" || word.lower == "being";
}

enum class VerbKind { kFinite, kBase, kParticiple, kGerund };

inline bool IsVerbWord(const Word& word, VerbKind kind, const VerbContext& context) {
  if (word.quoted || word.capital || IsFunctionWord(word)) return false;
  if (kind == VerbKind::kParticiple && !IsPastParticiple(word.lower)) return false;
  if (kind == VerbKind::kGerund && !IsGerund(word.lower)) return false;
  if (!context.strict) return true;
  if (kind == VerbKind::kBase) return context.verbs->IsVerb(word.lower);
  const std::vector<std::string> lemmas = LemmaCandidates(word.lower);
  return std::any_of(lemmas.begin(), lemmas.end(), [&](const std::string& lemma) { return context.verbs->IsVerb(lemma); });
}

// One word for which `test(word, context)` holds. No attribute: x3::raw gives the words where they matter.
template <typename Test>
struct WordIf : x3::parser<WordIf<Test>> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;
  explicit WordIf(Test t) : test(t) {}
  template <typename It, typename Context, typename RuleContext, typename Attribute>
  bool parse(It& first, const It& last, const Context& context, RuleContext&, Attribute&) const {
    if (first == last || !test(*first, x3::get<verb_context_tag>(context))) return false;
    ++first;
    return true;
  }
  Test test;
};

template <size_t N>
inline auto Among(const std::array<std::string_view, N>& list) {
  return WordIf([&list](const Word& w, const VerbContext&) { return IsOneOf(w, list); });
}
inline auto Is(std::string_view text) {
  return WordIf([text](const Word& w, const VerbContext&) { return !w.quoted && w.lower == text; });
}
inline auto Verb(VerbKind kind) {
  return x3::raw[WordIf([kind](const Word& w, const VerbContext& context) { return IsVerbWord(w, kind, context); })];
}

inline const auto any_word = WordIf([](const Word& w, const VerbContext&) { return w.quoted || (!IsAskingWord(w) && w.lower != "been" && w.lower != "be"); });
inline const auto adverb = WordIf([](const Word& w, const VerbContext&) { return IsAdverb(w); });
inline const auto person = Among(kPersonWords);
inline const auto thing = Among(kThingWords);
inline const auto preposition = Among(kPrepositions);
inline const auto determiner = Among(kDeterminers);
inline const auto be = Among(kBeWords) | (Among(kHaveWords) >> Is("been")) | ((Among(kModalWords)) >> Is("be"));
inline const auto do_or_modal = Among(kDoWords) | Among(kModalWords);
inline const auto have = Among(kHaveWords);
inline const auto finite = Verb(VerbKind::kFinite);
inline const auto base = Verb(VerbKind::kBase);
inline const auto participle = Verb(VerbKind::kParticiple);
inline const auto gerund = Verb(VerbKind::kGerund);

}  // namespace dossier::shell::words_of_grammar
