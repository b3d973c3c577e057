#include "graph/store/block.h"

#include <algorithm>
#include <cstring>

#include "graph/model/term_id.h"
#include "graph/store/rocks_util.h"
#include "xxhash.h"

namespace dossier::graph {
namespace {

constexpr char kVersion = 1;
constexpr size_t kHeader = 4;
constexpr size_t kHashBytes = 8;
constexpr size_t kRecordBytes = 60;
constexpr uint64_t kDefaultGraph = TermId::DefaultGraph().bits();

template <typename N>
void AppendLittle(N value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
template <typename N>
N Little(const char* in) {
  N value;
  std::memcpy(&value, in, sizeof value);
  return value;
}

}  // namespace

std::string BlockRecord::Encode() const {
  std::string out(32, '\0');
  for (size_t c = 0; c < 4; ++c) PutBigEndian(last[c], out.data() + 8 * c);
  for (const uint32_t number : {quads, named, steps1, steps2, bytes}) AppendLittle(number, out);
  AppendLittle(hash, out);
  return out;
}

bool BlockRecord::Decode(std::string_view encoded) {
  if (encoded.size() != kRecordBytes) return false;
  for (size_t c = 0; c < 4; ++c) last[c] = GetBigEndian(encoded.data() + 8 * c);
  const char* at = encoded.data() + 32;
  for (uint32_t* number : {&quads, &named, &steps1, &steps2, &bytes}) {
    *number = Little<uint32_t>(at);
    at += 4;
  }
  hash = Little<uint64_t>(at);
  return quads > 0 && quads <= kBlockQuads && named <= quads && first <= last;
}

void PackBlock(const QuadKey* rows, size_t n, size_t graph_column, std::string& bytes, BlockRecord& record) {
  record = {};
  record.first = rows[0];
  record.last = rows[n - 1];
  record.quads = static_cast<uint32_t>(n);
  for (size_t i = 0; i < n; ++i) {
    record.named += rows[i][graph_column] != kDefaultGraph ? 1 : 0;
    if (i == 0) continue;
    const bool step1 = rows[i][0] != rows[i - 1][0];
    record.steps1 += step1 ? 1 : 0;
    record.steps2 += step1 || rows[i][1] != rows[i - 1][1] ? 1 : 0;
  }
  const size_t columns = record.named == 0 && graph_column == 3 ? 3 : 4;
  const size_t strips = (n + kStripQuads - 1) / kStripQuads;
  bytes.clear();
  bytes.push_back(kVersion);
  bytes.push_back(static_cast<char>(columns));
  AppendLittle(static_cast<uint16_t>(n), bytes);
  bytes.append(4 * strips, '\0');
  for (size_t s = 0; s < strips; ++s) {
    for (size_t c = 0; c < columns; ++c) AppendLittle(rows[s * kStripQuads][c], bytes);
  }
  std::array<uint64_t, kStripQuads> values;
  for (size_t s = 0; s < strips; ++s) {
    const auto offset = static_cast<uint32_t>(bytes.size());
    std::memcpy(bytes.data() + kHeader + 4 * s, &offset, sizeof offset);
    const size_t begin = s * kStripQuads, size = std::min(kStripQuads, n - begin);
    for (size_t c = 0; c < columns; ++c) {
      for (size_t i = 0; i < size; ++i) values[i] = rows[begin + i][c];
      PackColumn(values.data(), size, bytes);
    }
  }
  record.hash = XXH3_64bits(bytes.data(), bytes.size());
  AppendLittle(record.hash, bytes);
  record.bytes = static_cast<uint32_t>(bytes.size());
}

std::optional<Block> Block::Parse(std::string_view bytes) {
  if (bytes.size() < kHeader + kHashBytes || bytes[0] != kVersion || (bytes[1] != 3 && bytes[1] != 4)) return std::nullopt;
  Block block;
  block.bytes_ = bytes;
  block.columns_ = static_cast<size_t>(bytes[1]);
  block.quads_ = Little<uint16_t>(bytes.data() + 2);
  if (block.quads_ == 0 || block.quads_ > kBlockQuads) return std::nullopt;
  if (bytes.size() < kHeader + block.strips() * (4 + 8 * block.columns_) + kHashBytes) return std::nullopt;
  return block;
}

bool Block::HashMatches() const {
  const size_t n = bytes_.size() - kHashBytes;
  return XXH3_64bits(bytes_.data(), n) == Little<uint64_t>(bytes_.data() + n);
}

QuadKey Block::FirstOf(size_t strip) const {
  QuadKey key = {0, 0, 0, kDefaultGraph};
  std::memcpy(key.data(), bytes_.data() + kHeader + 4 * strips() + 8 * columns_ * strip, 8 * columns_);
  return key;
}

size_t Block::StripOf(const QuadKey& key) const {
  size_t low = 0, high = strips();  // FirstOf(low) <= key < FirstOf(high)
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    (FirstOf(middle) <= key ? low : high) = middle;
  }
  return low;
}

bool Block::Unpack(size_t strip, const std::array<uint64_t*, 4>& out) const {
  const size_t n = StripSize(strip);
  size_t at = Little<uint32_t>(bytes_.data() + kHeader + 4 * strip);
  for (size_t c = 0; c < columns_; ++c) {
    if (at >= bytes_.size()) return false;
    const size_t used = UnpackColumn(bytes_.substr(at), n, out[c]);
    if (used == 0) return false;
    at += used;
  }
  if (columns_ == 3) std::fill(out[3], out[3] + n, kDefaultGraph);
  return true;
}

}  // namespace dossier::graph
