#include "graph/io/input.h"

#include <algorithm>

namespace dossier::graph {

bool Input::Refill(size_t ahead) {
  if (!source_) return false;
  const size_t drop = std::min(mark_, pos_);
  const SourcePosition here = LocatePosition(window_.substr(0, drop), drop);
  dropped_columns_ = here.column - 1 + (here.line == 1 ? dropped_columns_ : 0);
  dropped_lines_ += here.line - 1;
  dropped_ += drop;
  buffer_.erase(0, drop);
  pos_ -= drop;
  mark_ -= drop;
  bool more = true;
  while (pos_ + ahead >= buffer_.size() && more) more = source_(buffer_);
  if (!more) source_ = nullptr;
  window_ = buffer_;
  return pos_ + ahead < window_.size();
}

absl::Status Input::ErrorAt(size_t offset, std::string_view message) const {
  offset = std::max(offset, dropped_);
  SourcePosition position = LocatePosition(window_, offset - dropped_);
  if (position.line == 1) position.column += dropped_columns_;
  position.line += dropped_lines_;
  position.offset = offset;
  return SyntaxErrorAt(position, message);
}

}  // namespace dossier::graph
