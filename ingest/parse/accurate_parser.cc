#include "ingest/parse/accurate_parser.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "graph/base/strings.h"
#include "ingest/parse/spanning_tree.h"

namespace dossier::ingest {
namespace {

constexpr size_t kEdgeSize = 256;  // of each of the four vectors of a word: as dependent and as head, for arcs and for relations
constexpr size_t kEdges = 4 * kEdgeSize;
constexpr size_t kBatchPieces = 512;

std::vector<std::string> Split(std::string_view bytes, char separator) {
  std::vector<std::string> parts;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find(separator), bytes.size());
    parts.emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return parts;
}

size_t RoundUp(size_t n) { return (n + kColumnBlock - 1) / kColumnBlock * kColumnBlock; }

bool ParseNumber(const std::string& text, size_t limit, size_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && out < limit;
}

// Whether a word named `label` may follow one named `before` (empty: the sentence begins).
bool MayFollow(std::string_view before, std::string_view label) {
  return !label.starts_with("I-") || (before.size() > 2 && before.substr(2) == label.substr(2));
}

}  // namespace

absl::Status AccurateParser::ReadLabels(const ModelFile& file) {
  upos_ = Split(file.Section("upos"), '\n');
  xpos_ = Split(file.Section("xpos"), '\n');
  feats_ = Split(file.Section("feats"), '\n');
  names_ = Split(file.Section("names"), '\n');
  labels_ = Split(file.Section("deprel"), '\n');
  if (upos_.empty() || xpos_.empty() || feats_.empty() || names_.empty() || labels_.size() < 2)
    return DataLoss("the model has no labels");
  if (names_[0] != "O") return DataLoss("the model's first name label is not O");
  for (std::string& feats : feats_) {
    if (feats == "_") feats.clear();
  }
  for (const std::string& line : Split(file.Section("pairs"), '\n')) {
    const std::vector<std::string> numbers = Split(line, ' ');
    TagPair pair;
    bool good = numbers.size() >= 3 && ParseNumber(numbers[0], upos_.size(), pair.upos) && ParseNumber(numbers[1], xpos_.size(), pair.xpos);
    for (size_t i = 2; good && i < numbers.size(); ++i) good = ParseNumber(numbers[i], feats_.size(), pair.feats.emplace_back());
    if (!good) return DataLoss("the model's table of tags is broken");
    pairs_.push_back(std::move(pair));
  }
  return pairs_.empty() ? DataLoss("the model has no table of tags") : absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<AccurateParser>> AccurateParser::FromModel(std::unique_ptr<ModelFile> file, const Kernels& kernels) {
  auto parser = std::make_unique<AccurateParser>();
  parser->kernels_ = &kernels;
  const std::vector<std::string> about = Split(file->Section("name"), '\n');
  parser->name_ = about.empty() ? "accurate" : about[0];
  RETURN_IF_ERROR(parser->ReadLabels(*file));
  ASSIGN_OR_RETURN(parser->encoder_, Encoder::FromModel(*file));
  ASSIGN_OR_RETURN(parser->lemmatizer_, Lemmatizer::FromModel(*file));
  const size_t tags = parser->upos_.size() + parser->xpos_.size() + parser->feats_.size() + parser->names_.size();
  ASSIGN_OR_RETURN(parser->tags_, Int8Matrix::FromSection(*file, "tags", kHidden, RoundUp(tags)));
  ASSIGN_OR_RETURN(parser->edges_, Int8Matrix::FromSection(*file, "edges", kHidden, kEdges));
  ASSIGN_OR_RETURN(parser->arc_, Int8Matrix::FromSection(*file, "arc", kEdgeSize, kEdgeSize));
  ASSIGN_OR_RETURN(parser->relation_, Int8Matrix::FromSection(*file, "rel", 3 * kEdgeSize, RoundUp(parser->labels_.size())));
  parser->file_ = std::move(file);
  return parser;
}

void AccurateParser::ParseAll(absl::Span<Sentence> sentences) const {
  EncodedBatch batch;
  std::vector<Part> parts;
  std::vector<std::string_view> words;
  for (Sentence& sentence : sentences) {
    words.assign(sentence.tokens.size(), {});
    for (size_t i = 0; i < words.size(); ++i) words[i] = sentence.tokens[i].form;
    for (size_t begin = 0; begin < words.size();) {
      const size_t count = encoder_.Fits(words, begin);
      encoder_.Add(absl::MakeConstSpan(words).subspan(begin, count), begin == 0, batch);
      parts.push_back({&sentence, begin, begin + count});
      begin += count;
      if (batch.pieces.size() < kBatchPieces) continue;
      RunBatch(parts, batch);
      parts.clear();
      batch.Clear();
    }
  }
  if (!parts.empty()) RunBatch(parts, batch);
  // The later parts of long sentences hang on the first.
  for (Sentence& sentence : sentences) {
    TokenIndex root = kNoToken;
    for (size_t i = 0; i < sentence.tokens.size(); ++i) {
      Token& token = sentence.tokens[i];
      if (token.head != kNoToken) continue;
      if (root == kNoToken) {
        root = static_cast<TokenIndex>(i);
      } else {
        token.head = root;
        token.deprel = "parataxis";
      }
    }
  }
}

void AccurateParser::RunBatch(const std::vector<Part>& parts, EncodedBatch& batch) const {
  encoder_.Run(*kernels_, batch);
  const size_t vectors = batch.features.size();
  QuantizedRows rows;
  rows.Assign(*kernels_, batch.vectors.data(), vectors, kHidden);
  std::vector<float> scores(vectors * tags_.outputs()), edges(vectors * kEdges);
  tags_.Apply(*kernels_, rows, scores.data());
  edges_.Apply(*kernels_, rows, edges.data());
  kernels_->relu(edges.data(), edges.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    const size_t root = batch.sentences[i].vectors;
    Tag(&scores[(root + 1) * tags_.outputs()], parts[i]);
    Name(&scores[(root + 1) * tags_.outputs()], parts[i]);
    BuildTree(&edges[root * kEdges], parts[i]);
  }
}

void AccurateParser::Tag(const float* scores, const Part& part) const {
  for (size_t i = part.begin; i < part.end; ++i, scores += tags_.outputs()) {
    const float* xpos = scores + upos_.size();
    const float* feats = xpos + xpos_.size();
    const TagPair* best = &pairs_[0];
    for (const TagPair& pair : pairs_) {
      if (scores[pair.upos] + xpos[pair.xpos] > scores[best->upos] + xpos[best->xpos]) best = &pair;
    }
    Token& token = part.sentence->tokens[i];
    token.upos = upos_[best->upos];
    token.xpos = xpos_[best->xpos];
    token.feats = feats_[*std::max_element(best->feats.begin(), best->feats.end(), [&](size_t a, size_t b) { return feats[a] < feats[b]; })];
    token.lemma = lemmatizer_.Lemmatize(token.form, token.upos, token.xpos);
  }
}

// The best sequence of labels in which every name begins before it goes on.
void AccurateParser::Name(const float* scores, const Part& part) const {
  const size_t count = part.end - part.begin, labels = names_.size();
  scores += upos_.size() + xpos_.size() + feats_.size();
  std::vector<float> best(labels), next(labels);
  std::vector<uint8_t> back(count * labels);
  for (size_t i = 0; i < count; ++i, scores += tags_.outputs()) {
    for (size_t y = 0; y < labels; ++y) {
      size_t from = labels;
      for (size_t x = 0; x < labels; ++x) {
        if (MayFollow(i == 0 ? std::string_view() : names_[x], names_[y]) && (from == labels || best[x] > best[from])) from = x;
      }
      back[i * labels + y] = static_cast<uint8_t>(from % labels);
      next[y] = from == labels ? -1e30f : best[from] + scores[y];
    }
    best.swap(next);
  }
  size_t label = static_cast<size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (size_t i = count; i-- > 0;) {
    part.sentence->tokens[part.begin + i].name = names_[label];
    label = back[i * labels + label];
  }
}

void AccurateParser::BuildTree(const float* edges, const Part& part) const {
  const size_t count = part.end - part.begin;
  const float* words = edges + kEdges;
  std::vector<float> dependents(count * kEdgeSize), queries(count * kEdgeSize), scores(count * (count + 1));
  for (size_t i = 0; i < count; ++i) std::copy_n(words + i * kEdges, kEdgeSize, &dependents[i * kEdgeSize]);
  QuantizedRows rows;
  rows.Assign(*kernels_, dependents.data(), count, kEdgeSize);
  arc_.Apply(*kernels_, rows, queries.data());
  for (size_t i = 0; i < count; ++i) {
    for (size_t h = 0; h <= count; ++h)
      scores[i * (count + 1) + h] = kernels_->dot(&queries[i * kEdgeSize], edges + h * kEdges + kEdgeSize, kEdgeSize);
  }
  const std::vector<uint32_t> heads = BestTree(scores.data(), count);

  std::vector<float> pairs(count * 3 * kEdgeSize), relations(count * relation_.outputs());
  for (size_t i = 0; i < count; ++i) {
    const float* dependent = words + i * kEdges + 2 * kEdgeSize;
    const float* head = edges + heads[i] * kEdges + 3 * kEdgeSize;
    float* pair = &pairs[i * 3 * kEdgeSize];
    for (size_t k = 0; k < kEdgeSize; ++k) {
      pair[k] = dependent[k] * head[k];
      pair[kEdgeSize + k] = dependent[k];
      pair[2 * kEdgeSize + k] = head[k];
    }
  }
  rows.Assign(*kernels_, pairs.data(), count, 3 * kEdgeSize);
  relation_.Apply(*kernels_, rows, relations.data());
  for (size_t i = 0; i < count; ++i) {
    const float* relation = &relations[i * relation_.outputs()];
    const auto best = std::max_element(relation + 1, relation + labels_.size()) - relation;
    Token& token = part.sentence->tokens[part.begin + i];
    token.head = heads[i] == 0 ? kNoToken : static_cast<TokenIndex>(part.begin + heads[i] - 1);
    token.deprel = labels_[heads[i] == 0 ? 0 : static_cast<size_t>(best)];
  }
}

}  // namespace dossier::ingest
