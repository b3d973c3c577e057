// What fuzzing feeds with arbitrary bytes. No input may crash, leak or run past its limits; results are not looked at.
//
// `cmake --preset fuzz` (clang) builds one libFuzzer program for each; the test program runs all of them over mutated seeds.
#pragma once

#include <string_view>

namespace dossier::fuzz {

void FuzzSparql(std::string_view bytes);   // query text -> AST -> algebra
void FuzzRdf(std::string_view bytes);      // TriG, N-Quads and RDF/XML -> quads -> TriG and RDF/XML
void FuzzArticle(std::string_view bytes);  // article -> facts, as text and as HTML

}  // namespace dossier::fuzz
