// JSON documents as trees (Boost.JSON), read whole with bounds, errors with line and column.
//
//   ASSIGN_OR_RETURN(const boost::json::value tree, ParseJson(text));
//
// Nesting is kMaxNesting at most. Thread-safe: pure functions.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier::graph {

absl::StatusOr<boost::json::value> ParseJson(std::string_view text);

// RFC 8785 (JSON Canonicalization Scheme): the lexical form of rdf:JSON.
void AppendCanonicalJson(const boost::json::value& value, std::string& out);

// A number as ECMAScript writes it: the fewest digits that read back as it.
void AppendJsonNumber(double number, std::string& out);

}  // namespace dossier::graph
