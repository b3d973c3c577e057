#include "ingest/read/reader.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/read/formats.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

bool IsBinaryByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && (byte < '\t' || byte > '\r')) || byte == 0x7F;
}

std::string Hex(unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {'0', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
}

// Text extraction tools put ^L between pages and a stray control byte is no reason to refuse an article; NUL
// or many of them are.
absl::Status CheckNotBinary(std::string_view bytes) {
  size_t count = 0;
  size_t first = bytes.size();
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (!IsBinaryByte(bytes[i])) continue;
    if (count++ == 0) first = i;
    if (bytes[i] == '\0') {
      return InvalidArgument(Cat("this is binary data, not text (byte 0x00 at offset ", i,
                                 "); convert the document to text first"));
    }
  }
  if (count * 50 <= bytes.size()) return absl::OkStatus();
  return InvalidArgument(Cat("this is binary data, not text (", count, " control bytes, the first ",
                             Hex(static_cast<unsigned char>(bytes[first])), " at offset ", first, ")"));
}

absl::Status CheckBytes(std::string_view bytes, const ReadOptions& options) {
  if (bytes.size() > options.max_bytes) {
    return ResourceExhausted(
        Cat("the article is too large: the limit is ", options.max_bytes >> 20, " MB. Split it into several documents"));
  }
  RETURN_IF_ERROR(CheckNotBinary(bytes));
  if (const size_t at = FindInvalidUtf8(bytes); at < bytes.size()) {
    const SourcePosition position = LocatePosition(bytes.substr(0, at), at);
    return InvalidArgument(Cat("not valid UTF-8: byte ", Hex(static_cast<unsigned char>(bytes[at])),
                               " at offset ", at, " (line ", position.line,
                               "); convert the file to UTF-8, for instance with iconv"));
  }
  return absl::OkStatus();
}

bool HasText(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeAt(text, i);
    const CharClass type = ClassOf(c.value);
    if (type != CharClass::kSpace) return true;
    i += c.length;
  }
  return false;
}

ArticleFormat FormatOf(std::string_view bytes, std::string_view name) {
  const std::string lower = ToLower(name.substr(0, name.find_first_of("?#")));
  for (const std::string_view extension : {".html", ".htm", ".xhtml"}) {
    if (lower.ends_with(extension)) return ArticleFormat::kHtml;
  }
  if (lower.ends_with(".md") || lower.ends_with(".markdown")) return ArticleFormat::kMarkdown;
  if (lower.ends_with(".txt") || lower.ends_with(".text")) return ArticleFormat::kPlain;
  const std::string head = ToLower(bytes.substr(0, 1024));
  const size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string::npos || head[first] != '<') return ArticleFormat::kPlain;
  for (const std::string_view mark :
       {"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<?xml"}) {
    if (head.compare(first, mark.size(), mark) == 0) return ArticleFormat::kHtml;
  }
  return ArticleFormat::kPlain;
}

absl::StatusOr<Document> Read(std::string_view bytes, std::string_view name, const ReadOptions& options) {
  RETURN_IF_ERROR(CheckBytes(bytes, options));
  if (!HasText(bytes)) return InvalidArgument("the file holds no text");
  Document document;
  document.source = std::string(name);
  const ArticleFormat format =
      options.format == ArticleFormat::kAuto ? FormatOf(bytes, name) : options.format;
  switch (format) {
    case ArticleFormat::kHtml:
      RETURN_IF_ERROR(ReadHtml(bytes, options, document));
      break;
    case ArticleFormat::kMarkdown:
      ReadMarkdown(bytes, document);
      break;
    case ArticleFormat::kPlain:
    case ArticleFormat::kAuto:
      ReadPlain(bytes, document);
      break;
  }
  if (!HasText(document.text)) return InvalidArgument("the file holds markup but no text");
  FindFrontMatter(document);
  return document;
}

}  // namespace

absl::StatusOr<Document> ReadArticle(std::string_view bytes, std::string_view name,
                                     const ReadOptions& options) {
  auto document = Read(bytes, name, options);
  if (!document.ok()) return Annotate(document.status(), name);
  return document;
}

}  // namespace dossier::ingest
