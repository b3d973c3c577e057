#include "query/expr/casts.h"

namespace dossier::query {
namespace {

using graph::Term;
using graph::Value;
using graph::ValueType;

std::string_view Trimmed(std::string_view s) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t first = s.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(kSpace) - first + 1);
}

// Also the lexical form of literals whose value is not known, as STR() gives it.
void CastToString(const Operand& x, Operand& out) {
  if (x.is_iri()) return out.SetString(x.term().value());
  if (!x.is_literal()) return;
  if (!x.is_string() && x.value().has_value()) return out.SetString(x.value().StringForm());
  out.SetString(x.term().value());
}

}  // namespace

bool IsCast(std::string_view iri) {
  return iri == graph::xsd::kString || graph::TypeOfDatatype(iri) != ValueType::kNone;
}

void CastTo(std::string_view datatype, const Operand& x, Operand& out) {
  if (datatype == graph::xsd::kString) return CastToString(x, out);
  if (!x.is_literal() || x.is_tagged()) return;
  const ValueType type = graph::TypeOfDatatype(datatype);
  std::optional<Value> value;
  if (x.is_simple()) {
    value = graph::ParseLexical(Trimmed(x.text()), datatype);
  } else {
    value = Cast(x.value(), type);
  }
  if (!value.has_value() || !value->has_value()) return;
  if (datatype == graph::DatatypeOf(type)) return out.SetValue(*std::move(value));
  // A derived type (xsd:byte): the value must be in its range, and the literal has that datatype.
  std::string lexical = value->Lexical();
  if (!graph::ParseLexical(lexical, datatype).has_value()) return;
  out.SetTerm(Term::Literal(std::move(lexical), std::string(datatype)));
}

}  // namespace dossier::query
