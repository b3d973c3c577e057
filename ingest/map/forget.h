// Takes a document out of the graph again: its evidence, itself, and what nothing else supports.
//
//   ASSIGN_OR_RETURN(std::string document, FindDocument(*store->GetSnapshot(), "4f1c2a"));
//   ASSIGN_OR_RETURN(ForgetReport report, ForgetDocument(*store, document));        // one atomic commit
//
// Gone afterwards, all in the default graph (docs/vocabulary.md names the terms):
//   1. the document's node, its sentences, its ingestion activity, and every reifier that is derived from its sentences only;
//   2. the facts these reifiers asserted (no dos:polarity, no dos:modality), unless another reifier still asserts the same triple;
//      likewise schema:affiliation, which the dos:titleOf of a title's reifier supports;
//   3. the descriptions (class, labels, name keys, gender; lemma and synonyms) of entities and relations that the document spoke of and
//      nothing speaks of any more: no statement but these, no remaining reifier's triple.
//   4. the times (OWL-Time intervals and days) that nothing else has, and what the graph of corrections saved of the document's statements.
// Corrections (corrections.h) stay: who was merged stays merged when the text comes again.
// A reifier that is derived from another document's sentence too loses its link to this one and stays. What others say about the document
// or its sentences stays. An entity that another document mentions keeps all its names, whichever document they came from. Forgetting and
// ingesting the same text again gives the same graph. A fact that was also stated without evidence cannot be told from one that was
// not, and goes.
//
// The dictionary of the store keeps the terms (and so the words of the sentences) until the database is dumped and loaded anew.
// Cost: the document's quads, and one pass over the reified triples of the store for point 3. Errors: NotFound and InvalidArgument for
// the name, else the store's. Thread-safe as the store is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/store/store.h"

namespace dossier::ingest {

struct ForgetReport {
  uint64_t sentences = 0;
  uint64_t reifiers = 0;
  uint64_t facts = 0;     // asserted triples removed
  uint64_t entities = 0;  // entities and relations whose descriptions were removed
  uint64_t quads = 0;     // all quads removed
};

// The IRI of the document that `name` stands for: its IRI, `doc:` and the hash, the hash, or a beginning of the hash (at least 4 digits)
// that no other document shares. NotFound, or InvalidArgument when several documents begin so.
absl::StatusOr<std::string> FindDocument(const graph::Snapshot& snapshot, std::string_view name);

absl::StatusOr<ForgetReport> ForgetDocument(graph::Store& store, std::string_view document_iri);

}  // namespace dossier::ingest
