// Casts by the functions named xsd:... (SPARQL 1.1 §17.5, XPath F&O 3.1 §19). Internal to query/expr.
#pragma once

#include <string_view>

#include "query/expr/operand.h"

namespace dossier::query {

// True for xsd:string and the datatypes of graph/value.
bool IsCast(std::string_view function_iri);
// Leaves `out` an error when the cast fails. Precondition: IsCast(datatype), !x.is_error().
void CastTo(std::string_view datatype, const Operand& x, Operand& out);

}  // namespace dossier::query
