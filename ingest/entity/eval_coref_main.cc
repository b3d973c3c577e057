// dossier_eval_coref [--trees fast|accurate|given] [--mentions] TREES.conllu > MENTIONS: the coreference of each document, for
// tools/score_coref.py. Tokens, sentences and speakers are the file's; tags and trees are predicted, or (given) the file's. A line is
// `document TAB first token TAB last token TAB chain TAB form`, tokens counted from the document's beginning, chains of one mention left
// out. --mentions: every mention that was considered, each a chain of its own.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "ingest/entity/coref_ranker.h"
#include "ingest/entity/entities.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/tree_repair.h"
#include "ingest/parse/parser.h"
#include "ingest/text/conllu.h"

namespace dossier::ingest {
namespace {

struct Options {
  std::string trees = "fast";
  bool mentions = false;
  const char* path = nullptr;
};

void Print(const std::string& id, std::vector<Sentence>& sentences, const CorefRanker& ranker, bool all_mentions) {
  std::vector<ParsedSentence> views;
  std::vector<TokenIndex> offset{0};
  for (const Sentence& sentence : sentences) {
    views.emplace_back(sentence);
    offset.push_back(offset.back() + static_cast<TokenIndex>(sentence.tokens.size()));
  }
  const EntityTable table = ResolveNamesAndNouns(views, Lexicon::Default());
  const CorefDocument document(views, table, Lexicon::Default(), ranker.words());
  const std::vector<CorefLink> links = ranker.LinkMentions(document);
  std::vector<int> sizes(links.size());
  for (const CorefLink& link : links) ++sizes[static_cast<size_t>(link.cluster)];
  for (size_t i = 0; i < links.size(); ++i) {
    const MentionTraits& m = document.mentions()[i];
    if (!all_mentions && sizes[static_cast<size_t>(links[i].cluster)] < 2) continue;
    std::printf("%s\t%d\t%d\t%d\t%d\n", id.c_str(), offset[m.sentence] + m.begin, offset[m.sentence] + m.end - 1,
                all_mentions ? static_cast<int>(i) : links[i].cluster, static_cast<int>(m.form));
  }
}

int Run(const Options& options) {
  std::ifstream in(options.path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  auto parser = Parser::Load(options.trees == "accurate" ? ModelKind::kAccurate : ModelKind::kFast);
  const auto ranker = CorefRanker::Load();
  if (!parser.ok() || !ranker.ok()) return 1;
  constexpr std::string_view kNewDocument = "# newdoc id = ";
  for (size_t at = bytes.find(kNewDocument); at != std::string::npos;) {
    const size_t next = bytes.find(kNewDocument, at + 1);
    const std::string_view block = std::string_view(bytes).substr(at, next == std::string::npos ? next : next - at);
    const std::string id(block.substr(kNewDocument.size(), block.find('\n') - kNewDocument.size()));
    auto sentences = ReadConllu(block);
    if (!sentences.ok()) return 1;
    if (options.trees != "given") {
      (*parser)->ParseAll(absl::MakeSpan(*sentences));
      for (Sentence& sentence : *sentences) RepairSentence(sentence);
    }
    Print(id, *sentences, **ranker, options.mentions);
    at = next;
  }
  return 0;
}

}  // namespace
}  // namespace dossier::ingest

int main(int argc, char** argv) {
  dossier::ingest::Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--mentions") {
      options.mentions = true;
    } else if (argument == "--trees" && i + 1 < argc) {
      options.trees = argv[++i];
    } else {
      options.path = argv[i];
    }
  }
  if (options.path == nullptr) {
    std::fprintf(stderr, "usage: dossier_eval_coref [--trees fast|accurate|given] [--mentions] TREES.conllu\n");
    return 2;
  }
  return dossier::ingest::Run(options);
}
