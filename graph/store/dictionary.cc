#include "graph/store/dictionary.h"

#include <algorithm>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/model/inline_value.h"

namespace dossier::graph {
namespace {

// Terms of a vocabulary of which so many others are wanted in the space of a block are read again as fast as they are kept.
constexpr size_t kCrowd = 8;

std::string Describe(TermId id) {
  char text[24];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(id.bits()));
  return text;
}

}  // namespace

absl::Status Dictionary::LoadVocabularies(const rocksdb::Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  const auto read = [&](std::string_view key, std::string& value) -> absl::Status {
    const rocksdb::Status status = db_.db->Get(options, db_.family(Family::kMeta), ToSlice(key), &value);
    return status.IsNotFound() ? absl::OkStatus() : db_.Check(status);
  };
  std::string vocabularies, directories;
  RETURN_IF_ERROR(read(kVocabulariesKey, vocabularies));
  RETURN_IF_ERROR(read(kDirectoriesKey, directories));
  std::optional<std::vector<Vocabulary>> list = DecodeVocabularies(vocabularies);
  std::optional<std::vector<TermDirectory>> over = DecodeDirectories(directories);
  std::optional<VocabularySet> set;
  if (list && over) set = VocabularySet::Make(*std::move(list), *std::move(over));
  if (!set) return DataLoss(Cat("database ", db_.directory, ": malformed list of vocabularies"));
  SetVocabularies(*std::move(set));
  return absl::OkStatus();
}

void Dictionary::SetVocabularies(VocabularySet vocabularies) {
  auto set = std::make_shared<const VocabularySet>(std::move(vocabularies));
  const std::lock_guard lock(mutex_);
  vocabularies_ = std::move(set);
}

std::shared_ptr<const VocabularySet> Dictionary::vocabularies() const {
  const std::lock_guard lock(mutex_);
  return vocabularies_;
}

absl::StatusOr<TermId> Dictionary::FindInVocabularies(std::string_view key_bytes, TermId::Tag tag, const rocksdb::Snapshot* snapshot) const {
  for (auto set = vocabularies();;) {
    bool gone = false;
    for (const VocabularySet::Place& place : set->places(tag)) {
      ASSIGN_OR_RETURN(const std::optional<TermId> id, FindInPlace(db_, snapshot, place, key_bytes));
      gone = !id;
      if (gone) break;
      if (id->is_bound()) return *id;
    }
    if (!gone) return TermId::Unbound();
    const auto now = vocabularies();
    if (now == set) return DataLoss(Cat("database ", db_.directory, ": a bucket of a term directory is missing"));
    set = now;
  }
}

absl::StatusOr<Dictionary::Place> Dictionary::Locate(std::string_view key_bytes, TermId::Tag tag,
                                                     const rocksdb::Snapshot* snapshot) const {
  ASSIGN_OR_RETURN(const TermId sorted, FindInVocabularies(key_bytes, tag, snapshot));
  if (sorted.is_bound()) return Place{sorted, {}};
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  rocksdb::PinnableSlice value;
  for (int probe = 0; probe < 256; ++probe) {
    std::string key = IdsKey(key_bytes, static_cast<uint8_t>(probe));
    value.Reset();
    const rocksdb::Status status = db_.db->Get(options, db_.family(Family::kIds), ToSlice(key), &value);
    if (status.IsNotFound()) return Place{TermId::Unbound(), std::move(key)};
    RETURN_IF_ERROR(db_.Check(status));
    if (value.size() != 8) return DataLoss(Cat("database ", db_.directory, ": malformed entry of the term dictionary"));
    const TermId id = TermId::FromBits(GetBigEndian(value.data()));
    if (!IsHashed(key_bytes)) return Place{id, {}};
    value.Reset();
    RETURN_IF_ERROR(db_.Check(db_.db->Get(options, db_.family(Family::kTerms), ToSlice(TermsKey(id)), &value)));
    if (KeyBytes(FromSlice(value)) == key_bytes) return Place{id, {}};
  }
  return Internal("more than 256 terms with one 128-bit hash");
}

absl::StatusOr<TermId> Dictionary::Find(const Term& term, const rocksdb::Snapshot* snapshot, int depth) const {
  if (const std::optional<TermId> id = InlineId(term)) return *id;
  std::string encoded;
  if (term.is_triple()) {
    if (depth >= kMaxTermDepth) return TermId::Unbound();
    const Triple& triple = term.triple();
    TripleIds parts;
    const std::array<const Term*, 3> terms = {&triple.subject, &triple.predicate, &triple.object};
    for (size_t i = 0; i < 3; ++i) {
      ASSIGN_OR_RETURN(parts[i], Find(*terms[i], snapshot, depth + 1));
      if (parts[i].is_unbound()) return TermId::Unbound();
    }
    encoded = EncodeTripleTerm(parts);
  } else {
    encoded = EncodeTerm(term);
  }
  ASSIGN_OR_RETURN(const Place place, Locate(KeyBytes(encoded), TagOf(term), snapshot));
  return place.id;
}

absl::Status Dictionary::LoadFromTerms(absl::Span<const TermId> ids,
                                       const std::function<absl::Status(size_t, std::string_view)>& found) const {
  std::vector<char> keys(ids.size() * 8);
  std::vector<rocksdb::Slice> slices(ids.size());
  std::vector<rocksdb::PinnableSlice> values(ids.size());
  std::vector<rocksdb::Status> statuses(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) {
    PutBigEndian(ids[i].bits(), keys.data() + 8 * i);
    slices[i] = rocksdb::Slice(keys.data() + 8 * i, 8);
  }
  db_.db->MultiGet(rocksdb::ReadOptions(), db_.family(Family::kTerms), ids.size(), slices.data(), values.data(),
                   statuses.data(), /*sorted_input=*/true);
  for (size_t i = 0; i < ids.size(); ++i) {
    if (statuses[i].IsNotFound()) return InvalidArgument(Cat("no term has the id ", Describe(ids[i])));
    RETURN_IF_ERROR(db_.Check(statuses[i]));
    RETURN_IF_ERROR(found(i, FromSlice(values[i])));
  }
  return absl::OkStatus();
}

absl::Status Dictionary::Load(absl::Span<const TermId> ids, std::vector<Term>& terms, int depth) const {
  terms.assign(ids.size(), Term());
  std::vector<TermId> parts;
  std::vector<size_t> triples;
  const auto add = [&](size_t i, std::string_view encoded) -> absl::Status {
    if (const std::optional<TripleIds> triple = DecodeTripleTerm(encoded)) {
      triples.push_back(i);
      parts.insert(parts.end(), triple->begin(), triple->end());
    } else if (std::optional<Term> term = DecodeTerm(encoded)) {
      terms[i] = *std::move(term);
    } else {
      return DataLoss(Cat("database ", db_.directory, ": malformed term ", Describe(ids[i])));
    }
    return absl::OkStatus();
  };
  const auto set = vocabularies();
  const std::vector<Vocabulary>* const sorted = &set->list();
  std::vector<bool> crowded(ids.size(), false);
  for (size_t begin = 0, end = 0; begin < ids.size(); begin = end) {
    // The ids that one vocabulary has, or that none has up to where the next one begins.
    const auto next = std::upper_bound(sorted->begin(), sorted->end(), ids[begin],
                                       [](TermId id, const Vocabulary& vocabulary) { return id < vocabulary.first; });
    const bool in_vocabulary = next != sorted->begin() && std::prev(next)->Has(ids[begin]);
    const auto here = [&](TermId id) {
      return in_vocabulary ? std::prev(next)->Has(id) : next == sorted->end() || id < next->first;
    };
    for (end = begin; end < ids.size() && here(ids[end]); ++end) {
    }
    const auto shifted = [&](size_t i, std::string_view encoded) { return add(begin + i, encoded); };
    if (!in_vocabulary) {
      RETURN_IF_ERROR(LoadFromTerms(ids.subspan(begin, end - begin), shifted));
      continue;
    }
    RETURN_IF_ERROR(ReadFromVocabulary(db_, *std::prev(next), ids.data() + begin, end - begin, shifted));
    for (size_t i = begin + kCrowd; i < end; ++i) {
      if (ids[i].bits() - ids[i - kCrowd].bits() < kVocabularyBlock) crowded[i] = true;
    }
  }
  if (!triples.empty()) {
    std::vector<Term> part_terms;
    RETURN_IF_ERROR(Decode(parts, part_terms, depth + 1));
    for (size_t t = 0; t < triples.size(); ++t) {
      Term* part = &part_terms[3 * t];
      terms[triples[t]] = Term::TripleTerm(std::move(part[0]), std::move(part[1]), std::move(part[2]));
    }
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    if (!crowded[i]) cache_.Put(ids[i], terms[i]);
  }
  return absl::OkStatus();
}

absl::Status Dictionary::Decode(absl::Span<const TermId> ids, std::vector<Term>& terms, int depth) const {
  if (depth > kMaxTermDepth) return DataLoss(Cat("database ", db_.directory, ": triple terms nest without end"));
  terms.assign(ids.size(), Term());
  std::vector<TermId> missing;
  std::vector<size_t> places;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (i > 0 && ids[i] == ids[i - 1] && (places.empty() || places.back() != i - 1)) {
      terms[i] = terms[i - 1];
    } else if (!IsDictionaryTag(ids[i].tag())) {
      std::optional<Term> term = InlineTerm(ids[i]);
      if (!term) return InvalidArgument(Cat("the id ", Describe(ids[i]), " stands for no term"));
      terms[i] = *std::move(term);
    } else if (!cache_.Get(ids[i], terms[i])) {
      missing.push_back(ids[i]);
      places.push_back(i);
    }
  }
  if (missing.empty()) return absl::OkStatus();
  std::vector<TermId> sorted = missing;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<Term> loaded;
  RETURN_IF_ERROR(Load(sorted, loaded, depth));
  for (size_t i = 0; i < missing.size(); ++i) {
    const auto it = std::lower_bound(sorted.begin(), sorted.end(), missing[i]);
    terms[places[i]] = loaded[static_cast<size_t>(it - sorted.begin())];
  }
  return absl::OkStatus();
}

}  // namespace dossier::graph
