// What one run of the grammar carries along: the text, the prologue, the furthest failure and the first rule
// of SPARQL broken.
//
//   State state(text, options);   parse(...)   state.ErrorAt(...)
//
// The grammar reports every token it would have taken (Expect); at the furthest place reached these make the
// message "expected X or Y, found `Z`". Rules that no grammar can say are reported with Fail(), which makes
// the parse fail for good. Not thread-safe; one per parse.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "query/syntax/ast.h"
#include "query/syntax/token.h"

namespace dossier::query::syntax {

using Iterator = const Token*;

// A set of token kinds.
class TokSet {
 public:
  constexpr TokSet() = default;
  constexpr TokSet(std::initializer_list<Tok> kinds) {
    for (const Tok kind : kinds) Add(kind);
  }
  constexpr void Add(Tok kind) { bits_[Word(kind)] |= Bit(kind); }
  constexpr bool Has(Tok kind) const { return (bits_[Word(kind)] & Bit(kind)) != 0; }
  constexpr void Merge(const TokSet& other) {
    bits_[0] |= other.bits_[0];
    bits_[1] |= other.bits_[1];
  }
  constexpr bool Contains(const TokSet& o) const {
    return (o.bits_[0] & ~bits_[0]) == 0 && (o.bits_[1] & ~bits_[1]) == 0;
  }
  constexpr void Remove(const TokSet& other) {
    bits_[0] &= ~other.bits_[0];
    bits_[1] &= ~other.bits_[1];
  }

 private:
  static constexpr size_t Word(Tok kind) { return static_cast<size_t>(kind) / 64; }
  static constexpr uint64_t Bit(Tok kind) { return uint64_t{1} << (static_cast<size_t>(kind) % 64); }
  uint64_t bits_[2] = {0, 0};
};
static_assert(kTokenKinds <= 128);

class State {
 public:
  // `text` and `tokens` are borrowed.
  State(std::string_view text, const std::vector<Token>& tokens, std::string base,
        const std::vector<std::pair<std::string, std::string>>& prefixes)
      : text_(text),
        tokens_(tokens),
        base_(std::move(base)),
        prefixes_(prefixes.begin(), prefixes.end()),
        furthest_(tokens.data()) {}

  std::string_view Text(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

  void Expect(Iterator at, const TokSet& kinds) {
    if (at < furthest_) return;
    if (at > furthest_) {
      furthest_ = at;
      expected_ = {};
    }
    expected_.Merge(kinds);
  }

  // Remembers the first broken rule; returns false, so that actions can `return state.Fail(...)`.
  bool Fail(const SourceSpan& span, std::string message);
  bool failed() const { return failure_.has_value(); }

  // The prologue. False after Fail().
  bool SetBase(const Token& iri);
  bool DeclarePrefix(std::string_view prefix, const Token& iri);
  const std::string& base() const { return base_; }

  // The absolute IRI that an IRIREF or prefixed name stands for. False after Fail().
  bool ExpandIri(const Token& token, std::string& iri);

  // Why the parse failed. Precondition: it did.
  absl::Status Error() const;

 private:
  std::string ExpectedText() const;
  std::string Hint() const;
  std::string WordHint(std::string_view word) const;
  std::string BracketHint() const;
  bool ExpandPrefixedName(const Token& token, std::string& iri);

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::string base_;
  StringMap<std::string> prefixes_;
  Iterator furthest_;
  TokSet expected_;
  struct Failure {
    SourceSpan span;
    std::string message;
  };
  std::optional<Failure> failure_;
};

// Checks, before the recursive grammar runs, that brackets and `!`, the only ways to nest, are at most
// `limit` deep.
absl::Status CheckNesting(std::string_view text, const std::vector<Token>& tokens, int limit);

}  // namespace dossier::query::syntax
