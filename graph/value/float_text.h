// Text of xsd:double and xsd:float (XSD 1.1 Part 2 §3.3.4, §3.3.5), independent of the locale.
//
//   ParseDouble("1e3")         // 1000.0; nothing when the lexical form is invalid
//   CanonicalDouble(1000.0)    // "1.0E3"
//
// Thread-safe: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier::graph {

std::optional<double> ParseDouble(std::string_view lexical);
std::optional<float> ParseFloat(std::string_view lexical);
// Shortest digits that read back: "1.0E3", "-0.0E0", "INF", "NaN".
std::string CanonicalDouble(double number);
std::string CanonicalFloat(float number);

}  // namespace dossier::graph
