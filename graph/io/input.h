// Text that is read from front to end with bounded memory: a window that is refilled from a source.
//
//   Input in(text);                       // or Input in(source): see byte_source.h
//   while (in.Peek() != Input::kEnd) in.Skip();
//   return in.ErrorHere("expected '.'");
//
// Memory is one chunk and the text from Mark() to the place of reading. Not thread-safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "graph/base/status.h"

namespace dossier::graph {

// Appends the next bytes of a source to a string; false at its end or at an error, which it has to keep.
using ByteSource = std::function<bool(std::string&)>;

class Input {
 public:
  static constexpr int kEnd = -1;

  // Borrows `text`.
  explicit Input(std::string_view text) : window_(text) {}
  explicit Input(ByteSource source) : source_(std::move(source)) {}
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  // The byte `ahead` of the place of reading, or kEnd.
  int Peek(size_t ahead = 0) {
    if (pos_ + ahead >= window_.size() && !Refill(ahead)) return kEnd;
    return static_cast<unsigned char>(window_[pos_ + ahead]);
  }
  void Skip(size_t n = 1) { pos_ += n; }
  bool Take(char c) {
    if (Peek() != static_cast<unsigned char>(c)) return false;
    ++pos_;
    return true;
  }
  bool StartsWith(std::string_view s) {
    return (pos_ + s.size() <= window_.size() || Refill(s.size() - 1)) && window_.substr(pos_, s.size()) == s;
  }
  // What is in memory from the place of reading on; not empty unless at the end.
  std::string_view Available() {
    Peek();
    return window_.substr(std::min(pos_, window_.size()));
  }

  // Offset from the beginning of everything, for ErrorAt().
  size_t offset() const { return dropped_ + pos_; }
  // Keeps the text from `here` on in memory, for error positions; one mark at a time.
  void Mark() { mark_ = pos_; }

  absl::Status ErrorHere(std::string_view message) const { return ErrorAt(offset(), message); }
  // An offset before the mark is moved up to what is still known.
  absl::Status ErrorAt(size_t offset, std::string_view message) const;

 private:
  // Makes `ahead` readable if there is that much; drops what is before the mark.
  bool Refill(size_t ahead);

  ByteSource source_;
  std::string buffer_;        // what window_ views when there is a source
  std::string_view window_;
  size_t pos_ = 0;
  size_t mark_ = 0;
  size_t dropped_ = 0;        // bytes before the window
  uint32_t dropped_lines_ = 0, dropped_columns_ = 0;  // newlines there, code points since the last one
};

}  // namespace dossier::graph
