// Terms as bytes: the values of the terms family and the keys of the ids family. See docs/storage_format.md.
//
//   std::string bytes = EncodeTerm(term, part_ids);      // what is stored under the id
//   std::string key = IdsKey(KeyBytes(bytes), 0);        // where the id is found
//
// Thread-safe: pure functions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "graph/model/term.h"
#include "graph/model/term_id.h"

namespace dossier::graph {

using TripleIds = std::array<TermId, 3>;

// Stored form of a term that is not a triple term.
std::string EncodeTerm(const Term& term);
std::string EncodeTripleTerm(const TripleIds& parts);
// The parts when `bytes` is a triple term.
std::optional<TripleIds> DecodeTripleTerm(std::string_view bytes);
// The term when `bytes` is well-formed and no triple term.
std::optional<Term> DecodeTerm(std::string_view bytes);

// `encoded` made equal for equal terms: the language tag in lower case.
std::string KeyBytes(std::string_view encoded);

// Whether `encoded` is a language-tagged string: for all others KeyBytes() changes nothing.
bool HasLanguage(std::string_view encoded);

// Key under which the ids family finds the id of a term with these key bytes. Short terms are their own key. Long terms are found under
// a 128-bit hash and `probe`: 0 for the first term with that hash, 1 for the second and so on; IsHashed() tells which.
std::string IdsKey(std::string_view key_bytes, uint8_t probe);
bool IsHashed(std::string_view key_bytes);

// The counter (0..3) that numbers terms of this tag and back; dictionary tags only.
size_t CounterOf(TermId::Tag tag);
TermId::Tag TagOf(const Term& term);
bool IsDictionaryTag(TermId::Tag tag);

}  // namespace dossier::graph
