#include "ingest/train/train_tokenizer.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <numeric>
#include <set>

#include "graph/base/strings.h"
#include "ingest/text/atoms.h"
#include "ingest/text/conllu.h"
#include "ingest/text/sentence_boundary.h"
#include "ingest/train/perceptron.h"

namespace dossier::ingest {
namespace {

constexpr int kCutEpochs = 8;
constexpr int kBoundaryEpochs = 12;
constexpr int kContractionMinCount = 2;

// Gold tokens of one paragraph; spans are offsets into the raw text.
struct Paragraph {
  std::vector<SourceSpan> tokens;
  std::vector<bool> ends_sentence;  // parallel
};

struct Text {
  std::string raw;
  std::vector<Paragraph> paragraphs;
};

Text MakeText(const Treebank& treebank) {
  Text text{RawText(treebank), {}};
  for (size_t s = 0; s < treebank.size(); ++s) {
    if (s == 0 || treebank[s].paragraph != treebank[s - 1].paragraph) text.paragraphs.emplace_back();
    Paragraph& paragraph = text.paragraphs.back();
    for (const Token& token : treebank[s].tokens) {
      paragraph.tokens.push_back(token.span);
      paragraph.ends_sentence.push_back(&token == &treebank[s].tokens.back());
    }
  }
  return text;
}

// A run of gold tokens without white space between them.
struct Chunk {
  SourceSpan span;
  std::set<size_t> starts;  // of its tokens
  CharClass next = CharClass::kSpace;
};

std::vector<Chunk> MakeChunks(const Text& text) {
  std::vector<Chunk> chunks;
  for (const Paragraph& paragraph : text.paragraphs) {
    const size_t first = chunks.size();
    for (size_t i = 0; i < paragraph.tokens.size(); ++i) {
      const SourceSpan& token = paragraph.tokens[i];
      if (i == 0 || paragraph.tokens[i - 1].end < token.begin)
        chunks.push_back({token, {}, CharClass::kSpace});
      chunks.back().span.end = token.end;
      chunks.back().starts.insert(token.begin);
    }
    for (size_t c = first; c + 1 < chunks.size(); ++c)
      chunks[c].next = ClassOf(DecodeAt(text.raw, chunks[c + 1].span.begin).value);
  }
  return chunks;
}

// Runs of letters that gold tokens cut, with where, when that happened at least kContractionMinCount times.
std::string CollectContractions(const std::vector<Text>& texts) {
  std::map<std::pair<std::string, size_t>, int> counts;
  std::vector<Atom> atoms;
  for (const Text& text : texts) {
    for (const Chunk& chunk : MakeChunks(text)) {
      FindAtoms(text.raw, chunk.span.begin, chunk.span.end, Contractions(), atoms);
      for (const Atom& atom : atoms) {
        if (!IsLetter(atom.type)) continue;
        const auto inside = chunk.starts.upper_bound(atom.begin);
        if (inside == chunk.starts.end() || *inside >= atom.end) continue;
        ++counts[{ToLower(std::string_view(text.raw).substr(atom.begin, atom.end - atom.begin)),
                  *inside - atom.begin}];
      }
    }
  }
  std::map<std::string, std::pair<int, size_t>> best;
  for (const auto& [key, count] : counts) {
    auto& slot = best[key.first];
    if (count > slot.first) slot = {count, key.second};
  }
  std::string out;
  for (const auto& [run, choice] : best) {
    if (choice.first >= kContractionMinCount) Append(out, run, "\t", choice.second, "\n");
  }
  return out;
}

size_t BestOfTwo(const float* scores) { return scores[1] > scores[0] ? 1 : 0; }

std::string TrainCuts(const std::vector<Text>& texts, const Contractions& contractions, uint64_t seed) {
  Perceptron model(2, 2);
  FeatureList features;
  std::vector<Atom> atoms;
  float scores[2];
  Random random(seed);
  std::vector<std::pair<const Text*, Chunk>> chunks;
  for (const Text& text : texts) {
    for (Chunk& chunk : MakeChunks(text)) chunks.emplace_back(&text, std::move(chunk));
  }
  for (int epoch = 0; epoch <= kCutEpochs; ++epoch) {  // epoch 0 counts
    size_t wrong = 0;
    if (epoch > 0) random.Shuffle(chunks);
    for (const auto& [text, chunk] : chunks) {
      FindAtoms(text->raw, chunk.span.begin, chunk.span.end, contractions, atoms);
      const uint32_t flags = atoms.size() > 1 ? ChunkFlags(std::string_view(text->raw).substr(
                                                    chunk.span.begin, chunk.span.end - chunk.span.begin))
                                              : 0;
      size_t token_begin = 0;
      for (size_t i = 1; i < atoms.size(); ++i) {
        const size_t gold = chunk.starts.contains(atoms[i].begin) ? 1 : 0;
        ExtractCutFeatures(text->raw, atoms, i, token_begin, flags, chunk.next, features);
        if (epoch == 0) {
          model.Count(features.span());
        } else {
          model.Score(features.span(), scores);
          const size_t predicted = BestOfTwo(scores);
          model.Update(features.span(), gold, predicted);
          wrong += predicted == gold ? 0 : 1;
        }
        if (gold == 1) token_begin = i;
      }
    }
    if (epoch > 0) std::printf("  tokenizer epoch %d: %zu wrong cuts while training\n", epoch, wrong);
  }
  return model.Export();
}

std::string TrainBoundaries(const std::vector<Text>& texts, uint64_t seed) {
  Perceptron model(2, 2);
  FeatureList features;
  float scores[2];
  Random random(seed);
  std::vector<std::pair<const Text*, const Paragraph*>> paragraphs;
  for (const Text& text : texts) {
    for (const Paragraph& paragraph : text.paragraphs) paragraphs.emplace_back(&text, &paragraph);
  }
  for (int epoch = 0; epoch <= kBoundaryEpochs; ++epoch) {
    size_t wrong = 0;
    if (epoch > 0) random.Shuffle(paragraphs);
    for (const auto& [text, paragraph] : paragraphs) {
      BoundaryContext context(text->raw, paragraph->tokens);
      context.Begin(0);
      for (size_t i = 0; i + 1 < paragraph->tokens.size(); ++i) {
        const size_t gold = paragraph->ends_sentence[i] ? 1 : 0;
        if (context.IsCandidate(i)) {
          context.Extract(i, features);
          if (epoch == 0) {
            model.Count(features.span());
          } else {
            model.Score(features.span(), scores);
            const size_t predicted = BestOfTwo(scores);
            model.Update(features.span(), gold, predicted);
            wrong += predicted == gold ? 0 : 1;
          }
        }
        if (gold == 1) context.Begin(i + 1);
      }
    }
    if (epoch > 0) std::printf("  splitter epoch %d: %zu wrong boundaries while training\n", epoch, wrong);
  }
  return model.Export();
}

}  // namespace

TokenizerSections TrainTokenizer(const std::vector<Treebank>& treebanks, uint64_t seed) {
  std::vector<Text> texts;
  for (const Treebank& treebank : treebanks) texts.push_back(MakeText(treebank));
  TokenizerSections sections;
  sections.contractions = CollectContractions(texts);
  sections.cuts = TrainCuts(texts, Contractions::FromBytes(sections.contractions), seed);
  sections.boundaries = TrainBoundaries(texts, seed);
  return sections;
}

}  // namespace dossier::ingest
