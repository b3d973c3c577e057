// Equality, order and effective boolean value of operands: SPARQL 1.1 §17.2.2, §17.3, §17.4.1.7, and
// SPARQL 1.2 for triple terms.
//
// Three-valued: kError is a type error. Internal to query/expr.
#pragma once

#include <compare>
#include <optional>

#include "query/expr/operand.h"

namespace dossier::query {

enum class Truth : uint8_t { kFalse, kTrue, kError };
inline Truth TruthOf(bool b) { return b ? Truth::kTrue : Truth::kFalse; }
inline Truth Not(Truth t) { return t == Truth::kError ? t : TruthOf(t == Truth::kFalse); }

// SPARQL 1.2 §17.2.2: also for language-tagged and ill-typed literals, dates, ... an error.
Truth EffectiveBooleanValue(const Operand& operand);

// a = b. By ids alone where they decide it, nothing otherwise.
std::optional<bool> EqualIds(graph::TermId a, graph::TermId b);
Truth Equal(const Operand& a, const Operand& b);
// sameTerm(a, b); neither is an error.
bool SameTerm(const Operand& a, const Operand& b);

// a <=> b for the operators <, >, <=, >=: nothing for a type error, `unordered` for NaN.
std::optional<std::partial_ordering> Order(const Operand& a, const Operand& b);

}  // namespace dossier::query
