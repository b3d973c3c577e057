#include "ingest/text/tokenizer.h"

#include <algorithm>

#include "ingest/models/feature_table.h"
#include "ingest/models/model_file.h"
#include "ingest/text/atoms.h"
#include "ingest/text/characters.h"
#include "ingest/text/paragraphs.h"
#include "ingest/text/sentence_boundary.h"

namespace dossier::ingest {
namespace {

constexpr size_t kHeadingTokens = 25;
// By how much a sentence end after a word without punctuation has to win, in units of the quantised weights:
// such ends are common in the e-mails of the training data and rare in articles.
constexpr int kUnpunctuatedMargin = 100;

bool IsSpaceAt(std::string_view text, size_t i) {
  return ClassOf(DecodeAt(text, i).value) == CharClass::kSpace;
}

// Input offset of the end of the character that ends at `end` of the text. A decoded entity stretches to the
// next character's origin.
size_t OriginOfEnd(const Document& document, size_t end) {
  if (document.origin.empty() || end == 0) return end;
  constexpr size_t kLongestEntity = 10;
  const size_t last = document.origin[end - 1];
  const size_t next = document.origin[end];
  const char c = document.text[end - 1];
  const bool maybe_entity =
      std::string_view("&<>\"'").find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
  return maybe_entity && next > last && next - last <= kLongestEntity ? next : last + 1;
}

// A clitic cut: "n't", "'s", or the second half of "cannot"; not a hyphen or punctuation.
bool IsCliticCut(std::string_view text, const SourceSpan& left, const SourceSpan& right) {
  if (left.end != right.begin || !IsLetter(ClassOf(DecodeAt(text, left.begin).value))) return false;
  const CodePoint first = DecodeAt(text, right.begin);
  if (IsLetter(ClassOf(first.value))) return true;
  return right.end - right.begin > first.length && IsApostrophe(text.substr(right.begin, first.length)) &&
         IsLetter(ClassOf(DecodeAt(text, right.begin + first.length).value));
}

std::string FoldSpace(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeAt(text, i);
    if (ClassOf(c.value) != CharClass::kSpace) {
      out.append(text.substr(i, c.length));
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
    i += c.length;
  }
  return out;
}

bool EndsWithStop(const Sentence& sentence) {
  constexpr std::string_view kStops[] = {".",      "?",  "!",  ":",      ";",     "...",
                                         "\u2026", "\"", "''", "\u201D", "\u2019"};
  const std::string& last = sentence.tokens.back().form;
  return std::find(std::begin(kStops), std::end(kStops), last) != std::end(kStops);
}

// The sentence of tokens [begin, end) of a paragraph.
Sentence MakeSentence(const Document& document, const std::vector<SourceSpan>& tokens, size_t begin,
                      size_t end, uint32_t paragraph) {
  const std::string_view text = document.text;
  Sentence sentence;
  sentence.paragraph = paragraph;
  sentence.text = FoldSpace(text.substr(tokens[begin].begin, tokens[end - 1].end - tokens[begin].begin));
  sentence.tokens.reserve(end - begin);
  bool in_multiword = false;
  for (size_t i = begin; i < end; ++i) {
    Token& token = sentence.tokens.emplace_back();
    token.form = std::string(text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin));
    token.span = {document.OriginOf(tokens[i].begin), OriginOfEnd(document, tokens[i].end)};
    token.space_after = i + 1 == tokens.size() || tokens[i].end < tokens[i + 1].begin;
    const bool continues = i + 1 < end && IsCliticCut(text, tokens[i], tokens[i + 1]);
    token.multiword_start = continues && !in_multiword;
    in_multiword = continues;
  }
  sentence.span = {sentence.tokens.front().span.begin, sentence.tokens.back().span.end};
  return sentence;
}

}  // namespace

struct Tokenizer::Impl {
  FeatureTable cuts;
  FeatureTable boundaries;
  Contractions contractions;
  bool trained = false;

  std::unique_ptr<const ModelFile> model;

  explicit Impl(std::unique_ptr<const ModelFile> file);
  bool Cut(const FeatureList& features) const;
  bool EndsSentence(const FeatureList& features, int margin) const;
  void Tokenize(std::string_view text, const SourceSpan& paragraph, std::vector<SourceSpan>& tokens) const;
  void TokenizeChunk(std::string_view text, const SourceSpan& chunk, CharClass next, std::vector<Atom>& atoms,
                     std::vector<SourceSpan>& tokens) const;
  void SplitParagraph(const Document& document, const std::vector<SourceSpan>& tokens, uint32_t paragraph,
                      std::vector<Sentence>& sentences) const;
};

Tokenizer::Impl::Impl(std::unique_ptr<const ModelFile> file) : model(std::move(file)) {
  if (model == nullptr) return;
  auto cut_table = FeatureTable::FromBytes(model->Section("tokenizer"));
  auto boundary_table = FeatureTable::FromBytes(model->Section("splitter"));
  if (!cut_table.ok() || !boundary_table.ok()) return;
  cuts = *cut_table;
  boundaries = *boundary_table;
  contractions = Contractions::FromBytes(model->Section("contractions"));
  trained = true;
}

bool Tokenizer::Impl::Cut(const FeatureList& features) const {
  alignas(32) int16_t scores[16];
  cuts.Score(features.span(), scores);
  return scores[1] > scores[0];
}

bool Tokenizer::Impl::EndsSentence(const FeatureList& features, int margin) const {
  alignas(32) int16_t scores[16];
  boundaries.Score(features.span(), scores);
  return scores[1] > scores[0] + margin;
}

void Tokenizer::Impl::TokenizeChunk(std::string_view text, const SourceSpan& chunk, CharClass next,
                                    std::vector<Atom>& atoms, std::vector<SourceSpan>& tokens) const {
  FindAtoms(text, chunk.begin, chunk.end, contractions, atoms);
  const uint32_t flags = atoms.size() > 1 ? ChunkFlags(text.substr(chunk.begin, chunk.end - chunk.begin)) : 0;
  FeatureList features;
  size_t token_begin = 0;
  for (size_t i = 1; i < atoms.size(); ++i) {
    bool cut = true;
    if (trained) {
      ExtractCutFeatures(text, atoms, i, token_begin, flags, next, features);
      cut = Cut(features);
    }
    if (!cut) continue;
    tokens.push_back({atoms[token_begin].begin, atoms[i].begin});
    token_begin = i;
  }
  if (!atoms.empty()) tokens.push_back({atoms[token_begin].begin, chunk.end});
}

void Tokenizer::Impl::Tokenize(std::string_view text, const SourceSpan& paragraph,
                               std::vector<SourceSpan>& tokens) const {
  tokens.clear();
  std::vector<Atom> atoms;
  for (size_t i = paragraph.begin; i < paragraph.end;) {
    if (IsSpaceAt(text, i)) {
      i += DecodeAt(text, i).length;
      continue;
    }
    size_t end = i;
    while (end < paragraph.end && !IsSpaceAt(text, end)) end += DecodeAt(text, end).length;
    size_t next = end;
    while (next < paragraph.end && IsSpaceAt(text, next)) next += DecodeAt(text, next).length;
    const CharClass next_class =
        next < paragraph.end ? ClassOf(DecodeAt(text, next).value) : CharClass::kSpace;
    TokenizeChunk(text, {i, end}, next_class, atoms, tokens);
    i = next;
  }
}

void Tokenizer::Impl::SplitParagraph(const Document& document, const std::vector<SourceSpan>& tokens,
                                     uint32_t paragraph, std::vector<Sentence>& sentences) const {
  const std::string_view text = document.text;
  BoundaryContext context(text, tokens);
  FeatureList features;
  size_t begin = 0;
  context.Begin(0);
  for (size_t i = 0; i < tokens.size(); ++i) {
    bool ends = i + 1 == tokens.size() || i + 1 - begin >= kMaxSentenceTokens;
    if (!ends && context.IsCandidate(i)) {
      if (trained) {
        context.Extract(i, features);
        const bool punctuated = ClassOf(DecodeAt(text, tokens[i].begin).value) == CharClass::kOther ||
                                text[tokens[i].end - 1] == '.';
        ends = EndsSentence(features, punctuated ? 0 : kUnpunctuatedMargin);
      } else {
        const std::string_view last = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
        ends = tokens[i].end < tokens[i + 1].begin && (last == "." || last == "?" || last == "!");
      }
    }
    if (!ends) continue;
    sentences.push_back(MakeSentence(document, tokens, begin, i + 1, paragraph));
    begin = i + 1;
    context.Begin(begin);
  }
}

Tokenizer::Tokenizer(std::unique_ptr<const ModelFile> model)
    : impl_(std::make_unique<Impl>(std::move(model))) {}
Tokenizer::~Tokenizer() = default;

const Tokenizer& Tokenizer::Default() {
  // Never destroyed: other static objects may tokenise while the program ends.
  static const Tokenizer* const tokenizer = [] {
    auto model = ModelFile::Embedded("fast");
    return new Tokenizer(model.ok() ? *std::move(model) : nullptr);
  }();
  return *tokenizer;
}

absl::StatusOr<std::unique_ptr<Tokenizer>> Tokenizer::LoadFile(const std::string& path) {
  ASSIGN_OR_RETURN(auto model, ModelFile::Open(path));
  return std::make_unique<Tokenizer>(std::move(model));
}

namespace {

// Cuts paragraphs where a heading ends inside one (a dateline): what follows is a paragraph of its own.
std::vector<SourceSpan> CutAtHeadings(std::vector<SourceSpan> paragraphs, const std::vector<SourceSpan>& headings) {
  std::vector<SourceSpan> cut;
  size_t heading = 0;
  for (SourceSpan paragraph : paragraphs) {
    while (heading < headings.size() && headings[heading].end <= paragraph.begin) ++heading;
    if (heading < headings.size() && headings[heading].end < paragraph.end) {
      cut.push_back({paragraph.begin, headings[heading].end});
      paragraph.begin = headings[heading].end;
    }
    cut.push_back(paragraph);
  }
  return cut;
}

}  // namespace

std::vector<Sentence> Tokenizer::Split(const Document& document) const {
  std::vector<Sentence> sentences;
  std::vector<SourceSpan> tokens;
  const std::vector<SourceSpan> paragraphs = CutAtHeadings(FindParagraphs(document.text), document.headings);
  size_t heading = 0;
  for (size_t p = 0; p < paragraphs.size(); ++p) {
    impl_->Tokenize(document.text, paragraphs[p], tokens);
    const size_t first = sentences.size();
    impl_->SplitParagraph(document, tokens, static_cast<uint32_t>(p), sentences);
    while (heading < document.headings.size() && document.headings[heading].end <= paragraphs[p].begin)
      ++heading;
    const bool marked =
        heading < document.headings.size() && document.headings[heading].begin < paragraphs[p].end;
    const bool alone = sentences.size() == first + 1 && paragraphs.size() > 1;
    for (size_t s = first; s < sentences.size(); ++s) {
      sentences[s].heading =
          marked || (alone && sentences[s].tokens.size() <= kHeadingTokens && !EndsWithStop(sentences[s]));
    }
  }
  return sentences;
}

std::vector<Sentence> SplitAndTokenize(const Document& document) {
  return Tokenizer::Default().Split(document);
}

}  // namespace dossier::ingest
