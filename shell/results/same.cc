#include "shell/results/same.h"

#include <cstdio>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/corrections.h"
#include "ingest/map/iris.h"
#include "ingest/map/same_candidates.h"
#include "ingest/map/scan.h"
#include "shell/evidence/labels.h"
#include "shell/question/graph_knowledge.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxPairs = 200;

}  // namespace

absl::StatusOr<std::string> EntityOf(const graph::Snapshot& snapshot, std::string_view name) {
  const std::string iri = ingest::EntityIriOf(name);
  bool there = false;
  RETURN_IF_ERROR(ingest::ForEachMatch(snapshot, iri, graph::rdf::kType, "", [&](const graph::Quad&) { there = true; }));
  if (there) return iri;
  ASSIGN_OR_RETURN(const ingest::Corrections corrections, ingest::Corrections::Load(snapshot));
  if (corrections.IsMerged(iri)) return iri;
  ASSIGN_OR_RETURN(const GraphKnowledge knowledge, GraphKnowledge::Load(snapshot));
  ASSIGN_OR_RETURN(const std::vector<std::string> found, knowledge.EntitiesNamed(name));
  if (found.size() == 1) return found.front();
  ASSIGN_OR_RETURN(const std::vector<std::string> near, knowledge.NamesNear(name));
  const std::vector<std::string>& shown = found.empty() ? near : found;
  std::string list;
  for (const std::string& entry : shown) Append(list, list.empty() ? "" : ", ", found.empty() ? entry : ShortIri(entry));
  if (found.empty()) return NotFound(Cat("nothing in the database is called \"", name, "\"", list.empty() ? "" : "; there is: ", list));
  return InvalidArgument(Cat("several entities are called \"", name, "\": ", list, "; name one by its IRI"));
}

absl::StatusOr<std::string> RenderSame(const graph::Snapshot& snapshot, const TableOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<ingest::SameCandidate> pairs, ingest::FindSameCandidates(snapshot, kMaxPairs));
  if (pairs.empty()) return std::string("No two entities look like one.\n");
  Table table;
  table.columns = {{"#", Align::kRight}, {"entity", Align::kLeft}, {"entity", Align::kLeft}, {"why", Align::kLeft}, {"score", Align::kRight}};
  for (size_t i = 0; i < pairs.size(); ++i) {
    char score[16];
    std::snprintf(score, sizeof score, "%.2f", pairs[i].score);
    TableRow row;
    for (const std::string& cell : {Cat(i + 1), ShortIri(pairs[i].a), ShortIri(pairs[i].b), pairs[i].reason, std::string(score)}) {
      row.cells.push_back(Plain(Printable(cell)));
    }
    table.rows.push_back(std::move(row));
  }
  return RenderTable(table, options) + "dossier merge DB A B makes two of them one; dossier split DB A B tells them apart for good.\n";
}

}  // namespace dossier::shell
