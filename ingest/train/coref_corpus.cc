#include "ingest/train/coref_corpus.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "graph/base/strings.h"
#include "ingest/fact/tree_repair.h"
#include "ingest/text/conllu.h"
#include "ingest/train/treebank.h"

namespace dossier::ingest {
namespace {

constexpr std::string_view kNewDocument = "# newdoc id = ";

absl::StatusOr<std::unique_ptr<CorefExample>> MakeExample(std::string_view block, const std::string& key_folder, const Parser* parser) {
  auto example = std::make_unique<CorefExample>();
  example->id = std::string(block.substr(kNewDocument.size(), block.find('\n') - kNewDocument.size()));
  const std::string key_path = Cat(key_folder, "/", example->id, ".conll");
  if (!std::filesystem::exists(key_path)) return std::unique_ptr<CorefExample>();
  ASSIGN_OR_RETURN(const std::string key, ReadFile(key_path));
  example->key = ParseCorefKey(key);
  ASSIGN_OR_RETURN(example->sentences, ReadConllu(block));
  if (parser != nullptr) {
    parser->ParseAll(absl::MakeSpan(example->sentences));
    for (Sentence& sentence : example->sentences) RepairSentence(sentence);
  }
  example->offset.push_back(0);
  example->views.reserve(example->sentences.size());
  for (const Sentence& sentence : example->sentences) {
    example->offset.push_back(example->offset.back() + static_cast<int>(sentence.tokens.size()));
    example->views.emplace_back(sentence);
  }
  example->table = ResolveNamesAndNouns(example->views, Lexicon::Default());
  return example;
}

// Sentence and token of a token of the document.
std::pair<uint32_t, TokenIndex> PlaceOf(const CorefExample& example, int token) {
  const auto after = std::upper_bound(example.offset.begin(), example.offset.end(), token);
  const auto sentence = static_cast<size_t>(after - example.offset.begin()) - 1;
  return {static_cast<uint32_t>(sentence), token - example.offset[sentence]};
}

}  // namespace

CorefChains ParseCorefKey(std::string_view text) {
  std::map<int, std::set<CorefSpan>> chains;
  std::map<int, std::vector<int>> open;
  int token = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    const size_t tab = line.rfind('\t');
    if (line.starts_with('#') || tab == std::string_view::npos) continue;
    std::string_view marks = line.substr(tab + 1);
    while (!marks.empty() && marks != "_" && marks != "-") {
      const bool opens = marks[0] == '(';
      if (opens) marks.remove_prefix(1);
      int number = 0;
      const auto [rest, error] = std::from_chars(marks.data(), marks.data() + marks.size(), number);
      if (error != std::errc()) break;
      marks.remove_prefix(static_cast<size_t>(rest - marks.data()));
      const bool closes = !marks.empty() && marks[0] == ')';
      if (opens) open[number].push_back(token);
      if (closes) {
        marks.remove_prefix(1);
        if (!open[number].empty()) {
          chains[number].insert({open[number].back(), token});
          open[number].pop_back();
        }
      }
      if (!marks.empty() && marks[0] == '|') marks.remove_prefix(1);
    }
    ++token;
  }
  CorefChains out;
  for (const auto& [number, spans] : chains) {
    if (spans.size() > 1) out.emplace_back(spans.begin(), spans.end());
  }
  return out;
}

absl::StatusOr<std::vector<std::unique_ptr<CorefExample>>> ReadCorefCorpus(const std::string& conllu_path, const std::string& key_folder,
                                                                           const Parser* parser) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(conllu_path));
  std::vector<std::unique_ptr<CorefExample>> corpus;
  for (size_t at = bytes.find(kNewDocument); at != std::string::npos;) {
    const size_t next = bytes.find(kNewDocument, at + 1);
    ASSIGN_OR_RETURN(std::unique_ptr<CorefExample> example, MakeExample(std::string_view(bytes).substr(at, next == std::string::npos ? next : next - at), key_folder, parser));
    if (example != nullptr) corpus.push_back(std::move(example));
    at = next;
  }
  return corpus;
}

std::vector<int> GoldChains(const CorefExample& example, const CorefDocument& document) {
  std::vector<int> gold(document.mentions().size(), -1);
  std::map<CorefSpan, size_t> by_span;
  std::multimap<std::pair<uint32_t, TokenIndex>, size_t> by_head;
  for (size_t m = 0; m < gold.size(); ++m) {
    const MentionTraits& mention = document.mentions()[m];
    const int offset = example.offset[mention.sentence];
    by_span[{offset + mention.begin, offset + mention.end - 1}] = m;
    if (mention.form != MentionForm::kCoordination) by_head.insert({{mention.sentence, mention.head}, m});
  }
  std::vector<std::pair<int, CorefSpan>> left;
  for (size_t c = 0; c < example.key.size(); ++c) {
    for (const CorefSpan& span : example.key[c]) {
      if (const auto it = by_span.find(span); it != by_span.end()) {
        gold[it->second] = static_cast<int>(c);
      } else {
        left.emplace_back(static_cast<int>(c), span);
      }
    }
  }
  for (const auto& [chain, span] : left) {
    const auto [sentence, first] = PlaceOf(example, span.first);
    const TokenIndex head = example.views[sentence].HeadOf(first, std::min<TokenIndex>(first + span.second - span.first + 1, example.views[sentence].size()));
    const auto it = by_head.find({sentence, head});
    if (it != by_head.end() && gold[it->second] < 0) gold[it->second] = chain;
  }
  return gold;
}

CorefChains ChainsOf(const CorefExample& example, const CorefDocument& document, const std::vector<int>& cluster_of) {
  std::map<int, std::vector<CorefSpan>> chains;
  for (size_t m = 0; m < cluster_of.size(); ++m) {
    const MentionTraits& mention = document.mentions()[m];
    const int offset = example.offset[mention.sentence];
    chains[cluster_of[m]].push_back({offset + mention.begin, offset + mention.end - 1});
  }
  CorefChains out;
  for (auto& [cluster, spans] : chains) {
    if (spans.size() > 1) out.push_back(std::move(spans));
  }
  return out;
}

}  // namespace dossier::ingest
