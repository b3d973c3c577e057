// For the files that define the tables of words.h: a check that a table is sorted, made by the compiler.
#pragma once

#include <cstddef>
#include <string_view>

namespace dossier::ingest::words {

template <size_t N>
constexpr bool Sorted(const std::string_view (&table)[N]) {
  for (size_t i = 1; i < N; ++i) {
    if (!(table[i - 1] < table[i])) return false;
  }
  return true;
}

}  // namespace dossier::ingest::words
