#include "ingest/parse/lemmatizer.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <tuple>

#include "graph/base/strings.h"
#include "ingest/models/feature_table.h"
#include "ingest/parse/word_features.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

int CountCodePoints(std::string_view s) {
  return static_cast<int>(std::count_if(s.begin(), s.end(), [](char c) { return !IsContinuation(c); }));
}

}  // namespace

bool LemmaScript::operator<(const LemmaScript& other) const {
  return std::tie(letter_case, cut, append) < std::tie(other.letter_case, other.cut, other.append);
}

std::string LemmaScript::Apply(std::string_view form) const {
  std::string lemma = letter_case == 'l' ? ToLower(form) : std::string(form);
  for (int i = 0; i < cut && !lemma.empty(); ++i) {
    while (!lemma.empty() && IsContinuation(lemma.back())) lemma.pop_back();
    if (!lemma.empty()) lemma.pop_back();
  }
  lemma += append;
  return lemma.empty() ? std::string(form) : lemma;
}

std::string StraightenApostrophes(std::string_view form) {
  std::string out(form);
  for (const std::string_view curly : {"\u2019", "\u2018"}) {
    for (size_t at = out.find(curly); at != std::string::npos; at = out.find(curly, at))
      out.replace(at, curly.size(), "'");
  }
  return out;
}

LemmaScript MakeLemmaScript(std::string_view form, std::string_view lemma, std::string_view upos) {
  LemmaScript best;
  int best_cost = 1 << 20;
  for (const char letter_case : {upos == "PROPN" ? 'k' : 'l', upos == "PROPN" ? 'l' : 'k'}) {
    const std::string base = letter_case == 'l' ? ToLower(form) : std::string(form);
    size_t common = 0;
    while (common < base.size() && common < lemma.size() && base[common] == lemma[common]) ++common;
    while (common > 0 && ((common < base.size() && IsContinuation(base[common])) ||
                          (common < lemma.size() && IsContinuation(lemma[common])))) {
      --common;
    }
    const int cut = CountCodePoints(std::string_view(base).substr(common));
    const int cost = cut + static_cast<int>(lemma.size() - common);
    if (cost >= best_cost) continue;
    best_cost = cost;
    best = {letter_case, cut, std::string(lemma.substr(common))};
  }
  return best;
}

uint64_t LemmaFormKey(std::string_view normalized, std::string_view upos, std::string_view xpos) {
  return HashFeature(0, HashString(normalized), HashString(upos), HashString(xpos));
}

uint64_t LemmaSuffixKey(std::string_view lower, size_t suffix_size, std::string_view upos,
                        std::string_view xpos) {
  return HashFeature(1, suffix_size, HashString(lower.substr(lower.size() - suffix_size)), HashString(upos),
                     HashString(xpos));
}

absl::StatusOr<Lemmatizer> Lemmatizer::FromModel(const ModelFile& file) {
  const std::string_view bytes = file.Section("lemmas");
  if (bytes.size() < 8) return DataLoss("lemma table is missing");
  Lemmatizer lemmatizer;
  uint32_t script_bytes = 0;
  std::memcpy(&lemmatizer.bucket_bits_, bytes.data(), 4);
  std::memcpy(&script_bytes, bytes.data() + 4, 4);
  const size_t padded = (size_t{script_bytes} + 7) / 8 * 8;
  if (lemmatizer.bucket_bits_ < 1 || lemmatizer.bucket_bits_ > 24 ||
      bytes.size() < 8 + padded + (size_t{1} << lemmatizer.bucket_bits_) * sizeof(Bucket)) {
    return DataLoss("lemma table is cut short");
  }
  std::string_view lines = bytes.substr(8, script_bytes);
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    const size_t space = line.find(' ', 2);
    if (space == std::string_view::npos) return DataLoss("lemma table has a broken script");
    const std::string cut(line.substr(2, space - 2));
    lemmatizer.scripts_.push_back({line[0], static_cast<int>(std::strtol(cut.c_str(), nullptr, 10)),
                                   std::string(line.substr(space + 1))});
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  lemmatizer.buckets_ = reinterpret_cast<const Bucket*>(bytes.data() + 8 + padded);
  bool has_empty = false;
  for (size_t i = 0; i < size_t{1} << lemmatizer.bucket_bits_; ++i) {
    if (lemmatizer.buckets_[i].script > lemmatizer.scripts_.size())
      return DataLoss("lemma table has an unknown script");
    has_empty |= lemmatizer.buckets_[i].script == 0;
  }
  if (!has_empty) return DataLoss("lemma table has no empty bucket");
  return lemmatizer;
}

std::string Lemmatizer::Build(const std::vector<LemmaScript>& scripts,
                              const std::vector<std::pair<uint64_t, uint32_t>>& keys) {
  std::string lines;
  for (const LemmaScript& script : scripts)
    Append(lines, script.letter_case, " ", script.cut, " ", script.append, "\n");
  const auto script_bytes = static_cast<uint32_t>(lines.size());
  uint32_t bits = 4;
  while ((size_t{1} << bits) * 3 < keys.size() * 4) ++bits;
  std::vector<Bucket> buckets(size_t{1} << bits);
  for (const auto& [key, script] : keys) {
    size_t i = key >> (64 - bits);
    while (buckets[i].script != 0) i = (i + 1) & (buckets.size() - 1);
    buckets[i] = {static_cast<uint32_t>(key), script + 1};
  }
  std::string bytes(reinterpret_cast<const char*>(&bits), 4);
  bytes.append(reinterpret_cast<const char*>(&script_bytes), 4);
  bytes += lines;
  bytes.resize((bytes.size() + 7) / 8 * 8);
  bytes.append(reinterpret_cast<const char*>(buckets.data()), buckets.size() * sizeof(Bucket));
  return bytes;
}

uint32_t Lemmatizer::Find(uint64_t key) const {
  const size_t mask = (size_t{1} << bucket_bits_) - 1;
  for (size_t i = key >> (64 - bucket_bits_);; i = (i + 1) & mask) {
    if (buckets_[i].script == 0) return 0;
    if (buckets_[i].fingerprint == static_cast<uint32_t>(key)) return buckets_[i].script;
  }
}

std::string Lemmatizer::Lemmatize(std::string_view form, std::string_view upos, std::string_view xpos) const {
  const std::string normalized = NormalizeForm(form);
  uint32_t script = Find(LemmaFormKey(normalized, upos, xpos));
  if (script == 0) {
    const std::string lower = ToLower(normalized);
    for (size_t n = std::min(lower.size(), kMaxLemmaSuffix) + 1; n-- > 0 && script == 0;) {
      script = Find(LemmaSuffixKey(lower, n, upos, xpos));
    }
  }
  const std::string straight = StraightenApostrophes(form);
  return script == 0 ? straight : scripts_[script - 1].Apply(straight);
}

}  // namespace dossier::ingest
