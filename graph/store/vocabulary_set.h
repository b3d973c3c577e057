// All sorted vocabularies of a database, and where to look for a term: every bulk load makes vocabularies of its own, and asking one after the
// other would make a store slower with every load. Term directories tell which of many vocabularies may have a term. See "Term directories"
// in docs/storage_format.md. Internal to graph/store.
//
//   for (const VocabularySet::Place& place : set.places(tag)) ...      // at most kMaxPlaces, however many vocabularies there are
//   if (std::optional<std::vector<Vocabulary>> members = PlanDirectory(set)) ... BuildDirectory(database, *members, directory, emit)
//
// Immutable, hence thread-safe.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/store/vocabulary.h"

namespace dossier::graph {

// Places to look for a term of one kind before a directory is made of some of them.
inline constexpr size_t kMaxPlaces = 4;

struct TermDirectory {
  uint64_t number = 0;            // its buckets are in the family vocab like the blocks of a vocabulary with this number
  uint64_t buckets = 0;
  uint64_t terms = 0;
  std::vector<uint64_t> members;  // numbers of vocabularies of one kind; entries name them by their place here
  friend bool operator==(const TermDirectory&, const TermDirectory&) = default;
};

std::string EncodeDirectories(const std::vector<TermDirectory>& directories);
std::optional<std::vector<TermDirectory>> DecodeDirectories(std::string_view bytes);

class VocabularySet {
 public:
  // A vocabulary by itself, or a directory with its members.
  struct Place {
    TermDirectory directory = {};          // without buckets: none
    std::vector<Vocabulary> members = {};  // one without a directory
    uint64_t terms = 0;
    bool has_directory() const { return directory.buckets > 0; }
  };

  VocabularySet() = default;
  // Nothing when a directory names vocabularies that are not there, twice, or of several kinds.
  static std::optional<VocabularySet> Make(std::vector<Vocabulary> list, std::vector<TermDirectory> directories);

  // Ascending by first id.
  const std::vector<Vocabulary>& list() const { return list_; }
  const std::vector<TermDirectory>& directories() const { return directories_; }
  // Those with many terms first.
  const std::vector<Place>& places(TermId::Tag tag) const { return places_[static_cast<size_t>(tag)]; }

 private:
  std::vector<Vocabulary> list_;
  std::vector<TermDirectory> directories_;
  std::array<std::vector<Place>, 16> places_;
};

// The vocabularies that should be found through one directory from now on; nothing while there are few places. Sizes are kept apart by a
// factor, so that a term comes into a new directory some few times only, however many loads there are.
std::optional<std::vector<Vocabulary>> PlanDirectory(const VocabularySet& set);
// `directories` with one for `members` (numbered, its buckets counted) in place of those whose members are all among them.
std::vector<TermDirectory> WithDirectory(const std::vector<TermDirectory>& directories, const std::vector<Vocabulary>& members,
                                         TermDirectory& made);

// Calls `emit` for each bucket, ascending. Reads the terms of `members`; memory: some 64 MiB. Cancelled when `stopped` says so.
absl::Status BuildDirectory(const Database& database, const std::vector<Vocabulary>& members, const TermDirectory& directory,
                            const std::function<bool()>& stopped, const std::function<absl::Status(uint64_t, std::string_view)>& emit);

// The id of the term with these key bytes, or Unbound(); nothing when the directory is gone: another has taken its place meanwhile.
absl::StatusOr<std::optional<TermId>> FindInPlace(const Database& database, const rocksdb::Snapshot* snapshot, const VocabularySet::Place& place,
                                                  std::string_view key_bytes);

}  // namespace dossier::graph
