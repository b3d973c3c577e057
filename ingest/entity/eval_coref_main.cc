// dossier_eval_coref TREES.conllu > MENTIONS: the coreference of each document, for tools/score_coref.py. Tokens and sentences are the file's,
// tags and trees are predicted. A line is `document TAB first token TAB last token TAB entity TAB name|nominal|pronoun`, tokens counted from the
// document's beginning; the span of a mention is its whole noun phrase, as OntoNotes has it.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "ingest/entity/entities.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/tree.h"
#include "ingest/fact/tree_repair.h"
#include "ingest/parse/parser.h"
#include "ingest/text/conllu.h"

namespace dossier::ingest {
namespace {

// First and last token of the noun phrase around a mention, appositions, coordinations and clause parts of a predicate left out.
std::pair<TokenIndex, TokenIndex> PhraseOf(const Tree& tree, const Mention& m) {
  if (m.kind == MentionKind::kPronoun || m.head < m.begin || m.head >= m.end) return {m.begin, m.end - 1};
  const auto tokens = tree.Phrase(m.head, [&](TokenIndex t) {
    if (tree.head(t) != m.head) return false;
    switch (tree.rel(t)) {
      case Rel::kAppos: case Rel::kConj: case Rel::kCc: case Rel::kPreconj: case Rel::kCase: case Rel::kCop: case Rel::kNsubj: case Rel::kAux:
      case Rel::kMark: case Rel::kAdvcl: case Rel::kParataxis: case Rel::kPunct: case Rel::kObl: case Rel::kDiscourse: case Rel::kExpl:
        return t < m.begin || t >= m.end;
      default:
        return false;
    }
  });
  TokenIndex first = m.begin, last = m.end - 1;
  for (TokenIndex t : tokens) first = std::min(first, t), last = std::max(last, t);
  return {first, last};
}

int Run(const char* path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  auto parser = Parser::Load(ModelKind::kFast);
  if (!parser.ok()) return 1;
  constexpr std::string_view kNewDocument = "# newdoc id = ";
  for (size_t at = bytes.find(kNewDocument); at != std::string::npos;) {
    const size_t next = bytes.find(kNewDocument, at + 1);
    const std::string_view block = std::string_view(bytes).substr(at, next == std::string::npos ? next : next - at);
    const std::string id(block.substr(kNewDocument.size(), block.find('\n') - kNewDocument.size()));
    auto sentences = ReadConllu(block);
    if (!sentences.ok()) return 1;
    std::vector<TokenIndex> offset{0};
    for (Sentence& sentence : *sentences) {
      (*parser)->Parse(sentence);
      RepairSentence(sentence);
      offset.push_back(offset.back() + static_cast<TokenIndex>(sentence.tokens.size()));
    }
    const EntityTable table = ResolveEntities(*sentences, Lexicon::Default());
    for (const Mention& m : table.mentions) {
      if (m.entity < 0) continue;
      const Tree tree((*sentences)[m.sentence], false);
      const auto [first, last] = PhraseOf(tree, m);
      const char* kind = m.kind == MentionKind::kName ? "name" : m.kind == MentionKind::kPronoun ? "pronoun" : "nominal";
      std::printf("%s\t%d\t%d\t%d\t%s\n", id.c_str(), offset[m.sentence] + first, offset[m.sentence] + last, m.entity, kind);
    }
    at = next;
  }
  return 0;
}

}  // namespace
}  // namespace dossier::ingest

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: dossier_eval_coref TREES.conllu\n");
    return 2;
  }
  return dossier::ingest::Run(argv[1]);
}
