// Builds Document::text piece by piece with the input offset of each byte.
//
//   TextBuilder builder;
//   builder.Append("Baku", 310);  builder.Space(314);  builder.EndBlock();
//   builder.Finish(input_size, document);
//
// White space is folded: Space() gives at most one space between words, EndBlock() an empty line between
// blocks that have text. Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

class TextBuilder {
 public:
  // Bytes that stand in the input as they are, from `origin` on.
  void Append(std::string_view bytes, size_t origin);
  // Bytes that all come from one place, such as a decoded entity.
  void AppendDecoded(std::string_view bytes, size_t origin);
  void Space(size_t origin);
  void Newline(size_t origin);
  void EndBlock();
  void BeginHeading();
  void EndHeading();

  size_t size() const { return text_.size(); }
  // Moves text, origins and headings to `document`. Trailing white space is dropped.
  void Finish(size_t input_size, Document& document);

 private:
  void Flush();

  std::string text_;
  std::vector<uint32_t> origin_;
  std::vector<SourceSpan> headings_;
  enum class Pending { kNone, kSpace, kNewline, kBlock } pending_ = Pending::kNone;
  size_t pending_origin_ = 0;
  bool heading_open_ = false;
  bool heading_started_ = false;
};

}  // namespace dossier::ingest
