#include "query/syntax/token.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/strings.h"
#include "query/algebra/function.h"

namespace dossier::query::syntax {
namespace {

constexpr std::array kKeywords = {
#define DOSSIER_X(kind, name, word) std::pair<std::string_view, Tok>(word, Tok::kind),
    DOSSIER_SPARQL_TOKENS(DOSSIER_X)
#undef DOSSIER_X
};

constexpr size_t kLongestKeyword = 16;

std::string Upper(std::string_view word) {
  std::string upper(word);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

const StringMap<Tok>& KeywordMap() {
  static const auto* const kMap = [] {
    auto* map = new StringMap<Tok>;
    for (const auto& [word, kind] : kKeywords) {
      if (!word.empty()) map->emplace(word, kind);
    }
    return map;
  }();
  return *kMap;
}

// Levenshtein distance, both words short.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
    }
  }
  return row[b.size()];
}

}  // namespace

Tok KindOfWord(std::string_view word) {
  if (word == "a") return Tok::kA;
  if (word.size() <= kLongestKeyword) {
    const auto it = KeywordMap().find(Upper(word));
    if (it != KeywordMap().end()) return it->second;
  }
  return algebra::FindBuiltin(word).has_value() ? Tok::kFunction : Tok::kWord;
}

std::string_view NearestKeyword(std::string_view word) {
  if (word.size() < 3 || word.size() > kLongestKeyword) return "";
  const std::string upper = Upper(word);
  std::string_view best;
  size_t best_distance = word.size() <= 4 ? 2 : 3;  // exclusive
  for (const auto& [keyword, kind] : kKeywords) {
    if (keyword.size() < 3) continue;
    const size_t distance = Distance(upper, keyword);
    if (distance < best_distance) {
      best_distance = distance;
      best = keyword;
    }
  }
  return best;
}

}  // namespace dossier::query::syntax
