#include "ingest/train/evaluate.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/text/characters.h"
#include "ingest/text/conllu.h"

namespace dossier::ingest {
namespace {

struct Range {
  size_t begin, end;
  bool operator==(const Range&) const = default;
};

struct Word {
  Range place;  // of its token in the text without white space
  const Token* token;
  size_t head;  // number of the head among all words, or kRoot
  bool multiword;
};

constexpr size_t kRoot = static_cast<size_t>(-1);

// One side of the comparison, laid out over its text without white space.
struct Side {
  std::string text;
  std::vector<Range> tokens;
  std::vector<Range> sentences;
  std::vector<Word> words;
};

size_t AppendWithoutSpace(std::string_view form, std::string& text) {
  for (size_t i = 0; i < form.size();) {
    const CodePoint c = DecodeAt(form, i);
    if (ClassOf(c.value) != CharClass::kSpace) text.append(form.substr(i, c.length));
    i += c.length;
  }
  return text.size();
}

Side LayOut(const std::vector<Sentence>& sentences) {
  Side side;
  for (const Sentence& sentence : sentences) {
    const size_t sentence_begin = side.text.size();
    const size_t first_word = side.words.size();
    for (size_t i = 0; i < sentence.tokens.size();) {
      const SurfaceToken surface = SurfaceAt(sentence, i);
      const size_t begin = side.text.size();
      const size_t end = AppendWithoutSpace(surface.text, side.text);
      side.tokens.push_back({begin, end});
      for (size_t k = 0; k < surface.words; ++k, ++i) {
        const TokenIndex head = sentence.tokens[i].head;
        side.words.push_back({{begin, end},
                              &sentence.tokens[i],
                              head == kNoToken ? kRoot : first_word + static_cast<size_t>(head),
                              surface.words > 1});
      }
    }
    side.sentences.push_back({sentence_begin, side.text.size()});
  }
  return side;
}

size_t CountCommon(const std::vector<Range>& a, const std::vector<Range>& b) {
  size_t common = 0;
  for (size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i] == b[k]) {
      ++common;
      ++i;
      ++k;
    } else if (a[i].begin < b[k].begin || (a[i].begin == b[k].begin && a[i].end < b[k].end)) {
      ++i;
    } else {
      ++k;
    }
  }
  return common;
}

using Pairs = std::vector<std::pair<size_t, size_t>>;

// Longest common subsequence of the words' lower-cased forms in [g, g_end) and [s, s_end).
void AlignForms(const Side& gold, size_t g, size_t g_end, const Side& system, size_t s, size_t s_end,
                Pairs& pairs) {
  const size_t n = g_end - g;
  const size_t m = s_end - s;
  std::vector<std::vector<size_t>> lcs(n + 1, std::vector<size_t>(m + 1));
  const auto same = [&](size_t i, size_t k) {
    return ToLower(gold.words[g + i].token->form) == ToLower(system.words[s + k].token->form);
  };
  for (size_t i = n; i-- > 0;) {
    for (size_t k = m; k-- > 0;) {
      lcs[i][k] = std::max({same(i, k) ? lcs[i + 1][k + 1] + 1 : 0, lcs[i + 1][k], lcs[i][k + 1]});
    }
  }
  for (size_t i = 0, k = 0; i < n && k < m;) {
    if (same(i, k)) {
      pairs.emplace_back(g + i++, s + k++);
    } else if (lcs[i + 1][k] >= lcs[i][k + 1]) {
      ++i;
    } else {
      ++k;
    }
  }
}

Pairs AlignWords(const Side& gold, const Side& system) {
  Pairs pairs;
  size_t g = 0;
  size_t s = 0;
  while (g < gold.words.size() && s < system.words.size()) {
    const Word& gw = gold.words[g];
    const Word& sw = system.words[s];
    if (!gw.multiword && !sw.multiword) {
      if (gw.place == sw.place) pairs.emplace_back(g, s);
      const bool gold_first = gw.place.end <= sw.place.end;
      const bool system_first = sw.place.end <= gw.place.end;
      g += gold_first ? 1 : 0;
      s += system_first ? 1 : 0;
      continue;
    }
    if (gw.multiword ? sw.place.end <= gw.place.begin : false) {
      ++s;
      continue;
    }
    if (sw.multiword ? gw.place.end <= sw.place.begin : false) {
      ++g;
      continue;
    }
    // The span of words around the multiword token that ends at the same place on both sides.
    size_t end = gw.multiword ? gw.place.end : sw.place.end;
    size_t g_end = g;
    size_t s_end = s;
    for (bool grew = true; grew;) {
      grew = false;
      for (; g_end < gold.words.size() && gold.words[g_end].place.begin < end; ++g_end) {
        if (gold.words[g_end].multiword && gold.words[g_end].place.end > end)
          end = gold.words[g_end].place.end, grew = true;
      }
      for (; s_end < system.words.size() && system.words[s_end].place.begin < end; ++s_end) {
        if (system.words[s_end].multiword && system.words[s_end].place.end > end)
          end = system.words[s_end].place.end, grew = true;
      }
    }
    AlignForms(gold, g, g_end, system, s, s_end, pairs);
    g = g_end;
    s = s_end;
  }
  return pairs;
}

std::string_view Universal(std::string_view deprel) { return deprel.substr(0, deprel.find(':')); }

}  // namespace

Metric Evaluation::metric(std::string_view name) const {
  for (const auto& [metric_name, value] : metrics) {
    if (metric_name == name) return value;
  }
  return {};
}

absl::StatusOr<Evaluation> Evaluate(const std::vector<Sentence>& gold_sentences,
                                    const std::vector<Sentence>& system_sentences) {
  const Side gold = LayOut(gold_sentences);
  const Side system = LayOut(system_sentences);
  if (gold.text != system.text) {
    const size_t at = static_cast<size_t>(
        std::mismatch(gold.text.begin(), gold.text.end(), system.text.begin(), system.text.end()).first -
        gold.text.begin());
    return InvalidArgument(Cat("gold and system texts differ at character ", at, ": '",
                               gold.text.substr(at, 30), "' and '",
                               system.text.substr(std::min(at, system.text.size()), 30), "'"));
  }
  const Pairs pairs = AlignWords(gold, system);
  std::vector<size_t> gold_of(system.words.size(), kRoot - 1);
  for (const auto& [g, s] : pairs) gold_of[s] = g;

  const Metric words{pairs.size(), gold.words.size(), system.words.size()};
  const auto count = [&](const auto& equal) {
    Metric metric = words;
    metric.correct = static_cast<size_t>(std::count_if(pairs.begin(), pairs.end(), [&](const auto& pair) {
      return equal(gold.words[pair.first], system.words[pair.second]);
    }));
    return metric;
  };
  const auto same_head = [&](const Word& g, const Word& s) {
    return s.head == kRoot ? g.head == kRoot : g.head == gold_of[s.head];
  };
  Evaluation result;
  result.metrics = {
      {"Tokens", {CountCommon(gold.tokens, system.tokens), gold.tokens.size(), system.tokens.size()}},
      {"Sentences",
       {CountCommon(gold.sentences, system.sentences), gold.sentences.size(), system.sentences.size()}},
      {"Words", words},
      {"UPOS", count([](const Word& g, const Word& s) { return g.token->upos == s.token->upos; })},
      {"XPOS", count([](const Word& g, const Word& s) { return g.token->xpos == s.token->xpos; })},
      {"UFeats", count([](const Word& g, const Word& s) { return g.token->feats == s.token->feats; })},
      {"Lemmas", count([](const Word& g, const Word& s) {
         return g.token->lemma.empty() || g.token->lemma == s.token->lemma;
       })},
      {"UAS", count(same_head)},
      {"LAS", count([&](const Word& g, const Word& s) {
         return same_head(g, s) && Universal(g.token->deprel) == Universal(s.token->deprel);
       })},
      {"LAS+sub", count([&](const Word& g, const Word& s) {
         return same_head(g, s) && g.token->deprel == s.token->deprel;
       })},
  };
  return result;
}

}  // namespace dossier::ingest
