// Functions on strings: SPARQL 1.1 §17.4.3, with language and base direction (SPARQL 1.2).
#include "graph/base/strings.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "query/expr/builtin.h"
#include "unicode/locid.h"
#include "unicode/unistr.h"

namespace dossier::query {
namespace {

using algebra::Function;
using graph::Term;
using graph::Value;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

int64_t CountCodePoints(std::string_view s) {
  int64_t count = 0;
  for (const char c : s) count += IsContinuation(c) ? 0 : 1;
  return count;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if ((a[i] | 0x20) != (b[i] | 0x20)) return false;
  }
  return true;
}

bool SameLanguage(const Term& a, const Term& b) {
  return EqualsIgnoringCase(a.language(), b.language()) && a.direction() == b.direction();
}

// §17.4.3.1.2: the second argument is simple, or has the tag of the first.
bool Compatible(const Operand& a, const Operand& b) {
  return a.is_string() && b.is_string() && (b.is_simple() || SameLanguage(a.term(), b.term()));
}

void StrLen(BuiltinCall&, Args args, Operand& out) {
  if (args[0]->is_string()) out.SetValue(Value::Integer(CountCodePoints(args[0]->text())));
}

// fn:round() of a numeric argument.
std::optional<double> RoundedNumber(const Operand& x) {
  if (!x.is_literal()) return std::nullopt;
  const std::optional<Value> rounded = Round(x.value(), graph::Rounding::kRound);
  if (!rounded.has_value()) return std::nullopt;
  return rounded->ToDouble();
}

// fn:substring(): the characters at positions p (from 1) with start <= p < start + length.
void Substr(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_string()) return;
  const std::optional<double> start = RoundedNumber(*args[1]);
  if (!start.has_value()) return;
  double end = std::numeric_limits<double>::infinity();
  if (args.size() > 2) {
    const std::optional<double> length = RoundedNumber(*args[2]);
    if (!length.has_value()) return;
    end = *start + *length;  // NaN when they are opposite infinities: then nothing is taken
  }
  const std::string& text = args[0]->text();
  size_t first = text.size();
  size_t last = text.size();
  double position = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsContinuation(text[i])) continue;
    ++position;
    const bool inside = position >= *start && position < end;
    if (inside && first == text.size()) first = i;
    if (!inside && first != text.size()) {
      last = i;
      break;
    }
  }
  out.SetTerm(LiteralLike(*args[0], text.substr(first, last - first)));
}

bool IsAscii(std::string_view s) {
  for (const char c : s) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

template <typename Ascii, typename Unicode>
void MapCase(BuiltinCall& call, Args args, Operand& out, Ascii ascii, Unicode unicode) {
  if (!args[0]->is_string()) return;
  std::string text = args[0]->text();
  if (IsAscii(text)) {
    for (char& c : text) c = ascii(c);
  } else {
    if (!CheckStringSize(call.state, 2 * text.size()) || !CheckTime(call.state, text.size(), 20)) return;
    icu::UnicodeString mapped =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    unicode(mapped);
    text.clear();
    mapped.toUTF8String(text);
  }
  out.SetTerm(LiteralLike(*args[0], std::move(text)));
}

void Ucase(BuiltinCall& call, Args args, Operand& out) {
  MapCase(
      call, args, out, [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; },
      [](icu::UnicodeString& s) { s.toUpper(icu::Locale::getRoot()); });
}

void Lcase(BuiltinCall& call, Args args, Operand& out) {
  MapCase(
      call, args, out, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; },
      [](icu::UnicodeString& s) { s.toLower(icu::Locale::getRoot()); });
}

void StrStarts(BuiltinCall&, Args args, Operand& out) {
  if (Compatible(*args[0], *args[1])) out.SetBoolean(args[0]->text().starts_with(args[1]->text()));
}
void StrEnds(BuiltinCall&, Args args, Operand& out) {
  if (Compatible(*args[0], *args[1])) out.SetBoolean(args[0]->text().ends_with(args[1]->text()));
}
// Where `what` begins in `text`, npos: nowhere. In linear time, which std::string::find is not.
size_t Find(const std::string& text, const std::string& what) {
  const void* const at = memmem(text.data(), text.size(), what.data(), what.size());
  return at == nullptr ? std::string::npos : static_cast<size_t>(static_cast<const char*>(at) - text.data());
}

void Contains(BuiltinCall&, Args args, Operand& out) {
  if (Compatible(*args[0], *args[1])) out.SetBoolean(Find(args[0]->text(), args[1]->text()) != std::string::npos);
}

void StrBefore(BuiltinCall&, Args args, Operand& out) {
  if (!Compatible(*args[0], *args[1])) return;
  const std::string& text = args[0]->text();
  const size_t at = Find(text, args[1]->text());
  if (at == std::string::npos) return out.SetString("");  // simple, whatever the language of the argument
  out.SetTerm(LiteralLike(*args[0], text.substr(0, at)));
}

void StrAfter(BuiltinCall&, Args args, Operand& out) {
  if (!Compatible(*args[0], *args[1])) return;
  const std::string& text = args[0]->text();
  const size_t at = Find(text, args[1]->text());
  if (at == std::string::npos) return out.SetString("");
  out.SetTerm(LiteralLike(*args[0], text.substr(at + args[1]->text().size())));
}

void EncodeForUri(BuiltinCall& call, Args args, Operand& out) {
  if (!args[0]->is_string()) return;
  if (!CheckStringSize(call.state, 3 * args[0]->text().size()) || !CheckTime(call.state, args[0]->text().size(), 6)) return;
  std::string encoded;
  encoded.reserve(args[0]->text().size());
  for (const char c : args[0]->text()) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            c == '-' || c == '_' || c == '.' || c == '~';
    if (unreserved) {
      encoded.push_back(c);
      continue;
    }
    static constexpr char kHex[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(kHex[byte >> 4]);
    encoded.push_back(kHex[byte & 15]);
  }
  out.SetString(std::move(encoded));
}

// §17.4.3.12: the language and direction stay only when all arguments share them.
void Concat(BuiltinCall& call, Args args, Operand& out) {
  size_t size = 0;
  bool same = !args.empty();
  for (const Operand* arg : args) {
    if (!arg->is_string()) return;
    size += arg->text().size();
    same = same && SameLanguage(arg->term(), args[0]->term());
  }
  if (!CheckStringSize(call.state, size)) return;
  std::string text;
  text.reserve(size);
  for (const Operand* arg : args) text += arg->text();
  if (same) return out.SetTerm(LiteralLike(*args[0], std::move(text)));
  out.SetString(std::move(text));
}

}  // namespace

Term LiteralLike(const Operand& like, std::string text) {
  if (like.is_simple()) return Term::Literal(std::move(text));
  return Term::LangLiteral(std::move(text), like.term().language(), like.term().direction());
}

bool CheckStringSize(EvaluationState& state, size_t bytes) {
  constexpr size_t kShort = size_t{64} << 10;
  if (bytes <= kShort) return true;
  if (bytes > kMaxStringBytes) {
    state.status =
        ResourceExhausted(Cat("a function would make a string of more than ", kMaxStringBytes >> 20, " MiB"));
    return false;
  }
  // Whether it fits; what is made of it is charged by whoever keeps it.
  QueryContext& context = state.vocabulary.context();
  state.status = context.Charge(static_cast<int64_t>(bytes), "strings of an expression");
  if (state.status.ok()) context.Charge(-static_cast<int64_t>(bytes), "").IgnoreError();
  return state.status.ok();
}

bool CheckTime(EvaluationState& state, size_t bytes, int nanoseconds_per_byte) {
  constexpr size_t kShort = size_t{256} << 10;
  if (bytes <= kShort) return true;
  const std::chrono::nanoseconds needed(static_cast<int64_t>(bytes) * nanoseconds_per_byte);
  state.status = state.vocabulary.context().CheckFor(needed);
  return state.status.ok();
}

Builtin FindStringBuiltin(Function function) {
  switch (function) {
    case Function::kStrLen:
      return StrLen;
    case Function::kSubstr:
      return Substr;
    case Function::kUcase:
      return Ucase;
    case Function::kLcase:
      return Lcase;
    case Function::kStrStarts:
      return StrStarts;
    case Function::kStrEnds:
      return StrEnds;
    case Function::kContains:
      return Contains;
    case Function::kStrBefore:
      return StrBefore;
    case Function::kStrAfter:
      return StrAfter;
    case Function::kEncodeForUri:
      return EncodeForUri;
    case Function::kConcat:
      return Concat;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
