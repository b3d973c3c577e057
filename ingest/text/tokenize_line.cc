#include <algorithm>

#include "ingest/text/characters.h"
#include "ingest/text/tokenizer.h"

namespace dossier::ingest {
namespace {

bool IsSpaceAt(std::string_view text, size_t i) {
  return ClassOf(DecodeAt(text, i).value) == CharClass::kSpace;
}

// Words that Penn and UD tokenisation write as two, in lower case, with the length of the first.
struct Fused {
  std::string_view word;
  size_t cut;
};
constexpr Fused kFused[] = {{"cannot", 3}, {"gonna", 3}, {"gotta", 3},
                            {"wanna", 3},  {"gimme", 3}, {"lemme", 3}};

// Where the clitic of `word` begins; 0 when it has none.
size_t CliticOf(std::string_view word) {
  const std::string lower = ToLower(word);
  if (lower.size() != word.size()) return 0;
  for (const Fused& fused : kFused) {
    if (lower == fused.word) return fused.cut;
  }
  constexpr std::string_view kNots[] = {"n't", "n\u2019t"};
  for (const std::string_view clitic : kNots) {
    if (lower.size() > clitic.size() && lower.ends_with(clitic)) return lower.size() - clitic.size();
  }
  for (const std::string_view apostrophe : {"'", "\u2019"}) {
    const size_t at = lower.rfind(apostrophe);
    if (at == std::string::npos || at == 0) continue;
    constexpr std::string_view kAfter[] = {"s", "re", "ve", "ll", "d", "m"};
    const std::string_view after = std::string_view(lower).substr(at + apostrophe.size());
    if (std::find(std::begin(kAfter), std::end(kAfter), after) != std::end(kAfter)) return at;
  }
  return 0;
}

}  // namespace

Sentence TokenizeLine(std::string_view line) {
  Sentence sentence;
  const auto add = [&](size_t begin, size_t end) -> Token& {
    Token& token = sentence.tokens.emplace_back();
    token.form = std::string(line.substr(begin, end - begin));
    token.span = {begin, end};
    return token;
  };
  for (size_t i = 0; i < line.size();) {
    if (IsSpaceAt(line, i)) {
      i += DecodeAt(line, i).length;
      continue;
    }
    const size_t begin = i;
    while (i < line.size() && !IsSpaceAt(line, i)) i += DecodeAt(line, i).length;
    const size_t cut = CliticOf(line.substr(begin, i - begin));
    if (cut > 0) {
      Token& word = add(begin, begin + cut);
      word.space_after = false;
      word.multiword_start = true;
    }
    add(begin + cut, i);
  }
  if (!sentence.tokens.empty())
    sentence.span = {sentence.tokens.front().span.begin, sentence.tokens.back().span.end};
  sentence.text = std::string(line.substr(sentence.span.begin, sentence.span.end - sentence.span.begin));
  return sentence;
}

}  // namespace dossier::ingest
