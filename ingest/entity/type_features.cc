#include "ingest/entity/type_features.h"

#include <algorithm>
#include <charconv>

#include "graph/base/strings.h"
#include "ingest/entity/sorted_table.h"

extern "C" const char dossier_name_types_begin[], dossier_name_types_end[];

namespace dossier::ingest {
namespace {

const SortedTable& Weights() {
  static const SortedTable table(std::string_view(
      dossier_name_types_begin, static_cast<size_t>(dossier_name_types_end - dossier_name_types_begin)));
  return table;
}

std::string_view CueName(NameCue cue) {
  switch (cue) {
    case NameCue::kOrganization:
      return "org";
    case NameCue::kPlace:
      return "place";
    case NameCue::kEvent:
      return "event";
    case NameCue::kWork:
      return "work";
    case NameCue::kFacility:
      return "facility";
    default:
      return "";
  }
}

bool IsAscii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

size_t CodePoints(std::string_view s) {
  return static_cast<size_t>(std::count_if(
      s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

char ShapeOf(std::string_view word) {
  const bool upper =
      word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (upper) return 'A';
  if (word.find_first_of("0123456789") != std::string_view::npos) return 'd';
  return word.ends_with('.') ? '.' : 'x';
}

double Number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value / 100.0;
}

}  // namespace

std::vector<std::string> TypeFeatures(const ParsedSentence& view, TokenIndex begin, TokenIndex end,
                                      const Lexicon& lexicon) {
  std::vector<std::string> out;
  const auto at = [&](TokenIndex i) -> std::string_view {
    return i < 0         ? std::string_view("<s>")
           : view.Has(i) ? std::string_view(view.Lower(i))
                         : std::string_view("</s>");
  };
  const TokenIndex length = end - begin;
  const std::string_view first = view.Form(begin), last = view.Form(end - 1);
  out.push_back(Cat("n=", std::min(length, 5)));
  if (length == 1) {
    out.push_back(Cat("s=", at(begin)));
  } else {
    out.push_back(Cat("f=", at(begin)));
    out.push_back(Cat("l=", at(end - 1)));
    for (TokenIndex i = begin + 1; i + 1 < end; ++i) out.push_back(Cat("m=", at(i)));
  }
  if (const std::string_view word = at(end - 1);
      CodePoints(word) >= 5 && IsAscii(word.substr(word.size() - 4))) {
    for (const size_t n : {4, 3, 2}) out.push_back(Cat("z", n, "=", word.substr(word.size() - n)));
  }
  out.push_back(Cat("p=", at(begin - 1)));
  out.push_back(Cat("x=", at(end)));
  out.push_back(Cat("pp=", at(begin - 2), " ", at(begin - 1)));
  out.push_back(Cat("xx=", at(end), " ", at(end + 1)));
  out.push_back(Cat("h=", ShapeOf(last), length == 1 ? "1" : "2"));
  std::string text;
  for (TokenIndex i = begin; i < end; ++i) Append(text, i > begin ? " " : "", view.Form(i));
  if (lexicon.IsKnownEvent(text)) out.push_back("k=E");
  if (lexicon.IsKnownOrganization(text)) out.push_back("k=G");
  if (lexicon.IsKnownPlace(text)) out.push_back("k=L");
  if (length == 1 && lexicon.IsGivenName(text)) out.push_back("k=P");
  if (lexicon.GenderOfGivenName(first) != Gender::kUnknown) {
    out.push_back(Cat("g=hand", std::min(length, 3)));
  } else if (lexicon.IsGivenName(first)) {
    out.push_back(Cat("g=word", std::min(length, 3)));
  }
  TokenIndex of = begin + 1;
  while (of < end && view.Form(of) != "of") ++of;
  if (const NameCue cue = lexicon.CueOf(view.Form(of - 1)); cue != NameCue::kNone) {
    out.push_back(Cat("c=", CueName(cue), std::min(length, 2)));
  }
  if (length > 1 && lexicon.CueOf(first) != NameCue::kNone)
    out.push_back(Cat("cf=", CueName(lexicon.CueOf(first))));
  return out;
}

TypeScores ScoreNameType(const ParsedSentence& view, TokenIndex begin, TokenIndex end,
                         const Lexicon& lexicon) {
  TypeScores scores;
  for (const std::string& feature : TypeFeatures(view, begin, end, lexicon)) {
    const std::string_view row = Weights().Find(feature);
    if (row.data() == nullptr) continue;
    scores.person += Number(Column(row, 0));
    scores.organization += Number(Column(row, 1));
    scores.place += Number(Column(row, 2));
    scores.other += Number(Column(row, 3));
  }
  return scores;
}

}  // namespace dossier::ingest
