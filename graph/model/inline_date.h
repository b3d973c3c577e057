// Payloads of inlined xsd:date and xsd:dateTime: see docs/storage_format.md.
//
//   EncodeDate("2020-09-27")       // a 60-bit payload, in chronological order among dates
//
// Only canonical forms have one: no "+00:00" (that is "Z"), no 24:00:00, no trailing zero in a fraction. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::graph {

std::optional<uint64_t> EncodeDate(std::string_view lexical);
std::optional<std::string> DecodeDate(uint64_t payload);
// At most milliseconds.
std::optional<uint64_t> EncodeDateTime(std::string_view lexical);
std::optional<std::string> DecodeDateTime(uint64_t payload);

}  // namespace dossier::graph
