// The tags a model knows: pairs of universal and Penn tag, and for each pair the feature strings that go with
// it.
//
//   ASSIGN_OR_RETURN(TagSet tags, TagSet::FromBytes(file.Section("tags")));
//   tags.at(7).upos;                                  // "VERB"
//
// As bytes: one line a tag, "VERB<TAB>VBD<TAB>feats<TAB>feats...", the commonest feats first. Immutable;
// thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"

namespace dossier::ingest {

using TagId = uint16_t;
inline constexpr TagId kNoTag = 0xFFFF;  // before the first word, after the last

struct Tag {
  std::string upos;
  std::string xpos;
  std::vector<std::string> feats;  // never empty
  uint16_t upos_id = 0;            // same for the same upos
};

class TagSet {
 public:
  static absl::StatusOr<TagSet> FromBytes(std::string_view bytes);
  std::string ToBytes() const;

  void Add(Tag tag);
  size_t size() const { return tags_.size(); }
  const Tag& at(TagId id) const { return tags_[id]; }
  // kNoTag when there is no such pair.
  TagId Find(std::string_view upos, std::string_view xpos) const;
  uint16_t UposOf(TagId id) const { return id < tags_.size() ? tags_[id].upos_id : uint16_t{0xFF}; }

 private:
  std::vector<Tag> tags_;
};

}  // namespace dossier::ingest
