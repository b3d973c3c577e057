// Where the paragraphs of a text are: separated by blank lines, or by single line breaks where the text is
// not hard-wrapped.
//
//   for (const SourceSpan& paragraph : FindParagraphs(document.text)) ...
//
// A line break inside a block counts as wrapping when the next line's first word would not have fitted on the
// line before it (the width being that of the text's long lines, up to kMaxWrapWidth columns). So
// one-paragraph-a-line articles, e-mails wrapped at 72 columns, verse and lists each come apart as a reader
// expects. Spans are trimmed, in order, and never empty. Linear. Thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "graph/base/status.h"

namespace dossier::ingest {

inline constexpr size_t kMaxWrapWidth = 120;

std::vector<SourceSpan> FindParagraphs(std::string_view text);

}  // namespace dossier::ingest
