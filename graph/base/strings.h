// String helpers that speak std::string_view. Debian builds Abseil with a string_view of its own that neither converts from
// std::string_view nor hashes like it, so the project uses std::string_view everywhere and crosses over with ToAbsl().
//
//   std::string s = Cat("row ", 3, " of ", name);
//   StringMap<int> counts;  counts.find(std::string_view("x"));      // no temporary string
//
// Thread-safe: pure functions.
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"

namespace dossier {

inline absl::string_view ToAbsl(std::string_view s) { return {s.data(), s.size()}; }
inline std::string_view FromAbsl(absl::string_view s) { return {s.data(), s.size()}; }

namespace internal {
inline void AppendPiece(std::string& out, std::string_view s) { out.append(s); }
inline void AppendPiece(std::string& out, char c) { out.push_back(c); }
template <typename N>
  requires(std::is_arithmetic_v<N> && !std::is_same_v<N, char> && !std::is_same_v<N, bool>)
void AppendPiece(std::string& out, N number) {
  char buffer[40];
  const auto [end, ec] = std::to_chars(buffer, buffer + sizeof buffer, number);
  out.append(buffer, end);
}
}  // namespace internal

// Appends the pieces (strings, characters, numbers in their shortest form) to `out`.
template <typename... Pieces>
void Append(std::string& out, const Pieces&... pieces) {
  (internal::AppendPiece(out, pieces), ...);
}

template <typename... Pieces>
std::string Cat(const Pieces&... pieces) {
  std::string out;
  Append(out, pieces...);
  return out;
}

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view s) const { return absl::Hash<absl::string_view>{}(ToAbsl(s)); }
};
struct StringEq {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return a == b; }
};
// Hash containers of owned strings that are looked up by std::string_view.
template <typename V>
using StringMap = absl::flat_hash_map<std::string, V, StringHash, StringEq>;
using StringSet = absl::flat_hash_set<std::string, StringHash, StringEq>;

}  // namespace dossier
