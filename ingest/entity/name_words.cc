#include "ingest/entity/name_words.h"

#include <algorithm>
#include <array>

#include "graph/base/strings.h"

namespace dossier::ingest {
namespace {

constexpr std::array<std::string_view, 38> kCalendar = {
    "Jan.",    "Feb.",      "Mar.",     "Apr.",      "Aug.",     "Sept.",    "Sep.",     "Oct.",
    "Nov.",    "Dec.",      "Nov",      "Dec",       "Oct",      "Sept",     "Jan",      "Feb",
    "Mon",     "Tue",       "Fri",      "January",   "February", "March",    "April",    "May",
    "June",    "July",      "August",   "September", "October",  "November", "December", "Monday",
    "Tuesday", "Wednesday", "Thursday", "Friday",    "Saturday", "Sunday"};
constexpr std::array<std::string_view, 17> kParticles = {"de",  "la",  "van", "von", "der", "den",
                                                         "bin", "ibn", "al",  "el",  "di",  "da",
                                                         "du",  "le",  "dos", "del", "y"};

constexpr std::array<std::string_view, 11> kCompanyEndings = {"Inc",  "Inc.", "Corp",   "Corp.", "Co.", "Ltd",
                                                              "Ltd.", "LLC",  "L.L.C.", "PLC",   "LLP"};

template <size_t N>
bool In(const std::array<std::string_view, N>& set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

bool IsModifierHere(const ParsedSentence& view, TokenIndex i) {
  const std::string_view next = view.Upos(i + 1), relation = view.Rel(view.FirstConjunct(i));
  return view.Form(i + 1) == "-" || next == "NOUN" || next == "PROPN" || next == "ADJ" ||
         relation == "amod" || relation == "compound" || relation == "flat" || relation == "root";
}

}  // namespace

bool LooksLikeAddress(std::string_view word) {
  const size_t point = word.rfind('.');
  if (point == std::string_view::npos || point == 0 || word.size() - point < 3 || word.size() - point > 5) return false;
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  const std::string_view ending = word.substr(point + 1);
  const char before = word[point - 1];
  return std::all_of(ending.begin(), ending.end(), small) && (small(before) || (before >= 'A' && before <= 'Z') || (before >= '0' && before <= '9'));
}
bool IsCalendarWord(std::string_view word) { return In(kCalendar, word); }
bool IsNameParticle(std::string_view word) { return In(kParticles, word); }
bool IsCompanyEnding(std::string_view word) { return In(kCompanyEndings, word); }

bool LooksLikeAcronym(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon) {
  const std::string_view form = view.Form(i);
  const std::string_view upos = view.Upos(i);
  if (form.size() < 3 || form.size() > 6 || (upos != "NOUN" && upos != "PRON" && upos != "X")) return false;
  if (lexicon.ClassOf(view.Lower(i)) != NounClass::kUnknown || lexicon.IsVerb(view.Lower(i)))
    return false;  // "a HUGE MESS"
  const auto capitals = [](std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  if (!capitals(form)) return false;
  for (const TokenIndex k : {i - 1, i + 1}) {
    if (view.Has(k) && view.Form(k).size() > 1 && capitals(view.Form(k))) return false;
  }
  return true;
}

std::string SingularOf(std::string_view word) {
  if (word.ends_with("ies")) return Cat(word.substr(0, word.size() - 3), "y");
  return std::string(word.ends_with('s') ? word.substr(0, word.size() - 1) : word);
}

bool MeansPeople(const ParsedSentence& view, TokenIndex i) {
  if (IsModifierHere(view, i)) return false;
  if (view.IsPlural(i)) return true;
  const std::string_view form = view.Form(i);
  const bool no_singular =
      form.ends_with("ese") || form.ends_with("sh") || form.ends_with("ch") || form.ends_with("ss");
  return no_singular && i > 0 && view.Lower(i - 1) == "the";
}

bool MeansOnePerson(const ParsedSentence& view, TokenIndex i) {
  const bool determined = i > 0 && (view.Upos(i - 1) == "DET" || view.Lower(i - 1) == "the");
  return (view.Upos(i) == "NOUN" || determined) && !IsModifierHere(view, i) && !MeansPeople(view, i);
}

bool IsTitleCase(const ParsedSentence& view) {
  if (view.size() < 4 || (!view.sentence().heading && view.Form(view.size() - 1) == ".")) return false;
  int capital = 0, lower = 0;
  for (TokenIndex i = 0; i < view.size(); ++i) {
    if (view.Form(i).size() < 4) continue;
    (view.IsCapitalized(i) ? capital : lower) += 1;
  }
  return capital >= 4 && lower * 3 <= capital;
}

bool IsDesignation(const ParsedSentence& view, TokenIndex begin, TokenIndex i) {
  const TokenIndex head = view.Head(i);
  return head >= begin && head < i &&
         (view.Rel(i) == "flat" || view.Rel(i) == "nummod" || view.FullRel(i) == "nmod:desc") &&
         view.Form(i).size() <= 4 && view.Form(i).find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsNationalInstitution(const ParsedSentence& view, TokenIndex begin, TokenIndex end, const Lexicon& lexicon) {
  if (begin == 0 || view.Upos(begin - 1) != "ADJ" ||
      lexicon.CountryByDemonym(view.Form(begin - 1)) == nullptr)
    return false;
  for (TokenIndex i = begin; i < end; ++i) {
    if (lexicon.ClassOf(view.Lower(i)) == NounClass::kUnknown && view.Upos(i) != "ADJ") return false;
  }
  return lexicon.CueOf(view.Form(end - 1)) == NameCue::kOrganization;
}

bool NamesNothing(const ParsedSentence& view, TokenIndex begin, TokenIndex end, const Lexicon& lexicon) {
  bool demonyms = end - begin > 1;
  for (TokenIndex i = begin; i < end; ++i)
    demonyms &= view.Form(i) == "-" || lexicon.CountryByDemonym(view.Form(i)) != nullptr;
  if (demonyms) return true;
  const bool common = lexicon.ClassOf(view.Lower(end - 1)) != NounClass::kUnknown;
  TokenIndex before = begin - 1;
  while (before > 0 && view.Upos(before) == "ADJ") --before;
  if (common && before >= 0 && (view.Lower(before) == "a" || view.Lower(before) == "an")) return true;
  if (common && end == begin + 1 && begin > 0 && view.Upos(begin - 1) == "NUM") return true;
  if (view.Rel(view.HeadOf(begin, end)) == "amod") {
    for (const std::string_view ending : {"ist", "ic", "ian", "ish", "ese"}) {
      if (view.Form(end - 1).ends_with(ending) && lexicon.CountryByName(view.Form(end - 1)) == nullptr)
        return true;
    }
  }
  return false;
}

}  // namespace dossier::ingest
