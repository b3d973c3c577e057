// What people have corrected about who is who, kept in the graph itself so that it survives forgetting and ingesting again.
//
//   ASSIGN_OR_RETURN(CorrectionReport report, MergeEntities(store, "urn:dossier:entity/Erdogan", "urn:dossier:entity/R._T._Erdogan"));
//   ASSIGN_OR_RETURN(report, SplitEntities(store, a, b));                // undoes that; two that were never one are told apart for good
//   ASSIGN_OR_RETURN(report, SplitDocuments(store, a, {document}));      // what those documents say of `a` is about another
//   ASSIGN_OR_RETURN(report, AddAliases(store, {{"Sultan", a}}));        // who is called so is `a`
//
// Corrections live in the named graph <urn:dossier:corrections> (docs/vocabulary.md "Corrections"): dos:mergedInto, owl:differentFrom,
// dos:splitFrom with dos:inDocument, dos:alias, and the statements that a merge rewrote as they were before, which is how it is undone.
// Each correction is one atomic commit; AddAliases is one for the names and one for each merge that they ask for. Errors: NotFound for entities the graph does not have, AlreadyExists for what is so already, those of
// the store.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "graph/base/strings.h"
#include "graph/store/store.h"

namespace dossier::ingest {

struct CorrectionReport {
  std::string entity;            // that results: the one kept, or the new one
  uint64_t removed = 0, inserted = 0;   // statements, all graphs
};

absl::StatusOr<CorrectionReport> MergeEntities(graph::Store& store, const std::string& keep, const std::string& other);
absl::StatusOr<CorrectionReport> SplitEntities(graph::Store& store, const std::string& a, const std::string& b);
absl::StatusOr<CorrectionReport> SplitDocuments(graph::Store& store, const std::string& entity,
                                                const std::vector<std::string>& documents);
// (name, entity IRI). What the graph has under the name is merged into the entity.
absl::StatusOr<CorrectionReport> AddAliases(graph::Store& store, const std::vector<std::pair<std::string, std::string>>& aliases);
// Lines "name TAB entity" of a user's file; the entity as a name, "ent:Name" or IRI; "#" begins a comment. InvalidArgument with the line.
absl::StatusOr<std::vector<std::pair<std::string, std::string>>> ParseAliases(std::string_view text);

// The corrections of a store, for the ingestion of a document. Plain value.
class Corrections {
 public:
  static absl::StatusOr<Corrections> Load(const graph::Snapshot& snapshot);

  bool empty() const { return merged_.empty() && split_.empty() && aliases_.empty() && different_.empty(); }
  bool IsMerged(std::string_view iri) const { return merged_.contains(iri); }
  // The entity that `iri` is now.
  std::string Resolve(std::string_view iri) const;
  // Who is called `name`, or "".
  std::string AliasTarget(std::string_view name) const;
  bool AreDifferent(const std::string& a, const std::string& b) const;
  // The quads of a document as they are with the corrections.
  void Apply(std::string_view document_iri, std::vector<graph::Quad>& quads) const;

 private:
  StringMap<std::string> merged_;                      // -> into whom, one step
  StringMap<std::vector<std::pair<std::string, std::string>>> split_;   // document -> (entity, the other one)
  StringMap<std::string> aliases_;                     // name key -> entity
  std::set<std::pair<std::string, std::string>> different_;   // smaller IRI first
};

namespace correction_detail {   // shared by corrections.cc and correct_store.cc
// `term` with the IRI `from` replaced by `to`, also inside triple terms.
graph::Term Replaced(const graph::Term& term, std::string_view from, std::string_view to);
// What a statement becomes when `from` is merged into `to`; empty: it goes. Statements without `from` come out as they are.
std::vector<graph::Quad> MergedQuad(const graph::Quad& quad, std::string_view from, std::string_view to);
bool Mentions(const graph::Quad& quad, std::string_view iri);
graph::Quad InCorrections(graph::Quad quad);
}  // namespace correction_detail

}  // namespace dossier::ingest
