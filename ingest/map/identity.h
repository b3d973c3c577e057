// Which entities of a document the store already knows: a name met again is the same node.
//
//   RETURN_IF_ERROR(ReuseKnownEntities(analysis.entities, *store.GetSnapshot(), corrections, analysis.iris));
//
// Countries and other known entities keep their IRI. For another named entity: the node with its own IRI,
// unless that is something of another kind (then the newcomer's IRI gets its kind behind it); else the one
// node of a compatible kind that bears its name (rdfs:label, skos:altLabel or folded as dos:nameKey); with
// two or more such nodes the name is ambiguous and the newcomer stays a node of its own. A person's surname
// alone finds the person only when no other person bears it. Deterministic for a given state of the store. An
// entity found under another label takes that label as its name and keeps its own as an alias: a node has one
// rdfs:label. Where several nodes fit, the one that shares a title or an affiliation with the newcomer is it. What people have corrected
// (corrections.h) comes first: a name that is somebody's alias is that entity, a node that was merged keeps its own IRI here
// (Corrections::Apply leads it on), nodes told apart are never taken for each other. Errors are the store's. Thread-safe.
#pragma once

#include "graph/store/store.h"
#include "ingest/fact/fact.h"
#include "ingest/map/corrections.h"

namespace dossier::ingest {

absl::Status ReuseKnownEntities(EntityTable& entities, const graph::Snapshot& snapshot, const Corrections& corrections, EntityIris& iris);

// "Recep Tayyip Erdoğan" and "Recep Erdogan" may be one man; "Adam Smith" and "John Smith" not.
bool SamePersonPossible(std::string_view a, std::string_view b);

}  // namespace dossier::ingest
