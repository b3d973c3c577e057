#include "query/syntax/state.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "graph/base/strings.h"
#include "graph/model/iri.h"
#include "query/syntax/escapes.h"

namespace dossier::query::syntax {
namespace {

// What people call a set of tokens, the larger sets first: an error says "an expression" rather than listing
// what may start one.
struct NamedSet {
  std::string_view name;
  TokSet kinds;
};
constexpr std::array kNamedSets = {
    NamedSet{"an expression", {Tok::kIriRef,       Tok::kPrefixedName,  Tok::kPrefixNamespace,
                               Tok::kVariable,     Tok::kInteger,       Tok::kDecimal,
                               Tok::kDouble,       Tok::kSignedInteger, Tok::kSignedDecimal,
                               Tok::kSignedDouble, Tok::kString,        Tok::kLongString,
                               Tok::kFunction,     Tok::kOpenParen,     Tok::kOpenTripleTerm,
                               Tok::kPlus,         Tok::kMinus,         Tok::kBang,
                               Tok::kNot,          Tok::kExists,        Tok::kTrue,
                               Tok::kFalse,        Tok::kCount,         Tok::kSum,
                               Tok::kMin,          Tok::kMax,           Tok::kAvg,
                               Tok::kSample,       Tok::kGroupConcat}},
    NamedSet{"an operand", {Tok::kIriRef,       Tok::kPrefixedName,  Tok::kPrefixNamespace,
                            Tok::kVariable,     Tok::kInteger,       Tok::kDecimal,
                            Tok::kDouble,       Tok::kSignedInteger, Tok::kSignedDecimal,
                            Tok::kSignedDouble, Tok::kString,        Tok::kLongString,
                            Tok::kFunction,     Tok::kOpenParen,     Tok::kOpenTripleTerm,
                            Tok::kNot,          Tok::kExists,        Tok::kTrue,
                            Tok::kFalse,        Tok::kCount,         Tok::kSum,
                            Tok::kMin,          Tok::kMax,           Tok::kAvg,
                            Tok::kSample,       Tok::kGroupConcat}},
    NamedSet{"a condition or a variable",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kVariable, Tok::kFunction,
              Tok::kOpenParen, Tok::kNot, Tok::kExists, Tok::kCount, Tok::kSum, Tok::kMin, Tok::kMax,
              Tok::kAvg, Tok::kSample, Tok::kGroupConcat}},
    NamedSet{"'(' or a function call",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kFunction, Tok::kOpenParen,
              Tok::kNot, Tok::kExists, Tok::kCount, Tok::kSum, Tok::kMin, Tok::kMax, Tok::kAvg, Tok::kSample,
              Tok::kGroupConcat}},
    NamedSet{"an operator",
             {Tok::kOrOr, Tok::kAndAnd, Tok::kEqual, Tok::kNotEqual, Tok::kLess, Tok::kGreater,
              Tok::kLessEqual, Tok::kGreaterEqual, Tok::kIn, Tok::kNot, Tok::kPlus, Tok::kMinus, Tok::kStar,
              Tok::kSlash, Tok::kSignedInteger, Tok::kSignedDecimal, Tok::kSignedDouble}},
    NamedSet{"an arithmetic or logical operator",
             {Tok::kOrOr, Tok::kAndAnd, Tok::kPlus, Tok::kMinus, Tok::kStar, Tok::kSlash, Tok::kSignedInteger,
              Tok::kSignedDecimal, Tok::kSignedDouble}},
    NamedSet{"a term",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kVariable, Tok::kInteger,
              Tok::kDecimal, Tok::kDouble, Tok::kSignedInteger, Tok::kSignedDecimal, Tok::kSignedDouble,
              Tok::kString, Tok::kLongString, Tok::kTrue, Tok::kFalse, Tok::kBlankNodeLabel,
              Tok::kOpenBracket, Tok::kOpenParen, Tok::kOpenTripleTerm, Tok::kOpenReified}},
    NamedSet{"a term",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kVariable, Tok::kInteger,
              Tok::kDecimal, Tok::kDouble, Tok::kSignedInteger, Tok::kSignedDecimal, Tok::kSignedDouble,
              Tok::kString, Tok::kLongString, Tok::kTrue, Tok::kFalse, Tok::kBlankNodeLabel,
              Tok::kOpenBracket, Tok::kOpenParen, Tok::kOpenTripleTerm}},
    NamedSet{"a term",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kVariable, Tok::kInteger,
              Tok::kDecimal, Tok::kDouble, Tok::kSignedInteger, Tok::kSignedDecimal, Tok::kSignedDouble,
              Tok::kString, Tok::kLongString, Tok::kTrue, Tok::kFalse, Tok::kBlankNodeLabel,
              Tok::kOpenBracket, Tok::kOpenTripleTerm}},
    NamedSet{"a value",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kInteger, Tok::kDecimal,
              Tok::kDouble, Tok::kSignedInteger, Tok::kSignedDecimal, Tok::kSignedDouble, Tok::kString,
              Tok::kLongString, Tok::kTrue, Tok::kFalse, Tok::kUndef, Tok::kOpenTripleTerm}},
    NamedSet{"a predicate or property path",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kVariable, Tok::kA, Tok::kBang,
              Tok::kOpenParen, Tok::kCaret}},
    NamedSet{"a property path",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kA, Tok::kBang, Tok::kOpenParen,
              Tok::kCaret}},
    NamedSet{"a predicate",
             {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace, Tok::kVariable, Tok::kA}},
    NamedSet{"a graph pattern",
             {Tok::kOpenBrace, Tok::kOptional, Tok::kMinusKeyword, Tok::kGraph, Tok::kService, Tok::kFilter,
              Tok::kBind, Tok::kValues}},
    NamedSet{"a reifier or annotation", {Tok::kTilde, Tok::kOpenAnnotation}},
    NamedSet{"a path operator", {Tok::kPipe, Tok::kSlash, Tok::kQuestion, Tok::kStar, Tok::kPlus}},
    NamedSet{"a path operator", {Tok::kPipe, Tok::kSlash}},
    NamedSet{"a query (SELECT, ASK, CONSTRUCT or DESCRIBE)",
             {Tok::kSelect, Tok::kAsk, Tok::kConstruct, Tok::kDescribe}},
    NamedSet{"an update (INSERT, DELETE, LOAD, CLEAR, ...)",
             {Tok::kInsert, Tok::kDelete, Tok::kWith, Tok::kLoad, Tok::kClear, Tok::kDrop, Tok::kCreate, Tok::kAdd,
              Tok::kMove, Tok::kCopy}},
    NamedSet{"a number",
             {Tok::kInteger, Tok::kDecimal, Tok::kDouble, Tok::kSignedInteger, Tok::kSignedDecimal,
              Tok::kSignedDouble}},
    NamedSet{"an IRI", {Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace}},
    NamedSet{"a string", {Tok::kString, Tok::kLongString}},
};

constexpr TokSet kAggregates = {Tok::kCount, Tok::kSum,    Tok::kMin,        Tok::kMax,
                                Tok::kAvg,   Tok::kSample, Tok::kGroupConcat};
constexpr TokSet kTermStarts = {Tok::kIriRef,      Tok::kPrefixedName,   Tok::kPrefixNamespace,
                                Tok::kVariable,    Tok::kBlankNodeLabel, Tok::kOpenBracket,
                                Tok::kOpenReified, Tok::kOpenParen};

constexpr TokSet kQueries = {Tok::kSelect, Tok::kAsk, Tok::kConstruct, Tok::kDescribe};
constexpr TokSet kUpdates = {Tok::kInsert, Tok::kDelete, Tok::kWith, Tok::kLoad, Tok::kClear,
                             Tok::kDrop,   Tok::kCreate, Tok::kAdd,  Tok::kMove, Tok::kCopy};

constexpr size_t kMaxShownToken = 40;
constexpr size_t kMaxShownPrefixes = 20;

Tok CloserOf(Tok open) {
  switch (open) {
    case Tok::kOpenBrace:
      return Tok::kCloseBrace;
    case Tok::kOpenParen:
      return Tok::kCloseParen;
    case Tok::kOpenBracket:
      return Tok::kCloseBracket;
    case Tok::kOpenReified:
      return Tok::kCloseReified;
    case Tok::kOpenTripleTerm:
      return Tok::kCloseTripleTerm;
    case Tok::kOpenAnnotation:
      return Tok::kCloseAnnotation;
    default:
      return Tok::kEnd;
  }
}

bool IsCloser(Tok kind) {
  return kind == Tok::kCloseBrace || kind == Tok::kCloseParen || kind == Tok::kCloseBracket ||
         kind == Tok::kCloseReified || kind == Tok::kCloseTripleTerm || kind == Tok::kCloseAnnotation;
}

std::string Shown(std::string_view token) {
  if (token.size() <= kMaxShownToken) return std::string(token);
  size_t end = kMaxShownToken;
  while (end > 0 && (static_cast<unsigned char>(token[end]) & 0xC0) == 0x80) --end;
  return Cat(token.substr(0, end), "…");
}

}  // namespace

bool State::Fail(const SourceSpan& span, std::string message) {
  if (!failure_) failure_ = Failure{span, std::move(message)};
  return false;
}

bool State::SetBase(const Token& iri) { return ExpandIri(iri, base_); }

bool State::DeclarePrefix(std::string_view prefix, const Token& iri) {
  std::string expanded;
  if (!ExpandIri(iri, expanded)) return false;
  prefixes_.insert_or_assign(std::string(prefix), std::move(expanded));
  return true;
}

bool State::ExpandIri(const Token& token, std::string& iri) {
  if (token.kind != Tok::kIriRef) return ExpandPrefixedName(token, iri);
  absl::StatusOr<std::string> resolved = graph::ResolveIri(base_, DecodeIri(Text(token)));
  if (!resolved.ok()) {
    const bool no_base = base_.empty() && !graph::IsAbsoluteIri(DecodeIri(Text(token)));
    return Fail({token.begin, token.end}, Cat(MessageOf(resolved.status()),
                                              no_base ? "; write it in full, or BASE <...> at the top" : ""));
  }
  iri = std::move(*resolved);
  return true;
}

bool State::ExpandPrefixedName(const Token& token, std::string& iri) {
  const std::string_view text = Text(token);
  const size_t colon = text.find(':');
  const std::string_view prefix = text.substr(0, colon);
  if (const auto it = prefixes_.find(prefix); it != prefixes_.end()) {
    iri = Cat(it->second, DecodeLocalName(text.substr(colon + 1)));
    return true;
  }
  std::vector<std::string> known;
  for (const auto& [name, unused] : prefixes_) known.push_back(Cat(name, ":"));
  std::sort(known.begin(), known.end());
  std::string message = Cat("the prefix ", prefix, ": is not declared; ");
  if (known.empty()) {
    Append(message, "add a line such as PREFIX ", prefix, ": <http://example.org/> at the top");
  } else {
    Append(message, "known are ");
    for (size_t i = 0; i < known.size() && i < kMaxShownPrefixes; ++i)
      Append(message, i == 0 ? "" : " ", known[i]);
    if (known.size() > kMaxShownPrefixes) Append(message, " …");
  }
  return Fail({token.begin, token.begin + colon + 1}, std::move(message));
}

std::string State::ExpectedText() const {
  TokSet rest = expected_;
  std::vector<std::string_view> names;
  for (const NamedSet& set : kNamedSets) {
    if (!rest.Contains(set.kinds)) continue;
    rest.Remove(set.kinds);
    names.push_back(set.name);
  }
  for (size_t i = 0; i < kTokenKinds; ++i) {
    if (rest.Has(static_cast<Tok>(i))) names.push_back(kTokenNames[i]);
  }
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    Append(text, i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", names[i]);
  return text;
}

// Help with mistakes that are made often; "" when there is none to give.
std::string State::Hint() const {
  const std::string_view found = Text(*furthest_);
  const Tok kind = furthest_->kind;
  const Tok before = furthest_ == tokens_.data() ? Tok::kEnd : (furthest_ - 1)->kind;
  if (kind == Tok::kWord) return WordHint(found);
  if (expected_.Has(Tok::kAsk) && expected_.Has(Tok::kPrefix) && kUpdates.Has(kind))
    return "; this is an update, and a query is wanted";
  if (expected_.Has(Tok::kInsert) && expected_.Has(Tok::kPrefix) && kQueries.Has(kind))
    return "; this is a query, and an update is wanted";
  if (kind == Tok::kLess && expected_.Has(Tok::kIriRef))
    return "; an IRI holds no spaces and none of < > \" { } | ^ ` \\";
  if (kind == Tok::kEqual && before == Tok::kEqual) return "; equality is written with one =";
  if (before == Tok::kFilter || before == Tok::kHaving)
    return Cat("; a condition of ", NameOf(before), " stands in parentheses");
  if (kAggregates.Has(kind) && expected_.Has(Tok::kVariable) && expected_.Has(Tok::kOpenParen)) {
    return Cat("; a computed column is written (", found, "(...) AS ?name)");
  }
  if (kind == Tok::kComma && expected_.Has(Tok::kVariable) && expected_.Has(Tok::kFrom)) {
    return "; columns are separated by spaces";
  }
  if (expected_.Has(Tok::kDot) && expected_.Has(Tok::kSemicolon) && kTermStarts.Has(kind))
    return "; triples are separated by '.'";
  return BracketHint();
}

std::string State::WordHint(std::string_view word) const {
  if (const std::string_view keyword = NearestKeyword(word); !keyword.empty())
    return Cat("; did you mean ", keyword, "?");
  if (expected_.Has(Tok::kFunction))
    return Cat("; there is no built-in function ", word, ", variables start with '?'");
  return "; variables start with '?', IRIs are written <...> or prefix:name";
}

// Where the innermost bracket that is open at the place of the error was opened, if that is the trouble.
std::string State::BracketHint() const {
  std::vector<Iterator> open;
  for (Iterator at = tokens_.data(); at != furthest_; ++at) {
    if (CloserOf(at->kind) != Tok::kEnd) open.push_back(at);
    if (IsCloser(at->kind) && !open.empty()) open.pop_back();
  }
  const Tok kind = furthest_->kind;
  if (open.empty()) return IsCloser(kind) ? "; there is no bracket open here" : "";
  if ((kind != Tok::kEnd && !IsCloser(kind)) || kind == CloserOf(open.back()->kind)) return "";
  const SourcePosition position = LocatePosition(text_, open.back()->begin);
  return Cat("; ", NameOf(open.back()->kind), " was opened at line ", position.line, ", column ",
             position.column, " and is not closed");
}

absl::Status State::Error() const {
  if (failure_) return SyntaxErrorAt(LocatePosition(text_, failure_->span.begin), failure_->message);
  const std::string found =
      furthest_->kind == Tok::kEnd ? "the end of the query" : Cat("`", Shown(Text(*furthest_)), "`");
  return SyntaxErrorAt(LocatePosition(text_, furthest_->begin),
                       Cat("expected ", ExpectedText(), ", found ", found, Hint()));
}

absl::Status CheckNesting(std::string_view text, const std::vector<Token>& tokens, int limit) {
  // What a `!` may have in front of its bracket: the brackets of a call belong to the `!` as well.
  constexpr TokSet kCallTokens = {Tok::kFunction,   Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace,
                                  Tok::kNot,        Tok::kExists, Tok::kCount,        Tok::kSum,
                                  Tok::kMin,        Tok::kMax,    Tok::kAvg,          Tok::kSample,
                                  Tok::kGroupConcat};
  std::vector<int>
      open;  // levels that each open bracket has added: one, and one for each `!` that waits for it
  int depth = 0;
  int run = 0;
  for (const Token& token : tokens) {
    if (token.kind == Tok::kBang) {
      ++run;
    } else if (CloserOf(token.kind) != Tok::kEnd) {
      open.push_back(run + 1);
      depth += run + 1;
      run = 0;
    } else if (!kCallTokens.Has(token.kind)) {
      run = 0;
    }
    if (IsCloser(token.kind) && !open.empty()) {
      depth -= open.back();
      open.pop_back();
    }
    if (depth + run > limit) {
      return SyntaxErrorAt(LocatePosition(text, token.begin),
                           Cat("brackets and `!` are nested more than ", limit, " deep"));
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::query::syntax
