#include "ingest/parse/word_features.h"

#include <algorithm>
#include <cstring>

#include "ingest/models/feature_table.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

struct Replacement {
  std::string_view from;
  std::string_view to;
};
constexpr Replacement kWhole[] = {
    {"``", "\""},     {"''", "\""},     {"--", "\u2014"}, {"-LRB-", "("},       {"-RRB-", ")"},
    {"-LSB-", "["},   {"-RSB-", "]"},   {"-LCB-", "{"},   {"-RCB-", "}"},       {"\u201C", "\""},
    {"\u201D", "\""}, {"\u00AB", "\""}, {"\u00BB", "\""}, {"\u2013", "\u2014"}, {"\u2026", "..."},
    {"\u2010", "-"},  {"\u2011", "-"},  {"\u201E", "\""},
};

// Shape with runs longer than two folded: "Xxx" for "Azerbaijan" is "Xxx", "dd-dd"; at most 8 characters.
uint32_t ShapeOf(std::string_view form) {
  char shape[8];
  size_t size = 0;
  for (size_t i = 0; i < form.size() && size < sizeof shape;) {
    const CodePoint c = DecodeAt(form, i);
    char mark = '.';
    switch (ClassOf(c.value)) {
      case CharClass::kLower:
        mark = 'x';
        break;
      case CharClass::kUpper:
        mark = 'X';
        break;
      case CharClass::kDigit:
        mark = 'd';
        break;
      case CharClass::kSpace:
        mark = ' ';
        break;
      case CharClass::kOther:
        mark = c.length == 1 ? form[i] : '.';
        break;
    }
    i += c.length;
    if (size >= 2 && shape[size - 1] == mark && shape[size - 2] == mark) continue;
    shape[size++] = mark;
  }
  return static_cast<uint32_t>(HashString({shape, size}) >> 32);
}

}  // namespace

absl::StatusOr<WordTable> WordTable::FromBytes(std::string_view bytes) {
  WordTable table;
  if (bytes.size() < 8) return DataLoss("word table is missing");
  std::memcpy(&table.bucket_bits_, bytes.data(), 4);
  std::memcpy(&table.clusters_, bytes.data() + 4, 4);
  if (table.bucket_bits_ < 1 || table.bucket_bits_ > 24 || table.clusters_ > 65535) {
    return DataLoss("word table has an impossible header");
  }
  const size_t coarse_bytes = (size_t{table.clusters_} * 2 + 7) / 8 * 8;
  const size_t buckets = size_t{1} << table.bucket_bits_;
  if (bytes.size() < 8 + coarse_bytes + buckets * sizeof(Entry)) return DataLoss("word table is cut short");
  table.coarse_ = reinterpret_cast<const uint16_t*>(bytes.data() + 8);
  table.buckets_ = reinterpret_cast<const Entry*>(bytes.data() + 8 + coarse_bytes);
  const bool has_empty = std::any_of(table.buckets_, table.buckets_ + buckets,
                                     [](const Entry& e) { return e.fingerprint == 0; });
  return has_empty ? absl::StatusOr<WordTable>(table) : DataLoss("word table has no empty bucket");
}

std::string WordTable::Build(const std::vector<std::pair<std::string, Entry>>& words,
                             const std::vector<uint16_t>& coarse) {
  uint32_t bits = 4;
  while ((size_t{1} << bits) * 4 < words.size() * 5) ++bits;
  std::vector<Entry> buckets(size_t{1} << bits);
  for (const auto& [word, entry] : words) {
    const uint64_t hash = HashString(word);
    size_t i = hash >> (64 - bits);
    while (buckets[i].fingerprint != 0) i = (i + 1) & (buckets.size() - 1);
    buckets[i] = entry;
    buckets[i].fingerprint = static_cast<uint32_t>(hash) | 1u;
  }
  const auto clusters = static_cast<uint32_t>(coarse.size());
  std::string bytes(reinterpret_cast<const char*>(&bits), 4);
  bytes.append(reinterpret_cast<const char*>(&clusters), 4);
  bytes.append(reinterpret_cast<const char*>(coarse.data()), coarse.size() * 2);
  bytes.resize((bytes.size() + 7) / 8 * 8);
  bytes.append(reinterpret_cast<const char*>(buckets.data()), buckets.size() * sizeof(Entry));
  return bytes;
}

WordTable::Entry WordTable::Find(uint64_t lower_hash) const {
  if (buckets_ == nullptr) return {};
  const size_t mask = (size_t{1} << bucket_bits_) - 1;
  const uint32_t fingerprint = static_cast<uint32_t>(lower_hash) | 1u;
  for (size_t i = lower_hash >> (64 - bucket_bits_);; i = (i + 1) & mask) {
    if (buckets_[i].fingerprint == fingerprint || buckets_[i].fingerprint == 0) return buckets_[i];
  }
}

std::string NormalizeForm(std::string_view form) {
  for (const Replacement& r : kWhole) {
    if (form == r.from) return std::string(r.to);
  }
  std::string out;
  out.reserve(form.size());
  for (size_t i = 0; i < form.size(); ++i) {
    if (form[i] >= '0' && form[i] <= '9') {
      out.push_back('0');
    } else if (form.substr(i, 3) == "\u2019" || form.substr(i, 3) == "\u2018") {
      out.push_back('\'');
      i += 2;
    } else {
      out.push_back(form[i]);
    }
  }
  return out;
}

void ComputeWordFeatures(const Sentence& sentence, const WordTable& words,
                         std::vector<WordFeatures>& features) {
  features.clear();
  features.reserve(sentence.tokens.size());
  for (const Token& token : sentence.tokens) {
    const std::string form = NormalizeForm(token.form);
    const std::string lower = ToLower(form);
    WordFeatures f;
    f.word = HashString(form);
    f.lower = HashString(lower);
    for (size_t n = 1; n <= 5 && n <= lower.size(); ++n)
      f.suffix[n - 1] = HashString({lower.data() + lower.size() - n, n});
    for (size_t n = 1; n <= 3 && n <= lower.size(); ++n) f.prefix[n - 1] = HashString({lower.data(), n});
    f.shape = ShapeOf(form);
    const WordTable::Entry entry = words.Find(f.lower);
    f.cluster = entry.cluster;
    f.coarse = words.Coarse(entry.cluster);
    f.tag_class = entry.tag_class;
    features.push_back(f);
  }
}

}  // namespace dossier::ingest
