#include "query/syntax/lexer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/base/strings.h"
#include "graph/model/utf8.h"
#include "query/syntax/escapes.h"

namespace dossier::query::syntax {
namespace {

constexpr size_t kNone = std::string_view::npos;

bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// PN_CHARS_BASE.
bool IsNameBase(char32_t c) {
  if (c < 0x80) return IsAsciiLetter(c);
  static constexpr std::array<std::pair<char32_t, char32_t>, 12> kRanges = {{{0xC0, 0xD6},
                                                                             {0xD8, 0xF6},
                                                                             {0xF8, 0x2FF},
                                                                             {0x370, 0x37D},
                                                                             {0x37F, 0x1FFF},
                                                                             {0x200C, 0x200D},
                                                                             {0x2070, 0x218F},
                                                                             {0x2C00, 0x2FEF},
                                                                             {0x3001, 0xD7FF},
                                                                             {0xF900, 0xFDCF},
                                                                             {0xFDF0, 0xFFFD},
                                                                             {0x10000, 0xEFFFF}}};
  return std::ranges::any_of(kRanges,
                             [c](const auto& range) { return c >= range.first && c <= range.second; });
}

// PN_CHARS_U or a digit: what a variable or blank node label starts with.
bool IsNameStart(char32_t c) { return IsNameBase(c) || c == '_' || IsDigit(c); }
// What a variable goes on with: PN_CHARS without '-'.
bool IsVariableChar(char32_t c) {
  return IsNameStart(c) || c == 0xB7 || (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}
// PN_CHARS.
bool IsNameChar(char32_t c) { return IsVariableChar(c) || c == '-'; }

struct Punctuation {
  std::string_view text;
  Tok kind;
};
// Longer ones before their prefixes.
constexpr std::array kPunctuation = {
    Punctuation{"<<(", Tok::kOpenTripleTerm},
    Punctuation{")>>", Tok::kCloseTripleTerm},
    Punctuation{"<<", Tok::kOpenReified},
    Punctuation{">>", Tok::kCloseReified},
    Punctuation{"{|", Tok::kOpenAnnotation},
    Punctuation{"|}", Tok::kCloseAnnotation},
    Punctuation{"||", Tok::kOrOr},
    Punctuation{"&&", Tok::kAndAnd},
    Punctuation{"^^", Tok::kCaretCaret},
    Punctuation{"!=", Tok::kNotEqual},
    Punctuation{"<=", Tok::kLessEqual},
    Punctuation{">=", Tok::kGreaterEqual},
    Punctuation{"{", Tok::kOpenBrace},
    Punctuation{"}", Tok::kCloseBrace},
    Punctuation{"(", Tok::kOpenParen},
    Punctuation{")", Tok::kCloseParen},
    Punctuation{"[", Tok::kOpenBracket},
    Punctuation{"]", Tok::kCloseBracket},
    Punctuation{".", Tok::kDot},
    Punctuation{";", Tok::kSemicolon},
    Punctuation{",", Tok::kComma},
    Punctuation{"|", Tok::kPipe},
    Punctuation{"/", Tok::kSlash},
    Punctuation{"^", Tok::kCaret},
    Punctuation{"?", Tok::kQuestion},
    Punctuation{"*", Tok::kStar},
    Punctuation{"+", Tok::kPlus},
    Punctuation{"-", Tok::kMinus},
    Punctuation{"!", Tok::kBang},
    Punctuation{"=", Tok::kEqual},
    Punctuation{"<", Tok::kLess},
    Punctuation{">", Tok::kGreater},
    Punctuation{"~", Tok::kTilde},
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<Token>> Run() {
    if (const size_t bad = graph::FindInvalidUtf8(text_); bad != kNone)
      return Error(bad, "the query is not valid UTF-8 here");
    tokens_.reserve(text_.size() / 6 + 8);
    if (text_.starts_with("\xEF\xBB\xBF")) pos_ = 3;  // a byte order mark
    for (SkipSpace(); pos_ < text_.size(); SkipSpace()) {
      if (tokens_.size() == kMaxTokens)
        return Error(pos_, Cat("a query may have ", kMaxTokens, " words and marks"));
      RETURN_IF_ERROR(Next());
    }
    Add(Tok::kEnd, text_.size(), text_.size());
    return std::move(tokens_);
  }

 private:
  absl::Status Error(size_t offset, std::string_view message) const {
    return SyntaxErrorAt(LocatePosition(text_, offset), message);
  }

  void Add(Tok kind, size_t begin, size_t end) {
    tokens_.push_back({kind, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    pos_ = end;
  }

  void SkipSpace() {
    while (pos_ < text_.size()) {
      if (IsSpace(text_[pos_])) {
        ++pos_;
      } else if (text_[pos_] == '#') {
        const size_t end = text_.find_first_of("\r\n", pos_);
        pos_ = end == kNone ? text_.size() : end;
      } else {
        return;
      }
    }
  }

  char At(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  // The code point at `i` and its length; length 0 at the end.
  std::pair<char32_t, size_t> CodePoint(size_t i) const {
    if (i >= text_.size()) return {0, 0};
    const auto byte = static_cast<unsigned char>(text_[i]);
    if (byte < 0x80) return {byte, 1};
    const size_t length = graph::Utf8SequenceLength(text_, i);
    return {graph::DecodeUtf8(text_, i, length), length};
  }

  absl::Status Next() {
    const char c = text_[pos_];
    switch (c) {
      case '<':
        return Less();
      case '"':
      case '\'':
        return String();
      case '?':
      case '$':
        if (const size_t end = VariableEnd(pos_ + 1); end != pos_ + 1) {
          Add(Tok::kVariable, pos_, end);
          return absl::OkStatus();
        }
        break;
      case '@':
        return LanguageTag();
      case '_':
        if (At(pos_ + 1) == ':') return BlankNode();
        break;
      case ':':
        PrefixedName(pos_);
        return absl::OkStatus();
      default:
        break;
    }
    if (Number()) return absl::OkStatus();
    if (IsNameBase(CodePoint(pos_).first)) return Word();
    return Mark();
  }

  absl::Status Mark() {
    for (const auto& [mark, kind] : kPunctuation) {
      if (text_.substr(pos_).starts_with(mark)) {
        Add(kind, pos_, pos_ + mark.size());
        return absl::OkStatus();
      }
    }
    if (text_[pos_] == '\\')
      return Error(pos_, "escapes are only known inside IRIs, strings and local names (SPARQL 1.2 §19.2)");
    const size_t length = CodePoint(pos_).second;
    return Error(pos_, Cat("unexpected character `", text_.substr(pos_, length), "`"));
  }

  // The end of the IRIREF at pos_, or npos if what stands there is none.
  absl::StatusOr<size_t> IriEnd() const {
    for (size_t i = pos_ + 1; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '>') return i + 1;
      if (c == '\\') {
        const auto escape = CodepointEscape(text_, i);
        if (!escape) return kNone;
        if (IsSurrogate(*escape)) return Error(i, "an escape stands for a surrogate, which is no character");
        i += text_[i + 1] == 'u' ? 5 : 9;
        continue;
      }
      if (static_cast<unsigned char>(c) <= 0x20 || std::string_view("<\"{}|^`").find(c) != kNone)
        return kNone;
    }
    return kNone;
  }

  absl::Status Less() {
    ASSIGN_OR_RETURN(const size_t end, IriEnd());
    if (end == kNone) return Mark();
    Add(Tok::kIriRef, pos_, end);
    return absl::OkStatus();
  }

  absl::Status String() {
    const char quote = text_[pos_];
    const bool is_long = At(pos_ + 1) == quote && At(pos_ + 2) == quote;
    const size_t width = is_long ? 3 : 1;
    for (size_t i = pos_ + width; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == quote && (!is_long || (At(i + 1) == quote && At(i + 2) == quote))) {
        Add(is_long ? Tok::kLongString : Tok::kString, pos_, i + width);
        return absl::OkStatus();
      }
      if (c == '\\') {
        RETURN_IF_ERROR(CheckStringEscape(i));
        ++i;
      } else if (!is_long && (c == '\n' || c == '\r')) {
        return Error(pos_, Cat("this string has no closing ", text_.substr(pos_, 1),
                               " on its line; strings of several lines have three"));
      }
    }
    return Error(pos_, "this string is never closed");
  }

  absl::Status CheckStringEscape(size_t i) const {
    if (std::string_view("tbnrf\\\"'").find(At(i + 1)) != kNone && i + 1 < text_.size())
      return absl::OkStatus();
    const auto escape = CodepointEscape(text_, i);
    if (!escape)
      return Error(i, "no escape of SPARQL: \\t \\b \\n \\r \\f \\\\ \\\" \\' \\uXXXX \\UXXXXXXXX are");
    if (IsSurrogate(*escape)) return Error(i, "an escape stands for a surrogate, which is no character");
    return absl::OkStatus();
  }

  size_t VariableEnd(size_t i) const {
    auto [c, length] = CodePoint(i);
    if (length == 0 || !IsNameStart(c)) return i;
    while (length != 0 && IsVariableChar(c)) {
      i += length;
      std::tie(c, length) = CodePoint(i);
    }
    return i;
  }

  absl::Status LanguageTag() {
    size_t i = pos_ + 1;
    while (IsAsciiLetter(static_cast<unsigned char>(At(i)))) ++i;
    if (i == pos_ + 1) return Error(pos_, "expected a language tag behind '@', such as @en or @ar--rtl");
    const auto alphanumeric = [&](size_t k) {
      const auto c = static_cast<unsigned char>(At(k));
      return IsAsciiLetter(c) || IsDigit(c);
    };
    while (At(i) == '-' && alphanumeric(i + 1)) {
      ++i;
      while (alphanumeric(i)) ++i;
    }
    if (At(i) == '-' && At(i + 1) == '-' && IsAsciiLetter(static_cast<unsigned char>(At(i + 2)))) {
      const size_t direction = i + 2;
      for (i = direction; IsAsciiLetter(static_cast<unsigned char>(At(i)));) ++i;
      const std::string_view name = text_.substr(direction, i - direction);
      if (name != "ltr" && name != "rtl")
        return Error(direction, "the direction of a language tag is ltr or rtl");
    }
    Add(Tok::kLanguageTag, pos_, i);
    return absl::OkStatus();
  }

  // (PN_CHARS | '.')* PN_CHARS from `i`: the end, which is `i` when there is none.
  size_t DottedNameEnd(size_t i) const {
    size_t end = i;
    for (auto [c, length] = CodePoint(i); length != 0 && (c == '.' || IsNameChar(c));
         std::tie(c, length) = CodePoint(i)) {
      i += length;
      if (c != '.') end = i;
    }
    return end;
  }

  absl::Status BlankNode() {
    const auto [c, length] = CodePoint(pos_ + 2);
    if (length == 0 || !IsNameStart(c)) return Error(pos_, "expected a label behind '_:'");
    Add(Tok::kBlankNodeLabel, pos_, DottedNameEnd(pos_ + 2));
    return absl::OkStatus();
  }

  // The token that starts at pos_ and whose ':' is at `colon`.
  void PrefixedName(size_t colon) {
    size_t i = colon + 1;
    size_t end = i;
    while (true) {
      const auto [c, length] = CodePoint(i);
      if (length == 0) break;
      if (c == '%' && HexValue(At(i + 1)) >= 0 && HexValue(At(i + 2)) >= 0) {
        end = i += 3;
      } else if (c == '\\' && At(i + 1) != '\0' &&
                 std::string_view("_~.-!$&'()*+,;=/?#@%").find(At(i + 1)) != kNone) {
        end = i += 2;
      } else if (c == '.' && i != colon + 1) {
        ++i;
      } else if (c == ':' || (i == colon + 1 ? IsNameStart(c) : IsNameChar(c))) {
        end = i += length;
      } else {
        break;
      }
    }
    Add(end == colon + 1 ? Tok::kPrefixNamespace : Tok::kPrefixedName, pos_, end);
  }

  absl::Status Word() {
    const size_t name_end = DottedNameEnd(pos_);
    if (At(name_end) == ':') {
      PrefixedName(name_end);
      return absl::OkStatus();
    }
    const size_t end = VariableEnd(pos_);
    Add(KindOfWord(text_.substr(pos_, end - pos_)), pos_, end);
    return absl::OkStatus();
  }

  size_t SkipDigits(size_t i) const {
    while (IsDigit(static_cast<unsigned char>(At(i)))) ++i;
    return i;
  }

  bool Number() {
    const bool is_signed = text_[pos_] == '+' || text_[pos_] == '-';
    const size_t start = pos_ + (is_signed ? 1 : 0);
    const size_t whole = SkipDigits(start);
    size_t end = whole;
    Tok kind = is_signed ? Tok::kSignedInteger : Tok::kInteger;
    if (At(whole) == '.' && SkipDigits(whole + 1) != whole + 1) {
      kind = is_signed ? Tok::kSignedDecimal : Tok::kDecimal;
      end = SkipDigits(whole + 1);
    }
    if (end == start) return false;
    const size_t mantissa = At(end) == '.' ? end + 1 : end;  // "1.e5" is a double
    if (At(mantissa) == 'e' || At(mantissa) == 'E') {
      const size_t exponent = mantissa + (At(mantissa + 1) == '+' || At(mantissa + 1) == '-' ? 2 : 1);
      if (SkipDigits(exponent) != exponent &&
          (mantissa == end || kind == Tok::kInteger || kind == Tok::kSignedInteger)) {
        kind = is_signed ? Tok::kSignedDouble : Tok::kDouble;
        end = SkipDigits(exponent);
      }
    }
    Add(kind, pos_, end);
    return true;
  }

  std::string_view text_;
  size_t pos_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

absl::StatusOr<std::vector<Token>> Tokenize(std::string_view text) { return Lexer(text).Run(); }

}  // namespace dossier::query::syntax
