// The escapes of SPARQL: \uXXXX and \UXXXXXXXX in IRIs and strings, \n and its like in strings, \~ and its
// like in local names.
//
//   std::string value = DecodeString("'it\\'s'");     // it's
//
// The lexer checks escapes with CodepointEscape(); the Decode functions are for tokens it has let pass.
// Thread-safe (pure functions).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier::query::syntax {

// The value of a hexadecimal digit, or -1.
int HexValue(char c);
// The code point of the \u or \U escape whose backslash is text[i], if it is well-formed; surrogates are
// returned as they are.
std::optional<char32_t> CodepointEscape(std::string_view text, size_t i);
bool IsSurrogate(char32_t c);

// What the text of a token stands for.
std::string DecodeString(std::string_view token);     // with its quotes, short or long
std::string DecodeIri(std::string_view token);        // with < and >
std::string DecodeLocalName(std::string_view local);  // what follows the ':' of a prefixed name

}  // namespace dossier::query::syntax
