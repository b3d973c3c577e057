// Text in runs of different styles, wrapped and cut by display width and rendered for a terminal or a pipe.
//
//   StyledText line = {{"Ankara ", Style::kPlain}, {"dismissed", Style::kPredicate}};
//   for (const StyledText& l : Wrap(line, 72)) out += Render(l, /*ansi=*/true);
//
// Colours and underlines need a terminal; without them the marked styles become [brackets]. Text must be Printable(). Plain values,
// thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::shell {

enum class Style { kPlain, kBold, kDim, kWarning, kSubject, kPredicate, kObject };

struct Run {
  std::string text;
  Style style = Style::kPlain;
  bool operator==(const Run&) const = default;
};
using StyledText = std::vector<Run>;

StyledText Plain(std::string_view text, Style style = Style::kPlain);
// The marked styles are those that become brackets where there is no colour.
bool IsMarked(Style style);

// Columns the text takes. Brackets are counted when `ansi` is false.
size_t WidthOf(const StyledText& text, bool ansi);
// Lines of at most `width` (>= 1) columns, broken at spaces, in the middle of a word only when it is longer than a line. White space at
// the breaks is dropped. Never empty: no text is one empty line.
std::vector<StyledText> Wrap(const StyledText& text, size_t width, bool ansi);
// The text itself when it fits, else cut with an ellipsis at the end.
StyledText Truncate(const StyledText& text, size_t width, bool ansi);

// With escape sequences when `ansi`, else marked runs in brackets.
std::string Render(const StyledText& text, bool ansi);

}  // namespace dossier::shell
