#include "graph/canon/sorted_dump.h"

#include <string>

#include "graph/canon/external_sort.h"
#include "graph/canon/quad_reader.h"
#include "graph/io/rdf.h"

namespace dossier::graph {
namespace {

constexpr size_t kChunk = 64 << 10;

// Writes the names of CanonicalLabels into the terms of a quad.
class Renamer {
 public:
  Renamer(const Snapshot& snapshot, const CanonicalLabels& labels) : snapshot_(snapshot), labels_(labels) {}

  absl::StatusOr<Quad> Rename(const IdQuad& ids, const Quad& quad) const {
    absl::Status status;
    const auto name = [&](const std::string& label) -> std::string {
      const auto id = snapshot_.Find(Term::BlankNode(label));
      if (id.ok()) return labels_.Of(*id);
      status = id.status();
      return "";
    };
    Quad renamed = quad;
    if (ids.subject.is_blank()) renamed.subject = Term::BlankNode(labels_.Of(ids.subject));
    if (ids.object.is_blank()) renamed.object = Term::BlankNode(labels_.Of(ids.object));
    if (ids.graph.is_blank()) renamed.graph = Term::BlankNode(labels_.Of(ids.graph));
    if (quad.object.is_triple() && labels_.size() > 0) renamed.object = WithBlankNodes(quad.object, name);
    if (!status.ok()) return status;
    return renamed;
  }

 private:
  const Snapshot& snapshot_;
  const CanonicalLabels& labels_;
};

}  // namespace

absl::Status SortedDump(const Snapshot& snapshot, const CanonicalOptions& options,
                        const std::function<absl::Status(std::string_view)>& sink) {
  ASSIGN_OR_RETURN(const CanonicalLabels labels, CanonicalLabels::Compute(snapshot, options));
  const Renamer renamer(snapshot, labels);
  ExternalSort sort({options.sort_memory_bytes, options.temporary_directory});
  IdPattern everything;
  everything.graphs = IdPattern::Graphs::kAny;
  std::string line;
  const absl::Status read = EachQuad(snapshot, everything, Order::kSpo, options.cancelled, [&](const IdQuad& ids, const Quad& quad) -> absl::Status {
    ASSIGN_OR_RETURN(const Quad renamed, renamer.Rename(ids, quad));
    line.clear();
    AppendNQuad(renamed, line);
    return sort.Add(line);
  });
  RETURN_IF_ERROR(read);
  std::string chunk;
  const absl::Status written = sort.Finish([&](std::string_view sorted) -> absl::Status {
    if (options.cancelled != nullptr && options.cancelled->load()) return Cancelled("interrupted");
    chunk += sorted;
    if (chunk.size() < kChunk) return absl::OkStatus();
    RETURN_IF_ERROR(sink(chunk));
    chunk.clear();
    return absl::OkStatus();
  });
  RETURN_IF_ERROR(written);
  return sink(chunk);
}

}  // namespace dossier::graph
