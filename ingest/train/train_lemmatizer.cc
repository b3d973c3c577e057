#include "ingest/train/train_lemmatizer.h"

#include <algorithm>
#include <map>

#include "ingest/parse/lemmatizer.h"
#include "ingest/parse/word_features.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

constexpr int kMaxSuffixCut = 6;  // scripts that cut or add more are of single words only
constexpr int kSuffixMinTypes = 2;

using Votes = std::map<LemmaScript, int>;

const LemmaScript& Winner(const Votes& votes) {
  return std::max_element(votes.begin(), votes.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

int Total(const Votes& votes) {
  int total = 0;
  for (const auto& [script, count] : votes) total += count;
  return total;
}

}  // namespace

std::string TrainLemmatizer(const Treebank& treebank) {
  struct Word {
    std::string normalized, upos, xpos;
    bool operator<(const Word& o) const {
      return std::tie(normalized, upos, xpos) < std::tie(o.normalized, o.upos, o.xpos);
    }
  };
  std::map<Word, Votes> words;
  for (const Sentence& sentence : treebank) {
    for (const Token& token : sentence.tokens) {
      if (token.lemma.empty()) continue;
      ++words[{NormalizeForm(token.form), token.upos, token.xpos}][MakeLemmaScript(
          StraightenApostrophes(token.form), StraightenApostrophes(token.lemma), token.upos)];
    }
  }
  // Suffix rules vote by word type, so that "was" does not teach what to do with "-s".
  std::map<uint64_t, Votes> suffixes;
  for (const auto& [word, votes] : words) {
    const LemmaScript& script = Winner(votes);
    if (script.cut > kMaxSuffixCut || script.append.size() > kMaxSuffixCut) continue;
    const std::string lower = ToLower(word.normalized);
    for (size_t n = 0; n <= std::min(lower.size(), kMaxLemmaSuffix); ++n) {
      ++suffixes[LemmaSuffixKey(lower, n, word.upos, word.xpos)][script];
    }
  }
  std::map<LemmaScript, uint32_t> ids;
  std::vector<LemmaScript> scripts;
  std::vector<std::pair<uint64_t, uint32_t>> keys;
  const auto add = [&](uint64_t key, const LemmaScript& script) {
    const auto [it, inserted] = ids.try_emplace(script, static_cast<uint32_t>(scripts.size()));
    if (inserted) scripts.push_back(script);
    keys.emplace_back(key, it->second);
  };
  for (const auto& [word, votes] : words)
    add(LemmaFormKey(word.normalized, word.upos, word.xpos), Winner(votes));
  for (const auto& [key, votes] : suffixes) {
    if (Total(votes) >= kSuffixMinTypes) add(key, Winner(votes));
  }
  return Lemmatizer::Build(scripts, keys);
}

}  // namespace dossier::ingest
