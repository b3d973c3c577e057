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

}  // namespace dossier::ingest
