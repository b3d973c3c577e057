// SPARQL text -> tokens, the longest first (SPARQL 1.1 §19.8): `?x<?a&&?b>?y` is a variable, the IRI <?a&&?b>
// and a variable.
//
//   ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokenize(text));
//   DecodeString(text.substr(tokens[3].begin, ...))                        // escapes.h
//
// Codepoint escapes follow SPARQL 1.2 §19.2: \uXXXX and \UXXXXXXXX are known inside IRIs and strings only,
// and surrogates are errors. Errors are SyntaxErrorAt(): broken UTF-8, unclosed strings, bad escapes,
// characters that start no token, more than kMaxTokens tokens. Tokens use 12 bytes each and point into the
// text. Thread-safe (pure functions).
#pragma once

#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "query/syntax/token.h"

namespace dossier::query::syntax {

// Trees take up to some 500 bytes a token: this keeps the largest query below a gigabyte.
inline constexpr size_t kMaxTokens = 2'000'000;

// The tokens of `text`, closed by one of kind kEnd. Precondition: text.size() <= 64 MiB.
absl::StatusOr<std::vector<Token>> Tokenize(std::string_view text);

}  // namespace dossier::query::syntax
