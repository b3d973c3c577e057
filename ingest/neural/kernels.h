// The inner loops of the neural model, in four builds of one source: plain x86-64 (or any other processor),
// AVX2, AVX2 with AVX-VNNI, AVX-512 with VNNI.
//
//   const Kernels& kernels = BestKernels();
//   kernels.quantize_row(x, 384, row, &scale);
//   kernels.multiply({...});
//
// All builds give the same bits. Products of int8 are summed exactly in int32; floating point is IEEE single
// precision without fused multiply-add, every sum in the same order: lane k of 16 adds the elements k, k + 16,
// ..., then the lanes are added pairwise. A result depends on its own row alone, so that it is the same in any
// batch. Pure functions; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dossier::ingest {

inline constexpr size_t kLanes = 16;         // floats of a vector; lengths are multiples of it
inline constexpr size_t kColumnBlock = 64;   // outputs of an int8 matrix are a multiple of it
inline constexpr size_t kHeadSize = 32;      // of attention
inline constexpr size_t kMaxPositions = 256; // word pieces of one sentence

// out[r][c] = scales[r] * column_scales[c] * sum_k (rows[r][k] - 128) * weights[k][c] + bias[c]
struct Int8Product {
  const uint8_t* rows = nullptr;  // values + 128
  const float* row_scales = nullptr;
  size_t row_count = 0;
  size_t inputs = 0;                // a multiple of 4
  const int8_t* weights = nullptr;  // [outputs / 16][inputs / 4][16][4]
  const float* column_scales = nullptr;
  const float* bias = nullptr;
  const int32_t* column_sums = nullptr;  // of the weights of a column
  size_t outputs = 0;                    // a multiple of kColumnBlock
  float* out = nullptr;                  // [row_count][outputs]
};

struct Kernels {
  const char* name;
  void (*multiply)(const Int8Product& product);
  // Symmetric int8, one scale a row; `n` a multiple of 16.
  void (*quantize_row)(const float* x, size_t n, uint8_t* out, float* scale);
  // out = normalised (x + residual) * gain + bias; residual may be null.
  void (*layer_norm)(const float* x, const float* residual, size_t n, const float* gain, const float* bias, float* out);
  void (*gelu)(float* x, size_t n);  // the tanh form
  void (*relu)(float* x, size_t n);
  // x[i] += scale * row[i]
  void (*add_scaled)(float* x, const int8_t* row, float scale, size_t n);
  // Self-attention of one sentence: qkv[t][3 * heads * kHeadSize] -> out[t][heads * kHeadSize], t <= kMaxPositions.
  void (*attention)(const float* qkv, size_t t, size_t heads, float* out);
  float (*dot)(const float* x, const float* y, size_t n);
};

// Those that this processor runs, the best last. DOSSIER_KERNELS=plain|avx2|avxvnni|avx512 limits the choice.
const Kernels& BestKernels();
// By name; null when this processor cannot run them or the build has none.
const Kernels* KernelsOfName(const char* name);

}  // namespace dossier::ingest
