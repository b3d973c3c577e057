#include "graph/store/vocabulary_set.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/numeric/int128.h"
#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/store/term_codec.h"
#include "xxhash.h"

namespace dossier::graph {
namespace {

constexpr uint64_t kTermsOfBucket = 256;
constexpr uint64_t kTermsOfPass = 8u << 20;
constexpr uint64_t kFirstDirectory = uint64_t{1} << 31;  // vocabularies have the numbers below
constexpr uint64_t kSizeFactor = 4;
constexpr size_t kMaxMembers = 60000;
constexpr uint64_t kCheckEvery = 4096;
constexpr size_t kEntryBytes = 4;

// An entry on its way into its bucket.
struct Entry {
  uint32_t bucket = 0;
  uint16_t print = 0;
  uint16_t member = 0;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};

// A term's bucket comes from the upper bits of its hash, its print from the lowest.
uint64_t BucketOf(uint64_t hash, uint64_t buckets) {
  return absl::Uint128High64(absl::uint128(hash) * buckets);
}
uint64_t HashOf(std::string_view key_bytes) { return XXH3_64bits(key_bytes.data(), key_bytes.size()); }

void Append(uint64_t number, std::string& out) {
  out.resize(out.size() + 8);
  PutBigEndian(number, out.data() + out.size() - 8);
}

bool Take(std::string_view& in, uint64_t& number) {
  if (in.size() < 8) return false;
  number = GetBigEndian(in.data());
  in.remove_prefix(8);
  return true;
}

absl::Status EmitBuckets(std::vector<Entry>& entries, uint64_t begin, uint64_t end,
                         const std::function<absl::Status(uint64_t, std::string_view)>& emit) {
  std::sort(entries.begin(), entries.end());
  std::string bytes;
  size_t at = 0;
  for (uint64_t bucket = begin; bucket < end; ++bucket) {
    bytes.clear();
    for (; at < entries.size() && entries[at].bucket == bucket; ++at) {
      char entry[kEntryBytes];
      std::memcpy(entry, &entries[at].print, 2);
      std::memcpy(entry + 2, &entries[at].member, 2);
      bytes.append(entry, kEntryBytes);
    }
    RETURN_IF_ERROR(emit(bucket, bytes));
  }
  return absl::OkStatus();
}

}  // namespace

std::string EncodeDirectories(const std::vector<TermDirectory>& directories) {
  std::string out;
  for (const TermDirectory& directory : directories) {
    for (const uint64_t number : {directory.number, directory.buckets, directory.terms, uint64_t{directory.members.size()}}) {
      Append(number, out);
    }
    for (const uint64_t member : directory.members) Append(member, out);
  }
  return out;
}

std::optional<std::vector<TermDirectory>> DecodeDirectories(std::string_view bytes) {
  std::vector<TermDirectory> directories;
  while (!bytes.empty()) {
    TermDirectory directory;
    uint64_t members = 0;
    if (!Take(bytes, directory.number) || !Take(bytes, directory.buckets) || !Take(bytes, directory.terms) || !Take(bytes, members)) {
      return std::nullopt;
    }
    if (members == 0 || members > bytes.size() / 8 || members > UINT16_MAX || directory.buckets == 0) return std::nullopt;
    directory.members.resize(members);
    for (uint64_t& member : directory.members) Take(bytes, member);
    directories.push_back(std::move(directory));
  }
  return directories;
}

std::optional<VocabularySet> VocabularySet::Make(std::vector<Vocabulary> list, std::vector<TermDirectory> directories) {
  VocabularySet set;
  absl::flat_hash_map<uint64_t, size_t> places;  // in `list`, by number
  for (size_t i = 0; i < list.size(); ++i) places[list[i].number] = i;
  absl::flat_hash_set<uint64_t> covered;
  for (const TermDirectory& directory : directories) {
    Place place;
    place.directory = directory;
    place.terms = directory.terms;
    for (const uint64_t number : directory.members) {
      const auto found = places.find(number);
      if (found == places.end() || !covered.insert(number).second) return std::nullopt;
      place.members.push_back(list[found->second]);
    }
    const TermId::Tag tag = place.members[0].first.tag();
    for (const Vocabulary& member : place.members) {
      if (member.first.tag() != tag) return std::nullopt;
    }
    set.places_[static_cast<size_t>(tag)].push_back(std::move(place));
  }
  for (const Vocabulary& vocabulary : list) {
    if (covered.contains(vocabulary.number)) continue;
    set.places_[static_cast<size_t>(vocabulary.first.tag())].push_back({.members = {vocabulary}, .terms = vocabulary.count});
  }
  for (std::vector<Place>& of_tag : set.places_) {
    std::stable_sort(of_tag.begin(), of_tag.end(), [](const Place& a, const Place& b) { return a.terms > b.terms; });
  }
  set.list_ = std::move(list);
  set.directories_ = std::move(directories);
  return set;
}

std::optional<std::vector<Vocabulary>> PlanDirectory(const VocabularySet& set) {
  for (size_t tag = 0; tag < 16; ++tag) {
    const std::vector<VocabularySet::Place>& places = set.places(static_cast<TermId::Tag>(tag));
    if (places.size() <= kMaxPlaces) continue;
    std::vector<Vocabulary> members;
    uint64_t terms = 0;
    for (size_t i = places.size(); i-- > 0;) {
      if (i + 1 < kMaxPlaces && places[i].terms > kSizeFactor * terms) break;
      if (members.size() + places[i].members.size() > kMaxMembers) break;
      members.insert(members.end(), places[i].members.begin(), places[i].members.end());
      terms += places[i].terms;
    }
    if (members.size() < 2) continue;  // all are full
    std::sort(members.begin(), members.end(), [](const Vocabulary& a, const Vocabulary& b) { return a.first < b.first; });
    return members;
  }
  return std::nullopt;
}

std::vector<TermDirectory> WithDirectory(const std::vector<TermDirectory>& directories, const std::vector<Vocabulary>& members,
                                         TermDirectory& made) {
  made = {.number = kFirstDirectory, .buckets = 0, .terms = 0, .members = {}};
  for (const Vocabulary& member : members) {
    made.members.push_back(member.number);
    made.terms += member.count;
  }
  made.buckets = (made.terms + kTermsOfBucket - 1) / kTermsOfBucket;
  const std::set<uint64_t> numbers(made.members.begin(), made.members.end());
  std::vector<TermDirectory> out;
  for (const TermDirectory& directory : directories) {
    made.number = std::max(made.number, directory.number + 1);
    if (!numbers.contains(directory.members[0])) out.push_back(directory);
  }
  out.push_back(made);
  return out;
}

absl::Status BuildDirectory(const Database& database, const std::vector<Vocabulary>& members, const TermDirectory& directory,
                            const std::function<bool()>& stopped, const std::function<absl::Status(uint64_t, std::string_view)>& emit) {
  const uint64_t passes = (directory.terms + kTermsOfPass - 1) / kTermsOfPass;
  std::vector<Entry> entries;
  entries.reserve(std::min(directory.terms, kTermsOfPass + kTermsOfPass / 8));
  for (uint64_t pass = 0; pass < passes; ++pass) {
    const uint64_t begin = directory.buckets * pass / passes, end = directory.buckets * (pass + 1) / passes;
    entries.clear();
    for (size_t m = 0; m < members.size(); ++m) {
      uint64_t seen = 0;
      RETURN_IF_ERROR(ForEachTerm(database, members[m], [&](std::string_view encoded) -> absl::Status {
        if (++seen % kCheckEvery == 0 && stopped()) return Cancelled("the store is being closed");
        const uint64_t hash = HasLanguage(encoded) ? HashOf(KeyBytes(encoded)) : HashOf(encoded);
        const uint64_t bucket = BucketOf(hash, directory.buckets);
        if (bucket >= begin && bucket < end) {
          entries.push_back({static_cast<uint32_t>(bucket), static_cast<uint16_t>(hash), static_cast<uint16_t>(m)});
        }
        return absl::OkStatus();
      }));
    }
    RETURN_IF_ERROR(EmitBuckets(entries, begin, end, emit));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<TermId>> FindInPlace(const Database& database, const rocksdb::Snapshot* snapshot, const VocabularySet::Place& place,
                                                  std::string_view key_bytes) {
  if (!place.has_directory()) {
    ASSIGN_OR_RETURN(const TermId id, FindInVocabulary(database, snapshot, place.members[0], key_bytes));
    return std::optional(id);
  }
  // The newest state, whatever the snapshot: a directory only says where to look.
  const uint64_t hash = HashOf(key_bytes);
  const std::string key = VocabularyBlockKey(place.directory.number, BucketOf(hash, place.directory.buckets));
  rocksdb::PinnableSlice bucket;
  const rocksdb::Status status = database.db->Get(rocksdb::ReadOptions(), database.family(Family::kVocab), ToSlice(key), &bucket);
  if (status.IsNotFound()) return std::optional<TermId>();
  RETURN_IF_ERROR(database.Check(status));
  for (size_t at = 0; at + kEntryBytes <= bucket.size(); at += kEntryBytes) {
    uint16_t print = 0, member = 0;
    std::memcpy(&print, bucket.data() + at, sizeof print);
    if (print != static_cast<uint16_t>(hash)) continue;
    std::memcpy(&member, bucket.data() + at + 2, sizeof member);
    if (member >= place.members.size()) return DataLoss(Cat("database ", database.directory, ": malformed bucket of a term directory"));
    ASSIGN_OR_RETURN(const TermId id, FindInVocabulary(database, snapshot, place.members[member], key_bytes));
    if (id.is_bound()) return std::optional(id);
  }
  return std::optional(TermId::Unbound());
}

}  // namespace dossier::graph
