#include "ingest/read/date.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
constexpr std::string_view kIgnored[] = {
    "published", "posted", "updated",  "on",     "date", "monday", "tuesday", "wednesday",
    "thursday",  "friday", "saturday", "sunday", "the",  "of",     "th",      "st",
    "nd",        "rd",     "mon",      "tue",    "wed",  "thu",    "fri",     "sat",
    "sun",       "at",     "am",       "pm",     "gmt",  "utc",    "t",       "z"};

struct Piece {
  std::string word;  // letters in lower case
  int number = -1;   // or a number
  size_t digits = 0;
};

std::vector<Piece> Pieces(std::string_view text) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < text.size();) {
    const CharClass type = ClassOf(static_cast<unsigned char>(text[i]));
    size_t end = i + 1;
    if (type == CharClass::kDigit) {
      while (end < text.size() && ClassOf(static_cast<unsigned char>(text[end])) == CharClass::kDigit) ++end;
      Piece piece;
      piece.digits = end - i;
      piece.number = 0;
      for (size_t k = i; k < std::min(end, i + 8); ++k) piece.number = piece.number * 10 + (text[k] - '0');
      pieces.push_back(piece);
    } else if (IsLetter(type)) {
      while (end < text.size() && IsLetter(ClassOf(static_cast<unsigned char>(text[end])))) ++end;
      pieces.push_back({ToLower(text.substr(i, end - i)), -1, 0});
    }
    i = end;
  }
  return pieces;
}

int MonthOf(std::string_view word) {
  if (word.size() < 3) return 0;
  for (int month = 0; month < 12; ++month) {
    if (kMonths[month].substr(0, word.size()) == word || (word == "sept" && month == 8)) return month + 1;
  }
  return 0;
}

std::string Iso(int year, int month, int day) {
  constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1000 || year > 2999 || month < 1 || month > 12 || day < 1 || day > kDays[month - 1]) return "";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
  return buffer;
}

}  // namespace

std::string FindDate(std::string_view text) {
  if (text.size() > 80) return "";
  std::vector<Piece> pieces = Pieces(text);
  std::erase_if(pieces, [](const Piece& piece) {
    return piece.number < 0 &&
           std::find(std::begin(kIgnored), std::end(kIgnored), piece.word) != std::end(kIgnored);
  });
  if (pieces.size() < 3) return "";
  if (std::any_of(pieces.begin() + 3, pieces.end(), [](const Piece& piece) { return piece.number < 0; }))
    return "";
  const Piece &a = pieces[0], &b = pieces[1], &c = pieces[2];
  if (a.digits == 4 && b.digits > 0 && c.digits > 0) return Iso(a.number, b.number, c.number);
  if (a.number < 0 && b.digits > 0 && c.digits == 4) return Iso(c.number, MonthOf(a.word), b.number);
  if (a.digits > 0 && b.number < 0 && c.digits == 4) return Iso(c.number, MonthOf(b.word), a.number);
  return "";
}

}  // namespace dossier::ingest
