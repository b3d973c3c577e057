// The tokens that N-Triples, N-Quads, Turtle and TriG share. Internal to graph/io.
//
//   Lexer lex(input);
//   std::string iri;
//   if (!lex.ReadIriRef(iri)) return lex.status();
//
// Functions that read return false after an error, which status() then holds; the input then stands somewhere behind it.
// Not thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "graph/base/status.h"
#include "graph/io/input.h"
#include "graph/model/term.h"

namespace dossier::graph {

class Lexer {
 public:
  static constexpr size_t kMaxToken = 64u << 20;  // bytes; the store takes no longer terms

  explicit Lexer(Input& in) : in_(in) {}

  const absl::Status& status() const { return status_; }
  bool ok() const { return status_.ok(); }
  // Always false, to be returned.
  bool Fail(std::string_view message) { return FailAt(in_.offset(), message); }
  bool FailAt(size_t offset, std::string_view message);
  // "expected WHAT, found 'x'" (or "the end").
  bool Expected(std::string_view what);

  bool TooLong() { return Fail("longer than 64 MiB"); }

  // Spaces, tabs, newlines and comments; marks the input behind them. False only for invalid UTF-8 in a comment.
  bool SkipSpace();
  // Spaces and tabs.
  void SkipBlanks();
  // From '#' to before the end of the line.
  bool SkipComment();

  // All start at their first character ('<', '_', '"' or '\'', '@').
  bool ReadIriRef(std::string& iri);              // unescaped and checked, not resolved
  bool ReadBlankNodeLabel(std::string& label);    // without "_:"
  bool ReadString(std::string& value, bool allow_long);
  bool ReadLanguage(std::string& language, Direction& direction);

  // `term` = "value"^^datatype, where `begin` is the offset of the datatype. rdf:langString and rdf:dirLangString need a language.
  bool MakeTyped(std::string value, std::string datatype, size_t begin, Term& term);

  // The code point at the place of reading and its length in bytes; length 0 at the end or for invalid UTF-8.
  char32_t PeekCodePoint(size_t ahead, size_t& length);
  // Takes PN_CHARS and inner dots (and, with `local`, ':' and escapes, decoded) into `out`: the tail of names.
  bool ReadNameTail(bool local, std::string& out);

  static bool IsLanguageTag(std::string_view tag);  // LANG_DIR of Turtle without '@' and direction
  static bool IsNcName(std::string_view name);      // XML names without ':'
  static bool IsNameStart(char32_t c);       // PN_CHARS_BASE
  static bool IsNameChar(char32_t c);        // PN_CHARS

 private:
  bool ReadHex(size_t digits, std::string& out, char32_t& c);
  bool ReadUnicodeEscape(std::string& out, char32_t& c);
  bool ReadStringEscape(std::string& out);
  // Length of the PLX at `ahead`, 0 when there is none.
  size_t EscapeLength(size_t ahead);
  // Takes bytes up to one that `stops`.
  bool AppendRun(std::string& out, bool (*stops)(unsigned char));

  Input& in_;
  absl::Status status_;
};

}  // namespace dossier::graph
