#include "graph/store/strip_codec.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace dossier::graph {
namespace {

enum Mode : unsigned char { kFrames = 0, kGaps = 1, kRaw = 2 };
constexpr unsigned kMaxWidth = 56;
constexpr unsigned kMaxSelector = 8;
// The writer tries this many bits for selecting frames, and a dictionary of all values.
constexpr unsigned kTriedSelector = 4;

unsigned BitsOf(uint64_t value) { return static_cast<unsigned>(std::bit_width(value)); }
size_t BytesOf(size_t n, unsigned width) { return (n * width + 7) / 8; }

void AppendNumber(uint64_t value, std::string& out) { out.append(reinterpret_cast<const char*>(&value), sizeof value); }
uint64_t NumberAt(const char* in) {
  uint64_t value = 0;
  std::memcpy(&value, in, sizeof value);
  return value;
}

void AppendVarint(uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>((value & 0x7F) | 0x80));
  out.push_back(static_cast<char>(value));
}

// Numbers of `width` bits, `number(i)` each.
template <typename F>
void AppendBits(size_t n, unsigned width, F number, std::string& out) {
  const size_t begin = out.size();
  out.resize(begin + BytesOf(n, width) + kReadAhead);
  for (size_t i = 0; i < n && width > 0; ++i) {
    char* at = out.data() + begin + i * width / 8;
    const uint64_t word = NumberAt(at) | (number(i) << (i * width % 8));
    std::memcpy(at, &word, sizeof word);
  }
  out.resize(begin + BytesOf(n, width));
}

// How a column would be packed in frames: the starts of the frames and the widths.
struct Frames {
  unsigned selector = 0;
  unsigned offset = 0;
  std::array<uint64_t, size_t{1} << kMaxSelector> first;
  size_t count = 0;
};

// The distinct values, ascending, and the gaps between them, largest first.
struct Profile {
  std::array<uint64_t, kStripQuads> values;
  std::array<uint64_t, kStripQuads> gaps;  // of these only the first 2^kTriedSelector, descending
  size_t distinct = 0;
};

void MakeProfile(const uint64_t* values, size_t n, bool sorted, Profile& profile) {
  std::copy(values, values + n, profile.values.begin());
  const auto end = profile.values.begin() + static_cast<std::ptrdiff_t>(n);
  if (!sorted) std::sort(profile.values.begin(), end);
  profile.distinct = static_cast<size_t>(std::unique(profile.values.begin(), end) - profile.values.begin());
  for (size_t i = 1; i < profile.distinct; ++i) profile.gaps[i - 1] = profile.values[i] - profile.values[i - 1];
  if (profile.distinct > 2) {
    const auto most = static_cast<std::ptrdiff_t>(std::min(profile.distinct - 1, size_t{1} << kTriedSelector));
    std::partial_sort(profile.gaps.begin(), profile.gaps.begin() + most,
                      profile.gaps.begin() + static_cast<std::ptrdiff_t>(profile.distinct - 1), std::greater<>());
  }
}

// Cuts the values at gaps of at least `cut` while frames are left.
void CutFrames(const Profile& profile, unsigned selector, Frames& frames) {
  const size_t most = size_t{1} << selector;
  const size_t cuts = std::min(most, profile.distinct) - 1;
  const uint64_t cut = cuts == 0 ? UINT64_MAX : profile.gaps[cuts - 1];
  frames.selector = selector;
  frames.first[0] = profile.values[0];
  frames.count = 1;
  uint64_t widest = 0;
  for (size_t i = 1; i < profile.distinct; ++i) {
    if (cuts > 0 && frames.count <= cuts && profile.values[i] - profile.values[i - 1] >= cut) {
      frames.first[frames.count++] = profile.values[i];
    } else {
      widest = std::max(widest, profile.values[i] - frames.first[frames.count - 1]);
    }
  }
  frames.offset = BitsOf(widest);
}

// A frame for each value.
void MakeDictionary(const Profile& profile, Frames& frames) {
  frames.selector = BitsOf(profile.distinct - 1);
  frames.offset = 0;
  frames.count = profile.distinct;
  std::copy(profile.values.begin(), profile.values.begin() + static_cast<std::ptrdiff_t>(profile.distinct), frames.first.begin());
}

size_t CostOf(const Frames& frames, size_t n) {
  if (frames.selector + frames.offset > kMaxWidth) return SIZE_MAX;
  size_t table = 8;
  for (size_t i = 1; i < frames.count; ++i) table += (BitsOf(frames.first[i] - frames.first[i - 1]) + 6) / 7;
  return 4 + table + BytesOf(n, frames.selector + frames.offset);
}

void AppendFrames(const uint64_t* values, size_t n, const Frames& frames, std::string& out) {
  out.push_back(kFrames);
  out.push_back(static_cast<char>(frames.selector));
  out.push_back(static_cast<char>(frames.offset));
  out.push_back(static_cast<char>(frames.count - 1));
  AppendNumber(frames.first[0], out);
  for (size_t i = 1; i < frames.count; ++i) AppendVarint(frames.first[i] - frames.first[i - 1], out);
  const uint64_t* begin = frames.first.data();
  AppendBits(n, frames.selector + frames.offset, [&](size_t i) {
    const auto frame = static_cast<size_t>(std::upper_bound(begin, begin + frames.count, values[i]) - begin) - 1;
    return (uint64_t{frame} << frames.offset) | (values[i] - frames.first[frame]);
  }, out);
}

void UnpackBits(const unsigned char* in, unsigned width, size_t n, uint64_t base, uint64_t* out) {
  static const UnpackBitsFunction function = UnpackBitsAvx2() != nullptr ? UnpackBitsAvx2() : UnpackBitsScalar;
  function(in, width, n, base, out);
}

size_t UnpackFrames(std::string_view in, size_t n, uint64_t* out) {
  if (in.size() < 12 + kReadAhead) return 0;
  const auto selector = static_cast<unsigned char>(in[1]), offset = static_cast<unsigned char>(in[2]);
  const size_t count = size_t{static_cast<unsigned char>(in[3])} + 1;
  const unsigned width = selector + offset;
  if (selector > kMaxSelector || width > kMaxWidth || count > size_t{1} << selector) return 0;
  std::array<uint64_t, size_t{1} << kMaxSelector> frames;
  frames[0] = NumberAt(in.data() + 4);
  size_t at = 12;
  for (size_t i = 1; i < count; ++i) {
    uint64_t gap = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (at >= in.size() || shift > 63) return 0;
      const auto byte = static_cast<unsigned char>(in[at++]);
      gap |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) break;
    }
    frames[i] = frames[i - 1] + gap;
  }
  const size_t used = at + BytesOf(n, width);
  if (used + kReadAhead > in.size()) return 0;
  const auto* bits = reinterpret_cast<const unsigned char*>(in.data() + at);
  if (selector == 0) {
    UnpackBits(bits, width, n, frames[0], out);
    return used;
  }
  // A selector beyond the frames of a damaged strip finds the first frame: wrong, but harmless, and the hash knows.
  std::fill(frames.begin() + static_cast<std::ptrdiff_t>(count), frames.begin() + (std::ptrdiff_t{1} << selector), frames[0]);
  UnpackBits(bits, width, n, 0, out);
  const uint64_t mask = (uint64_t{1} << offset) - 1;
  for (size_t i = 0; i < n; ++i) out[i] = frames[out[i] >> offset] + (out[i] & mask);
  return used;
}

size_t UnpackGaps(std::string_view in, size_t n, uint64_t* out) {
  if (in.size() < 10 + kReadAhead) return 0;
  const auto width = static_cast<unsigned char>(in[1]);
  const size_t used = 10 + BytesOf(n - 1, width);
  if (width > kMaxWidth || used + kReadAhead > in.size()) return 0;
  out[0] = NumberAt(in.data() + 2);
  UnpackBits(reinterpret_cast<const unsigned char*>(in.data() + 10), width, n - 1, 0, out + 1);
  uint64_t sum = out[0];
  for (size_t i = 1; i < n; ++i) out[i] = sum += out[i];
  return used;
}

}  // namespace

void PackColumn(const uint64_t* values, size_t n, std::string& out) {
  uint64_t widest_gap = 0;
  bool sorted = true;
  for (size_t i = 1; i < n && sorted; ++i) {
    sorted = values[i] >= values[i - 1];
    widest_gap = std::max(widest_gap, values[i] - values[i - 1]);
  }
  const unsigned gap_bits = BitsOf(widest_gap);
  const size_t gap_cost = sorted && gap_bits <= kMaxWidth ? 10 + BytesOf(n - 1, gap_bits) : SIZE_MAX;
  Frames best, frames;
  size_t best_cost = SIZE_MAX;
  if (!(sorted && gap_bits <= 1)) {
    Profile profile;
    MakeProfile(values, n, sorted, profile);
    const unsigned dictionary = BitsOf(profile.distinct - 1);
    for (unsigned selector = 0; selector <= std::min(dictionary, kTriedSelector + 1); ++selector) {
      if (selector == std::min(dictionary, kTriedSelector + 1)) {
        MakeDictionary(profile, frames);
      } else {
        CutFrames(profile, selector, frames);
      }
      const size_t cost = CostOf(frames, n);
      if (cost < best_cost) {
        best = frames;
        best_cost = cost;
      }
    }
  }
  const size_t raw_cost = 1 + 8 * n;
  if (gap_cost <= best_cost && gap_cost < raw_cost) {
    out.push_back(kGaps);
    out.push_back(static_cast<char>(gap_bits));
    AppendNumber(values[0], out);
    AppendBits(n - 1, gap_bits, [values](size_t i) { return values[i + 1] - values[i]; }, out);
  } else if (best_cost < raw_cost) {
    AppendFrames(values, n, best, out);
  } else {
    out.push_back(kRaw);
    out.append(reinterpret_cast<const char*>(values), 8 * n);
  }
}

size_t UnpackColumn(std::string_view in, size_t n, uint64_t* out) {
  if (in.size() <= kReadAhead || n == 0) return 0;
  switch (in[0]) {
    case kFrames: return UnpackFrames(in, n, out);
    case kGaps: return UnpackGaps(in, n, out);
    case kRaw:
      if (1 + 8 * n + kReadAhead > in.size()) return 0;
      std::memcpy(out, in.data() + 1, 8 * n);
      return 1 + 8 * n;
    default: return 0;
  }
}

void UnpackBitsScalar(const unsigned char* in, unsigned width, size_t n, uint64_t base, uint64_t* out) {
  const uint64_t mask = (uint64_t{1} << width) - 1;
  if (width == 0) {
    std::fill(out, out + n, base);
    return;
  }
  for (size_t i = 0, bit = 0; i < n; ++i, bit += width) {
    uint64_t word = 0;
    std::memcpy(&word, in + (bit >> 3), sizeof word);
    out[i] = base + ((word >> (bit & 7)) & mask);
  }
}

#if defined(__x86_64__)
namespace {

__attribute__((target("avx2"))) void UnpackBitsWithAvx2(const unsigned char* in, unsigned width, size_t n, uint64_t base,
                                                       uint64_t* out) {
  const __m256i bases = _mm256_set1_epi64x(static_cast<long long>(base));
  if (width == 0) {
    std::fill(out, out + n, base);
    return;
  }
  const auto w = static_cast<long long>(width);
  const __m256i mask = _mm256_set1_epi64x(static_cast<long long>((uint64_t{1} << width) - 1));
  const __m256i seven = _mm256_set1_epi64x(7);
  const __m256i step = _mm256_set1_epi64x(4 * w);
  __m256i bit = _mm256_set_epi64x(3 * w, 2 * w, w, 0);
  size_t i = 0;
  for (; i + 4 <= n; i += 4, bit = _mm256_add_epi64(bit, step)) {
    const __m256i words = _mm256_i64gather_epi64(reinterpret_cast<const long long*>(in), _mm256_srli_epi64(bit, 3), 1);
    const __m256i numbers = _mm256_and_si256(_mm256_srlv_epi64(words, _mm256_and_si256(bit, seven)), mask);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), _mm256_add_epi64(numbers, bases));
  }
  for (; i < n; ++i) {
    uint64_t word = 0;
    std::memcpy(&word, in + i * width / 8, sizeof word);
    out[i] = base + ((word >> (i * width % 8)) & ((uint64_t{1} << width) - 1));
  }
}

}  // namespace

UnpackBitsFunction UnpackBitsAvx2() { return __builtin_cpu_supports("avx2") ? UnpackBitsWithAvx2 : nullptr; }
#else
UnpackBitsFunction UnpackBitsAvx2() { return nullptr; }
#endif

}  // namespace dossier::graph
