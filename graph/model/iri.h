// IRI references: resolution against a base (RFC 3986 §5.2, for IRIs as RFC 3987 allows) and checks.
//
//   ASSIGN_OR_RETURN(std::string iri, ResolveIri("http://a/b/c", "../d"));   // http://a/d
//
// Thread-safe: pure functions. Errors: InvalidArgument that says what is wrong with the reference.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier::graph {

// The IRI that `reference` means under `base`. An absolute reference with an empty base is kept byte for byte; otherwise dot segments are
// removed only where the reference is relative (an absolute reference is never rewritten: its spelling is its identity in RDF).
// InvalidArgument when `reference` holds a character no IRI may hold, or is relative and `base` is empty or not absolute.
absl::StatusOr<std::string> ResolveIri(std::string_view base, std::string_view reference);

// True when `iri` has a scheme ("http:", "urn:").
bool IsAbsoluteIri(std::string_view iri);

// The offset of the first byte that may not stand in an IRI (controls, space, <>"{}|\^` and bytes that are no UTF-8), else npos.
size_t FindInvalidIriByte(std::string_view iri);

}  // namespace dossier::graph
