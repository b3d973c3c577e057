// What the stages of ingest hand to each other: a document's text, its sentences, their tokens and trees.
//
// Offsets are bytes into the *original* input (the file as it was read, markup included), so that every fact
// can be shown in the document the user gave us. A Token owns its form, because clitics and normalised forms
// need not be a substring of the input; `span` always is. Plain values; thread-compatible.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"

namespace dossier::ingest {

// Index of a token in its sentence, 0-based. kNoToken is the root's head, or "none".
using TokenIndex = int32_t;
inline constexpr TokenIndex kNoToken = -1;

// A syntactic word of UD (https://universaldependencies.org/format.html). "don't" is two tokens, "do" and
// "n't", each with its own span.
struct Token {
  std::string form;
  SourceSpan span;               // bytes of the original input
  bool space_after = true;       // white space follows in the text (UD's SpaceAfter)
  bool multiword_start = false;  // first token of a UD multiword token ("don't", "cannot"); the others follow
                                 // with space_after of every token but the last false
  // Filled in by the parser (ingest/parse/parser.h).
  std::string upos;   // UD universal tag: "PROPN"
  std::string xpos;   // Penn tag: "NNP"
  std::string feats;  // "Number=Sing|Tense=Past" or empty
  std::string lemma;
  TokenIndex head = kNoToken;
  std::string deprel;  // basic UD relation with subtype: "nsubj:pass"; "root" for the root
  std::string name;    // "B-PER", "I-ORG", "B-LOC", "B-MISC", "O"; empty where the model finds no names
};

struct Sentence {
  std::vector<Token> tokens;
  SourceSpan span;         // first byte of the first token to the last byte of the last
  std::string id;          // CoNLL-U sent_id where there is one
  std::string text;        // the sentence as one line: entities and markup resolved, white space folded
  uint32_t paragraph = 0;  // 0-based number of the paragraph it is in
  std::string speaker;     // who says it, in transcripts (CoNLL-U's `# speaker`); else empty
  bool heading = false;    // a title or heading: no final stop, set apart by blank lines or markup
};

// An article as read: the plain text the later stages work on, with the way back to the input.
struct Document {
  std::string text;  // UTF-8, NFC not applied (bytes as in the input where the input is plain text)
  std::vector<uint32_t> origin;  // empty when text offset == input offset; else origin[i] = input offset of
                                 // text byte i, and origin[text.size()] = input size
  std::string title;  // from markup or the first heading line; may be empty
  std::string author;
  std::string date;    // ISO 8601 ("2020-11-29"), or empty
  std::string source;  // URL or file name
  std::string language = "en";
  std::vector<SourceSpan> headings;  // spans of `text` that are titles or headings

  // Input offset of byte `offset` of `text`.
  size_t OriginOf(size_t offset) const { return origin.empty() ? offset : origin[offset]; }
};

}  // namespace dossier::ingest
