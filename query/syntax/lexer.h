// SPARQL text -> tokens, the longest first (SPARQL 1.1 §19.8): `?x<?a&&?b>?y` is a variable, the IRI <?a&&?b> and a variable.
//
//   ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokenize(text));
//   DecodeString(text.substr(tokens[3].begin, ...))
//
// Codepoint escapes follow SPARQL 1.2 §19.2: \uXXXX and \UXXXXXXXX are known inside IRIs and strings only, and surrogates are errors.
// Errors are SyntaxErrorAt(): broken UTF-8, unclosed strings, bad escapes, characters that start no token. Tokens use 12 bytes each and
// point into the text. Thread-safe (pure functions).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "query/syntax/token.h"

namespace dossier::query::syntax {

// The tokens of `text`, closed by one of kind kEnd. Precondition: text.size() <= 64 MiB.
absl::StatusOr<std::vector<Token>> Tokenize(std::string_view text);

// What the text of a token stands for; the lexer has checked all escapes.
std::string DecodeString(std::string_view token);     // with its quotes, short or long
std::string DecodeIri(std::string_view token);        // with < and >
std::string DecodeLocalName(std::string_view local);  // what follows the ':' of a prefixed name

}  // namespace dossier::query::syntax
