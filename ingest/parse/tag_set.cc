#include "ingest/parse/tag_set.h"

#include <algorithm>

#include "ingest/models/feature_table.h"

namespace dossier::ingest {
namespace {

std::vector<std::string> SplitOn(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

absl::StatusOr<TagSet> TagSet::FromBytes(std::string_view bytes) {
  TagSet set;
  for (const std::string& line : SplitOn(bytes, '\n')) {
    if (line.empty()) continue;
    std::vector<std::string> columns = SplitOn(line, '\t');
    if (columns.size() < 3) return DataLoss("tag set has a line with fewer than three columns");
    Tag tag{columns[0], columns[1], {columns.begin() + 2, columns.end()}, 0};
    set.Add(std::move(tag));
  }
  if (set.size() == 0 || set.size() > FeatureTable::kMaxLabels)
    return DataLoss("tag set is empty or too large");
  return set;
}

std::string TagSet::ToBytes() const {
  std::string out;
  for (const Tag& tag : tags_) {
    out.append(tag.upos).append("\t").append(tag.xpos);
    for (const std::string& feats : tag.feats) out.append("\t").append(feats);
    out.append("\n");
  }
  return out;
}

void TagSet::Add(Tag tag) {
  tag.upos_id = static_cast<uint16_t>(tags_.size());
  for (const Tag& other : tags_) {
    if (other.upos == tag.upos) {
      tag.upos_id = other.upos_id;
      break;
    }
  }
  tags_.push_back(std::move(tag));
}

TagId TagSet::Find(std::string_view upos, std::string_view xpos) const {
  for (size_t i = 0; i < tags_.size(); ++i) {
    if (tags_[i].upos == upos && tags_[i].xpos == xpos) return static_cast<TagId>(i);
  }
  return kNoTag;
}

}  // namespace dossier::ingest
