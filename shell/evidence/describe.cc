#include "shell/evidence/describe.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace dossier::shell {
namespace {

using graph::TermId;

void SortUnique(std::vector<TermId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

absl::StatusOr<std::vector<Description>> Describe(const graph::Snapshot& snapshot, absl::Span<const graph::Term> terms) {
  std::vector<TermId> keys;
  std::vector<TermId> ids;
  for (const graph::Term& term : terms) {
    ASSIGN_OR_RETURN(const TermId id, snapshot.Find(term));
    ids.push_back(id);
    if (id.is_bound()) keys.push_back(id);
  }
  SortUnique(keys);
  std::vector<graph::IdQuad> quads;
  std::vector<uint32_t> origin;
  RETURN_IF_ERROR(snapshot.ScanMany({}, 's', keys, quads, origin));

  std::vector<TermId> used;
  for (const graph::IdQuad& quad : quads) used.insert(used.end(), {quad.predicate, quad.object});
  SortUnique(used);
  std::vector<graph::Term> decoded;
  RETURN_IF_ERROR(snapshot.Decode(used, decoded));
  const auto term_of = [&](TermId id) -> const graph::Term& {
    return decoded[static_cast<size_t>(std::lower_bound(used.begin(), used.end(), id) - used.begin())];
  };

  std::vector<std::vector<graph::IdQuad>> by_key(keys.size());
  for (size_t i = 0; i < quads.size(); ++i) by_key[origin[i]].push_back(quads[i]);
  for (std::vector<graph::IdQuad>& group : by_key) std::sort(group.begin(), group.end());
  std::vector<Description> descriptions(terms.size());
  for (size_t i = 0; i < ids.size(); ++i) {
    if (!ids[i].is_bound()) continue;
    const auto key = static_cast<size_t>(std::lower_bound(keys.begin(), keys.end(), ids[i]) - keys.begin());
    for (const graph::IdQuad& quad : by_key[key]) {
      descriptions[i].push_back({term_of(quad.predicate), term_of(quad.object)});
    }
  }
  return descriptions;
}

const graph::Term* FindObject(const Description& description, std::string_view predicate) {
  for (const Property& property : description) {
    if (property.predicate.value() == predicate) return &property.object;
  }
  return nullptr;
}

absl::StatusOr<std::vector<graph::Term>> Column(const graph::Snapshot& snapshot, const graph::IdPattern& pattern, char column,
                                                size_t limit) {
  ASSIGN_OR_RETURN(const std::unique_ptr<graph::Cursor> cursor, snapshot.Scan(pattern, snapshot.BestOrder(pattern, column)));
  std::vector<TermId> ids;
  for (graph::IdBatch batch; ids.size() < limit;) {
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) break;
    const std::vector<TermId>& values = column == 's' ? batch.subject : column == 'p' ? batch.predicate : batch.object;
    ids.insert(ids.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(batch.size));
  }
  SortUnique(ids);
  if (ids.size() > limit) ids.resize(limit);
  std::vector<graph::Term> terms;
  RETURN_IF_ERROR(snapshot.Decode(ids, terms));
  return terms;
}

}  // namespace dossier::shell
