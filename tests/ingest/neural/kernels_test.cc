#include "ingest/neural/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

namespace dossier::ingest {
namespace {

std::vector<const Kernels*> Available() {
  std::vector<const Kernels*> all;
  for (const char* name : {"plain", "avx2", "avxvnni", "avx512"}) {
    if (const Kernels* kernels = KernelsOfName(name)) all.push_back(kernels);
  }
  return all;
}

std::vector<float> Noise(size_t n, float scale, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> out(n);
  for (float& x : out) x = scale * (static_cast<float>(random() % 20001) / 10000.0f - 1.0f);
  return out;
}

// A linear layer of random weights and rows, with what it needs.
struct Layer {
  Layer(size_t row_count, size_t inputs, size_t outputs) : x(Noise(row_count * inputs, 3, 5)), bias(Noise(outputs, 1, 6)) {
    std::mt19937 random(7);
    weights.resize(inputs * outputs);
    for (int8_t& w : weights) w = static_cast<int8_t>(static_cast<int>(random() % 255) - 127);
    scales = Noise(outputs, 0.01f, 8);
    sums.resize(outputs);
    for (size_t c = 0; c < outputs; ++c) {
      for (size_t k = 0; k < inputs; ++k) sums[c] += Weight(inputs, c, k);
    }
    product.row_count = row_count;
    product.inputs = inputs;
    product.outputs = outputs;
    product.weights = weights.data();
    product.column_scales = scales.data();
    product.bias = bias.data();
    product.column_sums = sums.data();
  }
  int Weight(size_t inputs, size_t column, size_t k) const {
    return weights[column / 16 * inputs * 16 + k / 4 * 64 + column % 16 * 4 + k % 4];
  }
  std::vector<float> Run(const Kernels& kernels) {
    const size_t n = product.inputs;
    std::vector<uint8_t> rows(product.row_count * n);
    std::vector<float> row_scales(product.row_count), out(product.row_count * product.outputs);
    for (size_t r = 0; r < product.row_count; ++r) kernels.quantize_row(&x[r * n], n, &rows[r * n], &row_scales[r]);
    Int8Product p = product;
    p.rows = rows.data();
    p.row_scales = row_scales.data();
    p.out = out.data();
    kernels.multiply(p);
    return out;
  }

  std::vector<float> x, bias, scales;
  std::vector<int8_t> weights;
  std::vector<int32_t> sums;
  Int8Product product;
};

bool SameBits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

TEST(KernelsTest, AllInstructionSetsGiveTheSameBits) {
  for (const size_t rows : {1u, 5u, 6u, 13u}) {
    Layer layer(rows, 384, 128);
    const std::vector<float> plain = layer.Run(*KernelsOfName("plain"));
    const std::vector<float> qkv = Noise(rows * 3 * 384, 2, 9);
    std::vector<float> attended(rows * 384), gelu = Noise(4096, 6, 10), norm(384);
    KernelsOfName("plain")->attention(qkv.data(), rows, 12, attended.data());
    KernelsOfName("plain")->gelu(gelu.data(), gelu.size());
    KernelsOfName("plain")->layer_norm(qkv.data(), &qkv[384], 384, &qkv[768], &qkv[100], norm.data());
    for (const Kernels* kernels : Available()) {
      EXPECT_TRUE(SameBits(layer.Run(*kernels), plain)) << kernels->name << ", " << rows << " rows";
      std::vector<float> out(rows * 384), values = Noise(4096, 6, 10), normed(384);
      kernels->attention(qkv.data(), rows, 12, out.data());
      EXPECT_TRUE(SameBits(out, attended)) << kernels->name;
      kernels->gelu(values.data(), values.size());
      EXPECT_TRUE(SameBits(values, gelu)) << kernels->name;
      kernels->layer_norm(qkv.data(), &qkv[384], 384, &qkv[768], &qkv[100], normed.data());
      EXPECT_TRUE(SameBits(normed, norm)) << kernels->name;
      EXPECT_EQ(kernels->dot(qkv.data(), &qkv[384], 256), KernelsOfName("plain")->dot(qkv.data(), &qkv[384], 256));
    }
  }
}

// The largest products there are, over more inputs than a kernel takes at a time: nothing saturates.
TEST(KernelsTest, ExtremeNumbersAreSummedExactly) {
  for (const size_t inputs : {16u, 528u, 1536u}) {
    for (const int weight : {127, -127, -128}) {
      for (const uint8_t value : {uint8_t{1}, uint8_t{255}}) {
        Layer layer(7, inputs, 64);
        std::fill(layer.weights.begin(), layer.weights.end(), static_cast<int8_t>(weight));
        std::fill(layer.sums.begin(), layer.sums.end(), weight * static_cast<int>(inputs));
        const std::vector<uint8_t> rows(7 * inputs, value);
        const std::vector<float> scales(7, 0.5f);
        std::vector<float> out(7 * 64);
        Int8Product p = layer.product;
        p.rows = rows.data();
        p.row_scales = scales.data();
        p.out = out.data();
        const float exact = static_cast<float>((value - 128) * weight * static_cast<int>(inputs));
        for (const Kernels* kernels : Available()) {
          kernels->multiply(p);
          for (size_t i = 0; i < out.size(); ++i)
            ASSERT_EQ(out[i], exact * (0.5f * layer.scales[i % 64]) + layer.bias[i % 64]) << kernels->name << " " << inputs << " " << weight;
        }
      }
    }
  }
}

// Against the same sums in double: a row's rounding is at most half a step of scale for each input.
TEST(KernelsTest, ProductIsThatOfTheNumbers) {
  Layer layer(7, 384, 64);
  const std::vector<float> out = layer.Run(BestKernels());
  for (size_t r = 0; r < 7; ++r) {
    for (size_t c = 0; c < 64; ++c) {
      double exact = 0, largest = 0, weight_sum = 0;
      for (size_t k = 0; k < 384; ++k) {
        const double x = static_cast<double>(layer.x[r * 384 + k]), w = layer.Weight(384, c, k);
        exact += x * w;
        largest = std::max(largest, std::fabs(x));
        weight_sum += std::fabs(w);
      }
      const double scale = static_cast<double>(layer.scales[c]);
      const double bound = 0.51 * largest / 127 * weight_sum * std::fabs(scale) + 1e-4;
      EXPECT_NEAR(static_cast<double>(out[r * 64 + c]), exact * scale + static_cast<double>(layer.bias[c]), bound);
    }
  }
}

TEST(KernelsTest, GeluAndAttentionAreThoseOfTheBook) {
  std::vector<float> x = Noise(1600, 8, 3);
  const std::vector<float> before = x;
  BestKernels().gelu(x.data(), x.size());
  for (size_t i = 0; i < x.size(); ++i) {
    const double v = static_cast<double>(before[i]);
    EXPECT_NEAR(static_cast<double>(x[i]), 0.5 * v * (1 + std::tanh(std::sqrt(2 / M_PI) * (v + 0.044715 * v * v * v))), 1e-5);
  }
  constexpr size_t kPlaces = 19;
  const std::vector<float> qkv = Noise(kPlaces * 96, 2, 4);
  std::vector<float> out(kPlaces * 32);
  BestKernels().attention(qkv.data(), kPlaces, 1, out.data());
  for (size_t i = 0; i < kPlaces; ++i) {
    double weights[kPlaces], sum = 0, first = 0;
    for (size_t j = 0; j < kPlaces; ++j) {
      double s = 0;
      for (size_t d = 0; d < 32; ++d) s += static_cast<double>(qkv[i * 96 + d]) * static_cast<double>(qkv[j * 96 + 32 + d]);
      sum += weights[j] = std::exp(s / std::sqrt(32.0));
    }
    for (size_t j = 0; j < kPlaces; ++j) first += weights[j] / sum * static_cast<double>(qkv[j * 96 + 64]);
    EXPECT_NEAR(static_cast<double>(out[i * 32]), first, 1e-4);
  }
}

TEST(KernelsTest, RowsWithoutNumbersBecomeZeros) {
  for (const Kernels* kernels : Available()) {
    std::vector<float> x(32, 0.0f);
    uint8_t bytes[32];
    float scale = 1;
    kernels->quantize_row(x.data(), 32, bytes, &scale);
    EXPECT_EQ(scale, 0.0f);
    EXPECT_EQ(bytes[31], 128);
    x[3] = INFINITY;
    kernels->quantize_row(x.data(), 32, bytes, &scale);
    EXPECT_EQ(scale, 0.0f) << kernels->name;
  }
}

}  // namespace
}  // namespace dossier::ingest
