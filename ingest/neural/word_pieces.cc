#include "ingest/neural/word_pieces.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

constexpr size_t kMaxCharacters = 100;

constexpr std::pair<std::string_view, std::string_view> kReplaced[] = {
    {"\u2018", "'"}, {"\u2019", "'"}, {"\u201c", "\""}, {"\u201d", "\""}, {"``", "\""}, {"''", "\""}, {"\u2026", "..."}};

std::string Straighten(std::string_view form) {
  std::string out(form);
  for (const auto& [from, to] : kReplaced) {
    for (size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) out.replace(at, from.size(), to);
  }
  return out;
}

bool IsAscii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool IsPunctuation(char32_t c) {
  if (c < 0x80) return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_P_MASK) != 0;
}

bool IsIdeograph(char32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x2CEAF);
}

std::vector<char32_t> CodePoints(std::string_view s) {
  std::vector<char32_t> out;
  for (size_t i = 0; i < s.size();) {
    const CodePoint c = DecodeAt(s, i);
    out.push_back(c.value);
    i += c.length;
  }
  return out;
}

// NFD, without combining marks, lower case.
std::vector<char32_t> Normalize(std::string_view form) {
  std::vector<char32_t> points = CodePoints(Straighten(form));
  if (!IsAscii(form)) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(points.data()), static_cast<int32_t>(points.size()));
    UErrorCode error = U_ZERO_ERROR;
    if (const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error); U_SUCCESS(error)) {
      const icu::UnicodeString decomposed = nfd->normalize(text, error);
      if (U_SUCCESS(error)) text = decomposed;
    }
    points.clear();
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      const UChar32 c = text.char32At(i);
      if (u_charType(c) != U_NON_SPACING_MARK) points.push_back(static_cast<char32_t>(c));
    }
  }
  for (char32_t& c : points) c = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  return points;
}

char32_t ShapeOf(char32_t c) {
  const uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if ((mask & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0) return 'X';
  if ((mask & (U_GC_LL_MASK | U_GC_LO_MASK | U_GC_LM_MASK)) != 0) return 'x';
  return (mask & U_GC_ND_MASK) != 0 ? U'd' : c;
}

std::string Shape(const std::vector<char32_t>& points) {
  std::vector<char32_t> shape;
  for (const char32_t c : points) {
    const char32_t s = ShapeOf(c);
    if (shape.size() >= 2 && shape.back() == s && shape[shape.size() - 2] == s) continue;
    shape.push_back(s);
  }
  if (shape.size() > 12) shape.resize(12);
  std::string out;
  for (const char32_t c : shape) AppendUtf8(c, out);
  return out;
}

uint32_t Fnv(uint32_t seed, std::string_view data) {
  uint32_t h = 2166136261u ^ seed * 0x9E3779B1u;
  for (const char c : data) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h ^ (h >> 15);
}

std::string Utf8(const char32_t* begin, const char32_t* end) {
  std::string out;
  for (; begin != end; ++begin) AppendUtf8(*begin, out);
  return out;
}

}  // namespace

absl::StatusOr<WordPieces> WordPieces::FromBytes(std::string_view bytes) {
  WordPieces vocabulary;
  vocabulary.initial_.reserve(32768);
  vocabulary.inner_.reserve(8192);
  uint32_t id = 0;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view piece = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    vocabulary.longest_ = std::max(vocabulary.longest_, piece.size());
    if (piece.starts_with("##") && piece.size() > 2) {
      vocabulary.inner_.emplace(piece.substr(2), id);
    } else {
      vocabulary.initial_.emplace(piece, id);
    }
    ++id;
  }
  vocabulary.size_ = id;
  const auto unknown = vocabulary.initial_.find("[UNK]"), start = vocabulary.initial_.find("[CLS]");
  if (unknown == vocabulary.initial_.end() || start == vocabulary.initial_.end()) return DataLoss("vocabulary of the model has no [UNK] or [CLS]");
  vocabulary.unknown_ = unknown->second;
  vocabulary.start_ = start->second;
  return vocabulary;
}

void WordPieces::SplitChunk(std::string_view chunk, std::vector<uint32_t>& out) const {
  const size_t size = out.size();
  for (size_t begin = 0; begin < chunk.size();) {
    const auto& pieces = begin == 0 ? initial_ : inner_;
    size_t end = std::min(chunk.size(), begin + longest_);
    auto found = pieces.end();
    for (; end > begin; --end) {
      if (end < chunk.size() && (static_cast<unsigned char>(chunk[end]) & 0xC0) == 0x80) continue;
      found = pieces.find(chunk.substr(begin, end - begin));
      if (found != pieces.end()) break;
    }
    if (end == begin) {
      out.resize(size);
      out.push_back(unknown_);
      return;
    }
    out.push_back(found->second);
    begin = end;
  }
}

void WordPieces::Split(std::string_view form, std::vector<uint32_t>& out) const {
  const size_t size = out.size();
  std::string chunk;
  size_t characters = 0;
  const auto flush = [&] {
    if (characters > kMaxCharacters) {
      out.push_back(unknown_);
    } else if (characters > 0) {
      SplitChunk(chunk, out);
    }
    chunk.clear();
    characters = 0;
  };
  for (const char32_t c : Normalize(form)) {
    const bool alone = IsPunctuation(c) || IsIdeograph(c);
    const bool space = !alone && ClassOf(c) == CharClass::kSpace;
    if (alone || space) flush();
    if (space) continue;
    AppendUtf8(c, chunk);
    ++characters;
    if (alone) flush();
  }
  flush();
  if (out.size() == size) out.push_back(unknown_);
  if (out.size() - size > kMaxPieces) {
    out[size + 4] = out[out.size() - 2];
    out[size + 5] = out[out.size() - 1];
    out.resize(size + kMaxPieces);
  }
}

uint32_t LexiconKey(std::string_view form) {
  const std::vector<char32_t> points = Normalize(form);
  return Fnv(11, Utf8(points.data(), points.data() + points.size()));
}

std::array<uint32_t, kHashedFeatures> HashedFeatures(std::string_view form, bool first) {
  std::vector<char32_t> points = CodePoints(Straighten(form));
  if (points.size() > kMaxCharacters) points.resize(kMaxCharacters);
  const std::string shape = Shape(points);
  const char32_t* begin = points.data();
  const char32_t* end = begin + points.size();
  const auto suffix = [&](size_t n) { return Utf8(end - std::min(n, points.size()), end); };
  const auto prefix = [&](size_t n) { return Utf8(begin, begin + std::min(n, points.size())); };
  std::array<uint32_t, kHashedFeatures> out = {Fnv(1, shape),     Fnv(first ? 2 : 3, shape), Fnv(4, Utf8(begin, end)),
                                             Fnv(5, suffix(1)), Fnv(6, suffix(2)),         Fnv(7, suffix(3)),
                                             Fnv(8, suffix(4)), Fnv(9, prefix(2)),         Fnv(10, prefix(3))};
  for (uint32_t& feature : out) feature %= kFeatureBuckets;
  return out;
}

}  // namespace dossier::ingest
