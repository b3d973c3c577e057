// From the bytes of an article to its text: plain text, Markdown and HTML, with the way back to the input's
// bytes.
//
//   ASSIGN_OR_RETURN(Document document, ReadArticle(bytes, "news/karabakh.html"));
//   document.text;  document.title;  document.OriginOf(17);      // input byte that text byte 17 came from
//
// HTML: title, author and date from meta elements, <time> and JSON-LD; the main text by a readability-like
// score; script, style, navigation, forms and the like left out; entities decoded. Blocks are separated by an
// empty line. Markdown: headings, emphasis, links, lists and fences are stripped. Plain text is taken as it
// is; a short first line without a final stop that is set apart is the title; datelines and bylines at the
// top are recognised where they are plain.
//
// Errors, all InvalidArgument or ResourceExhausted, naming `name`: no text in the file; bytes that are not
// UTF-8 (with the offset); binary data; more than `max_bytes`; HTML nested deeper than `max_depth`. Time and
// memory are linear in the input. Thread-safe.
#pragma once

#include <cstddef>
#include <string_view>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

enum class ArticleFormat {
  kAuto,  // by the name's extension (.html .htm .xhtml .md .markdown .txt), else by looking at the first
          // bytes
  kPlain,
  kMarkdown,
  kHtml,
};

struct ReadOptions {
  ArticleFormat format = ArticleFormat::kAuto;
  size_t max_bytes = size_t{16} << 20;
  size_t max_depth = 400;  // open HTML elements
};

// `name` is a file name or URL; it becomes Document::source and tells the format.
absl::StatusOr<Document> ReadArticle(std::string_view bytes, std::string_view name,
                                     const ReadOptions& options = {});

}  // namespace dossier::ingest
