// Packing of one column of up to 256 numbers: see "Blocks" in docs/storage_format.md. Internal to graph/store.
//
//   PackColumn(values, n, bytes);
//   size_t used = UnpackColumn(bytes, n, values);     // 0: malformed
//
// Two implementations of the inner loop, scalar and AVX2, give the same; the processor decides which one is used. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::graph {

inline constexpr size_t kStripQuads = 256;
// Unpacking may read this many bytes behind a column.
inline constexpr size_t kReadAhead = 8;

// Precondition: 1 <= n <= kStripQuads. Appends.
void PackColumn(const uint64_t* values, size_t n, std::string& out);

// Bytes used, or 0 when malformed. `in` goes on for kReadAhead bytes behind its last column, and its size counts these.
size_t UnpackColumn(std::string_view in, size_t n, uint64_t* out);

// out[i] = base + number i of `width` bits (0-56) at `in`.
using UnpackBitsFunction = void (*)(const unsigned char* in, unsigned width, size_t n, uint64_t base, uint64_t* out);
void UnpackBitsScalar(const unsigned char* in, unsigned width, size_t n, uint64_t base, uint64_t* out);
// Nothing where the processor or the build has no AVX2.
UnpackBitsFunction UnpackBitsAvx2();

}  // namespace dossier::graph
