// The tokens of SPARQL, with their names for people in one table.
//
//   ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokenize(text));   // lexer.h
//   NameOf(tokens[0].kind)                                         // "SELECT"
//
// Every keyword and punctuation mark is a kind of its own, so that the grammar decides by comparing one byte.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dossier::query::syntax {

// X(kind, name for people, keyword as written or "")
#define DOSSIER_SPARQL_TOKENS(X)                                                                                        \
  X(kEnd, "the end of the query", "")                                                                                   \
  X(kIriRef, "an IRI", "") X(kPrefixedName, "a prefixed name", "") X(kPrefixNamespace, "a prefix", "")                  \
  X(kBlankNodeLabel, "a blank node", "") X(kVariable, "a variable", "") X(kLanguageTag, "a language tag", "")           \
  X(kInteger, "an integer", "") X(kDecimal, "a decimal", "") X(kDouble, "a double", "")                                 \
  X(kSignedInteger, "a signed integer", "") X(kSignedDecimal, "a signed decimal", "")                                   \
  X(kSignedDouble, "a signed double", "") X(kString, "a string", "") X(kLongString, "a long string", "")                \
  X(kFunction, "a function", "") X(kWord, "a word", "")                                                                 \
  X(kOpenBrace, "'{'", "") X(kCloseBrace, "'}'", "") X(kOpenParen, "'('", "") X(kCloseParen, "')'", "")                 \
  X(kOpenBracket, "'['", "") X(kCloseBracket, "']'", "") X(kOpenReified, "'<<'", "") X(kCloseReified, "'>>'", "")       \
  X(kOpenTripleTerm, "'<<('", "") X(kCloseTripleTerm, "')>>'", "") X(kOpenAnnotation, "'{|'", "")                       \
  X(kCloseAnnotation, "'|}'", "") X(kDot, "'.'", "") X(kSemicolon, "';'", "") X(kComma, "','", "")                      \
  X(kPipe, "'|'", "") X(kOrOr, "'||'", "") X(kAndAnd, "'&&'", "") X(kSlash, "'/'", "") X(kCaret, "'^'", "")             \
  X(kCaretCaret, "'^^'", "") X(kQuestion, "'?'", "") X(kStar, "'*'", "") X(kPlus, "'+'", "") X(kMinus, "'-'", "")       \
  X(kBang, "'!'", "") X(kEqual, "'='", "") X(kNotEqual, "'!='", "") X(kLess, "'<'", "") X(kGreater, "'>'", "")          \
  X(kLessEqual, "'<='", "") X(kGreaterEqual, "'>='", "") X(kTilde, "'~'", "")                                           \
  X(kA, "'a'", "") /* the one case-sensitive keyword */                                                                 \
  X(kBase, "BASE", "BASE") X(kPrefix, "PREFIX", "PREFIX") X(kVersion, "VERSION", "VERSION")                             \
  X(kSelect, "SELECT", "SELECT") X(kAsk, "ASK", "ASK") X(kConstruct, "CONSTRUCT", "CONSTRUCT")                          \
  X(kDescribe, "DESCRIBE", "DESCRIBE") X(kDistinct, "DISTINCT", "DISTINCT") X(kReduced, "REDUCED", "REDUCED")           \
  X(kAs, "AS", "AS") X(kFrom, "FROM", "FROM") X(kNamed, "NAMED", "NAMED") X(kWhere, "WHERE", "WHERE")                   \
  X(kGroup, "GROUP BY", "GROUP") X(kBy, "BY", "BY") X(kHaving, "HAVING", "HAVING") X(kOrder, "ORDER BY", "ORDER")       \
  X(kAsc, "ASC", "ASC") X(kDesc, "DESC", "DESC") X(kLimit, "LIMIT", "LIMIT") X(kOffset, "OFFSET", "OFFSET")             \
  X(kValues, "VALUES", "VALUES") X(kUndef, "UNDEF", "UNDEF") X(kOptional, "OPTIONAL", "OPTIONAL")                       \
  X(kGraph, "GRAPH", "GRAPH") X(kService, "SERVICE", "SERVICE") X(kSilent, "SILENT", "SILENT")                          \
  X(kBind, "BIND", "BIND") X(kMinusKeyword, "MINUS", "MINUS") X(kUnion, "UNION", "UNION")                               \
  X(kFilter, "FILTER", "FILTER") X(kIn, "IN", "IN") X(kNot, "NOT", "NOT") X(kExists, "EXISTS", "EXISTS")                \
  X(kTrue, "true", "TRUE") X(kFalse, "false", "FALSE") X(kCount, "COUNT", "COUNT") X(kSum, "SUM", "SUM")                \
  X(kMin, "MIN", "MIN") X(kMax, "MAX", "MAX") X(kAvg, "AVG", "AVG") X(kSample, "SAMPLE", "SAMPLE")                      \
  X(kGroupConcat, "GROUP_CONCAT", "GROUP_CONCAT") X(kSeparator, "SEPARATOR", "SEPARATOR")                              \
  X(kInsert, "INSERT", "INSERT") X(kDelete, "DELETE", "DELETE") X(kData, "DATA", "DATA") X(kWith, "WITH", "WITH")       \
  X(kUsing, "USING", "USING") X(kLoad, "LOAD", "LOAD") X(kInto, "INTO", "INTO") X(kClear, "CLEAR", "CLEAR")             \
  X(kDrop, "DROP", "DROP") X(kCreate, "CREATE", "CREATE") X(kAdd, "ADD", "ADD") X(kMove, "MOVE", "MOVE")                \
  X(kCopy, "COPY", "COPY") X(kTo, "TO", "TO") X(kDefault, "DEFAULT", "DEFAULT") X(kAll, "ALL", "ALL")

enum class Tok : uint8_t {
#define DOSSIER_X(kind, name, word) kind,
  DOSSIER_SPARQL_TOKENS(DOSSIER_X)
#undef DOSSIER_X
};

inline constexpr std::array kTokenNames = {
#define DOSSIER_X(kind, name, word) std::string_view(name),
    DOSSIER_SPARQL_TOKENS(DOSSIER_X)
#undef DOSSIER_X
};
inline constexpr size_t kTokenKinds = kTokenNames.size();

constexpr std::string_view NameOf(Tok kind) { return kTokenNames[static_cast<size_t>(kind)]; }

// Bytes [begin, end) of the text. 32 bits are enough: a query text has at most 64 MiB.
struct Token {
  Tok kind = Tok::kEnd;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// The kind of a bare word: a keyword (in any case), a built-in function, or kWord.
Tok KindOfWord(std::string_view word);
// The keyword that `word` probably should have been (one or two letters away), or "".
std::string_view NearestKeyword(std::string_view word);

}  // namespace dossier::query::syntax
