#include "ingest/train/treebank.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "graph/base/strings.h"
#include "ingest/models/feature_table.h"
#include "ingest/parse/tagger.h"
#include "ingest/text/characters.h"
#include "ingest/text/conllu.h"

namespace dossier::ingest {
namespace {

constexpr int kTagClassMinCount = 3;
constexpr double kTagClassMinShare = 0.04;
constexpr double kFeatsMinShare = 0.002;

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return NotFound(Cat("cannot open ", path));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::StatusOr<Treebank> ReadTreebank(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  auto treebank = ReadConllu(bytes);
  return treebank.ok() ? std::move(treebank) : absl::StatusOr<Treebank>(Annotate(treebank.status(), path));
}

absl::Status WriteFile(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return out.flush() ? absl::OkStatus() : InvalidArgument(Cat("cannot write ", path));
}

TagSet CollectTags(const Treebank& treebank) {
  std::map<std::pair<std::string, std::string>, std::map<std::string, int>> feats_of;
  std::map<std::pair<std::string, std::string>, int> counts;
  for (const Sentence& sentence : treebank) {
    for (const Token& token : sentence.tokens) {
      ++counts[{token.upos, token.xpos}];
      ++feats_of[{token.upos, token.xpos}][token.feats];
    }
  }
  std::vector<std::pair<int, std::pair<std::string, std::string>>> order;
  for (const auto& [tag, count] : counts) {
    if (count >= 2) order.emplace_back(-count, tag);
  }
  std::sort(order.begin(), order.end());
  if (order.size() > FeatureTable::kMaxLabels) order.resize(FeatureTable::kMaxLabels);
  TagSet set;
  for (const auto& [count, tag] : order) {
    std::vector<std::pair<int, std::string>> feats;
    for (const auto& [value, n] : feats_of[tag]) {
      if (n >= 2 && n >= kFeatsMinShare * -count) feats.emplace_back(-n, value);
    }
    if (feats.empty()) feats.emplace_back(-1, feats_of[tag].begin()->first);
    std::sort(feats.begin(), feats.end());
    Tag entry{tag.first, tag.second, {}, 0};
    for (auto& [n, value] : feats) entry.feats.push_back(std::move(value));
    set.Add(std::move(entry));
  }
  return set;
}

std::string BuildWordTable(const Clusters& clusters, absl::Span<const Sentence* const> treebank) {
  std::map<std::string, std::map<std::pair<std::string, std::string>, int>> tags_of;
  for (const Sentence* sentence : treebank) {
    for (const Token& token : sentence->tokens)
      ++tags_of[ToLower(NormalizeForm(token.form))][{token.upos, token.xpos}];
  }
  std::map<std::set<std::pair<std::string, std::string>>, uint16_t> classes;
  std::map<std::string, WordTable::Entry> entries;
  for (const auto& [word, tags] : tags_of) {
    int total = 0;
    for (const auto& [tag, count] : tags) total += count;
    if (total < kTagClassMinCount) continue;
    std::set<std::pair<std::string, std::string>> set;
    for (const auto& [tag, count] : tags) {
      if (count >= kTagClassMinShare * total) set.insert(tag);
    }
    const auto next = static_cast<uint16_t>(classes.size() + 1);
    entries[word].tag_class = classes.try_emplace(set, next).first->second;
  }
  for (const auto& [word, cluster] : clusters.words) {
    uint16_t& slot = entries[NormalizeForm(word)].cluster;
    if (slot == 0) slot = cluster;
  }
  return WordTable::Build({entries.begin(), entries.end()}, clusters.coarse);
}

std::vector<Example> MakeExamples(absl::Span<const Sentence* const> sentences, const WordTable& words,
                                  const TagSet& tags) {
  std::map<std::pair<std::string, std::string>, TagId> ids;
  for (size_t i = 0; i < tags.size(); ++i) {
    const auto id = static_cast<TagId>(i);
    ids[{tags.at(id).upos, tags.at(id).xpos}] = id;
  }
  std::vector<Example> examples;
  for (const Sentence* sentence : sentences) {
    Example example;
    example.gold = sentence;
    example.headline = LooksLikeHeadline(*sentence);
    ComputeWordFeatures(*sentence, words, example.words);
    for (const Token& token : sentence->tokens) {
      const auto it = ids.find({token.upos, token.xpos});
      example.gold_tags.push_back(it == ids.end() ? kNoTag : it->second);
    }
    examples.push_back(std::move(example));
  }
  return examples;
}

std::vector<const Sentence*> Pointers(const Treebank& treebank) {
  std::vector<const Sentence*> pointers;
  for (const Sentence& sentence : treebank) pointers.push_back(&sentence);
  return pointers;
}

}  // namespace dossier::ingest
