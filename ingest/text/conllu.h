// CoNLL-U (https://universaldependencies.org/format.html): reading treebanks and parsed text, writing what
// the parser made.
//
//   ASSIGN_OR_RETURN(std::vector<Sentence> sentences, ReadConllu(bytes));
//   std::string text; for (const Sentence& s : sentences) AppendConllu(s, text);
//
// What is kept: the ten columns but XPOS-independent DEPS (written as "_"), of MISC only SpaceAfter=No; `#
// sent_id`, `# text`, `# speaker` (not written), and paragraphs and documents (`# newpar`, `# newdoc` start a new Sentence::paragraph).
// Empty nodes (8.1) are skipped. A multiword range line sets multiword_start of its first token. Token spans
// are offsets into RawText() of the same sentences.
//
// Errors: SyntaxErrorAt with the line. Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

absl::StatusOr<std::vector<Sentence>> ReadConllu(std::string_view bytes);

// Appends the sentence, its comments, a range line for each multiword token, and the blank line that ends it.
// `with_offsets` adds `Offset=begin:end` (bytes of the original) to MISC.
void AppendConllu(const Sentence& sentence, std::string& out, bool with_offsets = false);

// The plain text under a treebank: sentences joined by a space unless the last token of the one before has
// SpaceAfter=No; paragraphs separated by an empty line. Ends with a newline.
std::string RawText(const std::vector<Sentence>& sentences);

// The surface form of the token at `index` together with the rest of its multiword token: {text, number of
// tokens}.
struct SurfaceToken {
  std::string text;
  size_t words = 1;
};
SurfaceToken SurfaceAt(const Sentence& sentence, size_t index);

}  // namespace dossier::ingest
