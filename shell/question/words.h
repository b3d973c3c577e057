// A question as words: what the grammar (grammar.h) reads.
//
//   std::vector<Word> words = SplitWords("Who dismissed \"Zakir Hasanov\"?");     // who | dismissed | Zakir Hasanov (quoted)
//
// White space separates words; stops, commas and question marks at their ends are dropped; text in double quotes is one word; "who's"
// is two. Pure; any bytes are accepted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"

namespace dossier::shell {

struct Word {
  std::string text;    // as written
  std::string lower;   // folded to lower case
  bool quoted = false;
  bool capital = false;   // starts with a capital letter
  bool operator==(const Word&) const = default;
};

std::vector<Word> SplitWords(std::string_view question);

// Lower case (Unicode, root locale).
std::string Lower(std::string_view text);

}  // namespace dossier::shell
