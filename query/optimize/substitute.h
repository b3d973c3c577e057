// Replaces variables of a pattern by terms: substitute(pattern, mu) of SPARQL 1.1 §18.6, which EXISTS is
// defined by.
//
//   NodePtr inner = Substitute(pattern, {{v, Term::Iri("urn:a")}});
//
// Variables that the pattern itself assigns (BIND, VALUES, aggregates, AS) keep their assignment; the caller
// compares them afterwards: AssignedVariables(). Pure functions.
#pragma once

#include "absl/container/flat_hash_map.h"
#include "query/optimize/variables.h"

namespace dossier::query::algebra {

using Bindings = absl::flat_hash_map<VarId, graph::Term>;

NodePtr Substitute(const Node& node, const Bindings& bindings);
VarSet AssignedVariables(const Node& node);

}  // namespace dossier::query::algebra
