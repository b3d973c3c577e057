// The readers behind ReadArticle (ingest/read/reader.h), one for each format. All take valid UTF-8 without
// control bytes.
#pragma once

#include <string_view>

#include "ingest/read/reader.h"

namespace dossier::ingest {

void ReadPlain(std::string_view bytes, Document& document);
void ReadMarkdown(std::string_view bytes, Document& document);
absl::Status ReadHtml(std::string_view bytes, const ReadOptions& options, Document& document);

// Takes title, author and date from the first paragraphs of `document.text` where markup gave none: a short
// first line that is set apart, "By Name Name", a line that is only a date.
void FindFrontMatter(Document& document);

// Fails when elements are nested deeper than `max_depth` or when building the tree would take too much
// memory. One pass over the bytes, no stack; run before gumbo, whose own traversals recurse.
absl::Status CheckHtmlNesting(std::string_view html, size_t max_depth);

}  // namespace dossier::ingest
