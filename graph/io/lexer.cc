#include "graph/io/lexer.h"

#include "graph/base/strings.h"
#include "graph/model/iri.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

bool IsHex(int c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsAlpha(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(int c) { return c >= '0' && c <= '9'; }
bool EndsLine(unsigned char c) { return c == '\n' || c == '\r'; }
bool EndsIriRun(unsigned char c) {
  return c <= 0x20 || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '\\' || c == '^' || c == '`';
}
bool EndsDoubleQuoted(unsigned char c) { return c == '"' || c == '\\' || c == '\n' || c == '\r'; }
bool EndsSingleQuoted(unsigned char c) { return c == '\'' || c == '\\' || c == '\n' || c == '\r'; }
bool EndsLongDouble(unsigned char c) { return c == '"' || c == '\\'; }
bool EndsLongSingle(unsigned char c) { return c == '\'' || c == '\\'; }

}  // namespace

bool Lexer::FailAt(size_t offset, std::string_view message) {
  if (status_.ok()) status_ = in_.ErrorAt(offset, message);
  return false;
}

bool Lexer::Expected(std::string_view what) {
  const int c = in_.Peek();
  if (c == Input::kEnd) return Fail(Cat("expected ", what, ", found the end of the input"));
  if (c == '\n' || c == '\r') return Fail(Cat("expected ", what, ", found the end of the line"));
  size_t length = 0;
  PeekCodePoint(0, length);
  if (length == 0) return Fail("invalid UTF-8");
  return Fail(Cat("expected ", what, ", found '", in_.Available().substr(0, length), "'"));
}

bool Lexer::AppendRun(std::string& out, bool (*stops)(unsigned char)) {
  for (;;) {
    const std::string_view text = in_.Available();
    if (text.empty()) return true;
    size_t n = 0;
    while (n < text.size() && !stops(static_cast<unsigned char>(text[n]))) ++n;
    if (out.size() + n > kMaxToken) return TooLong();
    out.append(text.substr(0, n));
    in_.Skip(n);
    if (n < text.size()) return true;
  }
}

bool Lexer::SkipComment() {
  for (;;) {
    in_.Mark();
    const std::string_view text = in_.Available();
    size_t n = 0;
    while (n < text.size() && static_cast<unsigned char>(text[n]) < 0x80 && !EndsLine(static_cast<unsigned char>(text[n]))) ++n;
    in_.Skip(n);
    if (text.empty()) return true;
    if (n == text.size()) continue;
    if (EndsLine(static_cast<unsigned char>(text[n]))) return true;
    size_t length = 0;
    PeekCodePoint(0, length);
    if (length == 0) return Fail("invalid UTF-8");
    in_.Skip(length);
  }
}

bool Lexer::SkipSpace() {
  for (;;) {
    in_.Mark();
    const int c = in_.Peek();
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      in_.Skip();
    } else if (c != '#') {
      return true;
    } else if (!SkipComment()) {
      return false;
    }
  }
}

void Lexer::SkipBlanks() {
  while (in_.Peek() == ' ' || in_.Peek() == '\t') in_.Skip();
}

bool Lexer::ReadHex(size_t digits, std::string& out, char32_t& c) {
  c = 0;
  for (size_t i = 0; i < digits; ++i) {
    const int h = in_.Peek();
    if (!IsHex(h)) return Expected(digits == 4 ? "four hexadecimal digits" : "eight hexadecimal digits");
    c = c * 16 + static_cast<char32_t>(IsDigit(h) ? h - '0' : (h | 0x20) - 'a' + 10);
    in_.Skip();
  }
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return Fail("this escape stands for no Unicode character");
  AppendUtf8(c, out);
  return true;
}

// At 'u' or 'U'.
bool Lexer::ReadUnicodeEscape(std::string& out, char32_t& c) {
  const bool is_short = in_.Peek() == 'u';
  in_.Skip();
  return ReadHex(is_short ? 4 : 8, out, c);
}

bool Lexer::ReadIriRef(std::string& iri) {
  iri.clear();
  const size_t begin = in_.offset();
  bool escaped = false;
  in_.Skip();
  for (;;) {
    if (!AppendRun(iri, EndsIriRun)) return false;
    const int c = in_.Peek();
    if (c == '>') break;
    if (c != '\\') return Expected("'>' at the end of the IRI");
    in_.Skip();
    if (in_.Peek() != 'u' && in_.Peek() != 'U') return Expected("'u' or 'U': an IRI knows no other escapes");
    char32_t decoded = 0;
    const size_t at = in_.offset() - 1;
    escaped = true;
    if (!ReadUnicodeEscape(iri, decoded)) return false;
    if (decoded < 0x80 && EndsIriRun(static_cast<unsigned char>(decoded))) {
      return FailAt(at, "this character may not stand in an IRI, not even escaped");
    }
  }
  if (const size_t bad = FindInvalidUtf8(iri); bad != std::string::npos) {
    return FailAt(escaped ? begin : begin + 1 + bad, "invalid UTF-8");
  }
  in_.Skip();
  return true;
}

bool Lexer::ReadStringEscape(std::string& out) {
  in_.Skip();
  const int c = in_.Peek();
  char decoded = 0;
  switch (c) {
    case 't': decoded = '\t'; break;
    case 'b': decoded = '\b'; break;
    case 'n': decoded = '\n'; break;
    case 'r': decoded = '\r'; break;
    case 'f': decoded = '\f'; break;
    case '"': case '\'': case '\\': decoded = static_cast<char>(c); break;
    case 'u': case 'U': {
      char32_t ignored = 0;
      return ReadUnicodeEscape(out, ignored);
    }
    default: return Expected("one of t b n r f \" ' \\ u U after '\\'");
  }
  out.push_back(decoded);
  in_.Skip();
  return true;
}

bool Lexer::ReadString(std::string& value, bool allow_long) {
  value.clear();
  const size_t begin = in_.offset();
  const bool is_double = in_.Peek() == '"';
  const char quote = is_double ? '"' : '\'';
  const bool is_long = allow_long && in_.StartsWith(is_double ? "\"\"\"" : "'''");
  in_.Skip(is_long ? 3 : 1);
  const auto stops = is_long ? (is_double ? EndsLongDouble : EndsLongSingle) : (is_double ? EndsDoubleQuoted : EndsSingleQuoted);
  for (;;) {
    if (!AppendRun(value, stops)) return false;
    const int c = in_.Peek();
    if (c == '\\') {
      if (!ReadStringEscape(value)) return false;
    } else if (c != quote) {
      return Expected(Cat("'", is_long ? std::string(3, quote) : std::string(1, quote), "' at the end of the string"));
    } else if (is_long && !in_.StartsWith(is_double ? "\"\"\"" : "'''")) {
      value.push_back(quote);
      in_.Skip();
    } else {
      break;
    }
  }
  in_.Skip(is_long ? 3 : 1);
  if (FindInvalidUtf8(value) != std::string::npos) return FailAt(begin, "invalid UTF-8 in this string");
  return true;
}

bool Lexer::ReadLanguage(std::string& language, Direction& direction) {
  language.clear();
  direction = Direction::kNone;
  in_.Skip();
  if (!IsAlpha(in_.Peek())) return Expected("a language tag after '@'");
  size_t subtag = 0;
  for (;;) {
    const int c = in_.Peek();
    if (IsAlpha(c) || (IsDigit(c) && language.find('-') != std::string::npos)) {
      if (++subtag > 8) return Fail("a subtag of a language tag has at most 8 characters");
      language.push_back(static_cast<char>(c));
      in_.Skip();
    } else if (c == '-' && in_.Peek(1) != '-') {
      in_.Skip();
      language.push_back('-');
      subtag = 0;
      if (!IsAlpha(in_.Peek()) && !IsDigit(in_.Peek())) return Expected("a letter or digit after '-' in the language tag");
    } else {
      break;
    }
  }
  if (!in_.StartsWith("--")) return true;
  const size_t at = in_.offset();
  in_.Skip(2);
  std::string name;
  while (IsAlpha(in_.Peek())) {
    name.push_back(static_cast<char>(in_.Peek()));
    in_.Skip();
    if (name.size() > 3) break;
  }
  if (name != "ltr" && name != "rtl") return FailAt(at + 2, "expected the base direction ltr or rtl");
  direction = name == "ltr" ? Direction::kLtr : Direction::kRtl;
  return true;
}

bool Lexer::IsLanguageTag(std::string_view tag) {
  for (bool first = true; ; first = false) {
    const std::string_view subtag = tag.substr(0, tag.find('-'));
    if (subtag.empty() || subtag.size() > 8) return false;
    for (const char c : subtag) {
      if (!IsAlpha(c) && (first || !IsDigit(c))) return false;
    }
    if (subtag.size() == tag.size()) return true;
    tag.remove_prefix(subtag.size() + 1);
  }
}

bool Lexer::MakeTyped(std::string value, std::string datatype, size_t begin, Term& term) {
  if (datatype == rdf::kLangString || datatype == rdf::kDirLangString) {
    return FailAt(begin, "a literal of this datatype needs a language tag: expected '@' and no datatype");
  }
  term = Term::Literal(std::move(value), std::move(datatype));
  return true;
}

char32_t Lexer::PeekCodePoint(size_t ahead, size_t& length) {
  const int c = in_.Peek(ahead);
  length = 0;
  if (c == Input::kEnd) return 0;
  if (c < 0x80) {
    length = 1;
    return static_cast<char32_t>(c);
  }
  in_.Peek(ahead + 3);
  const std::string_view text = in_.Available();
  length = Utf8SequenceLength(text, ahead);
  return length == 0 ? 0 : DecodeUtf8(text, ahead, length);
}

bool Lexer::IsNameStart(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x1FFF && c != 0x37E) ||
         (c >= 0x200C && c <= 0x200D) || (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
         (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0xEFFFF);
}

bool Lexer::IsNameChar(char32_t c) {
  return IsNameStart(c) || c == '_' || c == '-' || (c >= '0' && c <= '9') || c == 0xB7 || (c >= 0x300 && c <= 0x36F) ||
         (c >= 0x203F && c <= 0x2040);
}

bool Lexer::IsNcName(std::string_view name) {
  for (size_t i = 0; i < name.size();) {
    const size_t length = Utf8SequenceLength(name, i);
    if (length == 0) return false;
    const char32_t c = DecodeUtf8(name, i, length);
    const bool start = IsNameStart(c) || c == '_';
    if (!(start || (i > 0 && (IsNameChar(c) || c == '.')))) return false;
    i += length;
  }
  return !name.empty();
}

size_t Lexer::EscapeLength(size_t ahead) {
  const int c = in_.Peek(ahead);
  if (c == '%') return IsHex(in_.Peek(ahead + 1)) && IsHex(in_.Peek(ahead + 2)) ? 3 : 0;
  if (c != '\\') return 0;
  const int escaped = in_.Peek(ahead + 1);
  if (escaped == Input::kEnd) return 0;
  return std::string_view("_~.-!$&'()*+,;=/?#@%").find(static_cast<char>(escaped)) != std::string_view::npos ? 2 : 0;
}

bool Lexer::ReadNameTail(bool local, std::string& out) {
  for (;;) {
    size_t dots = 0;
    while (in_.Peek(dots) == '.' && dots < kMaxToken) ++dots;
    size_t length = 0;
    const char32_t c = PeekCodePoint(dots, length);
    const size_t escape = local ? EscapeLength(dots) : 0;
    const bool plain = length > 0 && (IsNameChar(c) || (local && c == ':'));
    if (!plain && escape == 0) return true;  // the dots end the statement
    if (out.size() > kMaxToken) return TooLong();
    out.append(dots, '.');
    in_.Skip(dots);
    if (escape == 2) {
      out.push_back(static_cast<char>(in_.Peek(1)));
    } else {
      out.append(in_.Available().substr(0, escape > 0 ? escape : length));
    }
    in_.Skip(escape > 0 ? escape : length);
  }
}

bool Lexer::ReadBlankNodeLabel(std::string& label) {
  label.clear();
  in_.Skip();
  if (!in_.Take(':')) return Expected("':' after '_'");
  size_t length = 0;
  const char32_t c = PeekCodePoint(0, length);
  if (length == 0 || !(IsNameStart(c) || c == '_' || (c >= '0' && c <= '9'))) return Expected("a blank node label");
  return ReadNameTail(false, label);
}

}  // namespace dossier::graph
