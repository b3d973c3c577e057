#include "graph/store/load_lines.h"

#include <cstring>
#include <optional>
#include <utility>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/model/iri.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr size_t kMaxPlainToken = 1u << 20;

void SkipBlanks(std::string_view& line) {
  size_t n = 0;
  while (n < line.size() && (line[n] == ' ' || line[n] == '\t')) ++n;
  line.remove_prefix(n);
}

bool IsWord(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// A language tag that the general reader takes as it is: subtags of one to eight letters, from the second on also digits.
bool IsPlainLanguage(std::string_view tag) {
  size_t subtag = 0;
  bool first = true;
  for (const char c : tag) {
    if (c == '-') {
      if (subtag == 0) return false;
      subtag = 0;
      first = false;
    } else if (!IsWord(c) || (first && c >= '0' && c <= '9') || ++subtag > 8) {
      return false;
    }
  }
  return subtag > 0;
}

// The literal of a token without escapes, when all of it is plain.
std::optional<Term> PlainLiteral(std::string_view token) {
  const size_t close = token.find('"', 1);
  const std::string_view value = token.substr(1, close - 1), rest = token.substr(close + 1);
  if (value.find('\\') != std::string_view::npos || FindInvalidUtf8(value) != std::string_view::npos) return std::nullopt;
  if (rest.empty()) return Term::Literal(std::string(value));
  if (rest[0] == '@') {
    if (!IsPlainLanguage(rest.substr(1))) return std::nullopt;
    return Term::LangLiteral(std::string(value), std::string(rest.substr(1)));
  }
  const std::string_view datatype = rest.substr(3, rest.size() - 4);
  if (FindInvalidIriByte(datatype) != std::string_view::npos || !IsAbsoluteIri(datatype) || datatype == rdf::kLangString ||
      datatype == rdf::kDirLangString) {
    return std::nullopt;
  }
  return Term::Literal(std::string(value), std::string(datatype));
}

// The token "<urn:s> <urn:p> TOKEN ." read by the general reader, where it is not plain.
absl::StatusOr<Term> ReadTerm(std::string_view token) {
  if (std::optional<Term> plain = PlainLiteral(token)) return *std::move(plain);
  Term term;
  const absl::Status status = ReadRdf(Cat("<urn:s> <urn:p> ", token, " ."), {RdfFormat::kNTriples, "", ""}, [&](Quad quad) {
    term = std::move(quad.object);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return term;
}

}  // namespace

LineLoader::LineLoader(TermTable& table, RdfReadOptions options, std::string graph)
    : table_(table), options_(std::move(options)), graph_iri_(std::move(graph)) {
  if (!graph_iri_.empty()) graph_ = table_.OfEncoded(Cat("i", graph_iri_));
}

absl::Status LineLoader::AddTerms(const Quad& quad) {
  TermTable::Row row;
  ASSIGN_OR_RETURN(row[0], table_.OfTerm(quad.subject));
  ASSIGN_OR_RETURN(row[1], table_.OfTerm(quad.predicate));
  ASSIGN_OR_RETURN(row[2], table_.OfTerm(quad.object));
  row[3] = graph_;
  if (!quad.in_default_graph) {
    ASSIGN_OR_RETURN(row[3], table_.OfTerm(quad.graph));
  }
  table_.AddQuad(row);
  return absl::OkStatus();
}

uint32_t LineLoader::TakeIri(std::string_view& line) {
  const auto* end = static_cast<const char*>(std::memchr(line.data(), '>', line.size()));
  if (end == nullptr) return TermTable::kNone;
  const std::string_view iri = line.substr(1, static_cast<size_t>(end - line.data()) - 1);
  uint32_t number = table_.OfIri(iri);
  if (number == TermTable::kNone) {
    if (iri.size() > kMaxPlainToken || FindInvalidIriByte(iri) != std::string_view::npos || !IsAbsoluteIri(iri)) return TermTable::kNone;
    number = table_.OfEncoded(Cat("i", iri));
  }
  line.remove_prefix(iri.size() + 2);
  SkipBlanks(line);
  return number;
}

uint32_t LineLoader::TakeBlankNode(std::string_view& line) {
  if (line.size() < 4 || line[1] != ':') return TermTable::kNone;
  size_t end = 2;
  while (end < line.size() && (IsWord(line[end]) || line[end] == '_')) ++end;
  if (end == 2 || end == line.size() || (line[end] != ' ' && line[end] != '\t')) return TermTable::kNone;
  scratch_.assign(1, 'b');
  scratch_ += options_.blank_node_prefix;
  scratch_ += line.substr(2, end - 2);
  line.remove_prefix(end);
  SkipBlanks(line);
  return table_.OfEncoded(scratch_);
}

uint32_t LineLoader::TakeLiteral(std::string_view& line) {
  size_t end = 1;
  for (;;) {
    const auto* quote = static_cast<const char*>(std::memchr(line.data() + end, '"', line.size() - end));
    if (quote == nullptr) return TermTable::kNone;
    end = static_cast<size_t>(quote - line.data());
    size_t backslashes = 0;
    while (line[end - 1 - backslashes] == '\\') ++backslashes;
    ++end;
    if (backslashes % 2 == 0) break;
  }
  if (end < line.size() && line[end] == '@') {
    ++end;
    while (end < line.size() && (IsWord(line[end]) || line[end] == '-')) ++end;
  } else if (end + 2 < line.size() && line[end] == '^' && line[end + 1] == '^' && line[end + 2] == '<') {
    const size_t close = line.find('>', end);
    if (close == std::string_view::npos) return TermTable::kNone;
    end = close + 1;
  }
  if (end == line.size() || (line[end] != ' ' && line[end] != '\t' && line[end] != '.') || end > kMaxPlainToken) return TermTable::kNone;
  const std::string_view token = line.substr(0, end);
  uint32_t number = table_.OfToken(token);
  if (number == TermTable::kNone) {
    const absl::StatusOr<Term> term = ReadTerm(token);
    if (!term.ok()) return TermTable::kNone;  // the slow path says what is wrong and where
    const absl::StatusOr<uint32_t> added = table_.AddToken(token, *term);
    if (!added.ok()) return TermTable::kNone;
    number = *added;
  }
  line.remove_prefix(end);
  SkipBlanks(line);
  return number;
}

bool LineLoader::LoadPlain(std::string_view line) {
  SkipBlanks(line);
  if (line.empty()) return true;
  TermTable::Row row;
  if (last_subject_number_ != TermTable::kNone && line.starts_with(last_subject_)) {
    row[0] = last_subject_number_;
    line.remove_prefix(last_subject_.size());
  } else {
    const char* begin = line.data();
    row[0] = TakeNode(line);
    if (row[0] == TermTable::kNone) return false;
    last_subject_.assign(begin, static_cast<size_t>(line.data() - begin));
    last_subject_number_ = row[0];
  }
  if (line.empty() || line[0] != '<') return false;
  row[1] = TakeIri(line);
  if (row[1] == TermTable::kNone || line.empty()) return false;
  row[2] = line[0] == '"' ? TakeLiteral(line) : TakeNode(line);
  if (row[2] == TermTable::kNone || line.empty()) return false;
  row[3] = graph_;
  if (line[0] != '.' && options_.format == RdfFormat::kNQuads) {
    row[3] = TakeNode(line);
    if (row[3] == TermTable::kNone) return false;
  }
  if (line.empty() || line[0] != '.') return false;
  line.remove_prefix(1);
  SkipBlanks(line);
  if (!line.empty()) return false;
  table_.AddQuad(row);
  return true;
}

absl::Status LineLoader::LoadSlowly(std::string_view line, uint64_t number, size_t offset) {
  // A byte order mark means nothing but at the beginning of a file: a blank before it makes it the error that it is.
  const bool moved = number > 0 && line.starts_with(kMark);
  const std::string text = moved ? Cat(" ", line) : std::string(line);
  const absl::Status status = ReadRdf(text, options_, [this](const Quad& quad) { return AddTerms(quad); });
  std::optional<SourcePosition> position = PositionOf(status);
  if (!position) return status;
  position->line += static_cast<uint32_t>(number);
  position->offset += offset;
  if (moved) {
    --position->column;
    --position->offset;
  }
  return SyntaxErrorAt(*position, MessageOf(status));
}

absl::Status LineLoader::Load(std::string_view text, uint64_t first_line, size_t offset) {
  for (uint64_t number = first_line; !text.empty(); ++number) {
    const auto* newline = static_cast<const char*>(std::memchr(text.data(), '\n', text.size()));
    const size_t length = newline == nullptr ? text.size() : static_cast<size_t>(newline - text.data());
    std::string_view line = text.substr(0, length);
    const std::string_view whole = text.substr(0, newline == nullptr ? length : length + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const bool plain = std::memchr(line.data(), '\r', line.size()) == nullptr && LoadPlain(line);
    if (!plain) RETURN_IF_ERROR(LoadSlowly(whole, number, offset));
    offset += length + 1;
    text.remove_prefix(newline == nullptr ? length : length + 1);
  }
  return absl::OkStatus();
}

}  // namespace dossier::graph
