// What people call the things of the graph: labels rather than IRIs.
//
//   Labels labels(snapshot);
//   RETURN_IF_ERROR(labels.Load(terms));          // one batch
//   labels.Of(term)                               // "Zakir Hasanov", "accuse of", "(someone)", "42", "schema:Person"
//
// Labels are Printable() when they come out of Of(). Not thread-safe; borrows the snapshot.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "graph/store/store.h"

namespace dossier::shell {

class Labels {
 public:
  explicit Labels(const graph::Snapshot& snapshot) : snapshot_(snapshot) {}

  // Fetches the labels of those IRIs and blank nodes (also inside triple terms) that are not known yet.
  absl::Status Load(absl::Span<const graph::Term> terms);

  // The label, else what the term itself says: a literal's lexical form, the local name of an IRI of ours, a prefixed name.
  std::string Of(const graph::Term& term) const;
  // True for the blank node that stands for whoever the text leaves out.
  bool IsUnspecified(const graph::Term& term) const;

 private:
  void Collect(const graph::Term& term, std::vector<graph::Term>& missing) const;

  const graph::Snapshot& snapshot_;
  absl::flat_hash_map<graph::Term, std::string> labels_;   // only terms that have one
  absl::flat_hash_map<graph::Term, bool> known_;           // -> is unspecified
};

// "rel:accuse_of" where a default prefix fits and the rest needs no escapes, else "<urn:...>": as SPARQL reads it.
std::string ShortIri(std::string_view iri);
// "accuse of": the part after the namespace, with spaces for underscores and percent escapes decoded.
std::string LocalLabel(std::string_view iri);

}  // namespace dossier::shell
