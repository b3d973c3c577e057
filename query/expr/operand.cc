#include "query/expr/operand.h"

#include "graph/model/inline_value.h"

namespace dossier::query {
namespace {

using graph::TermId;
constexpr int64_t kIntegerBias = int64_t{1} << 59;  // term_id.h

// The inlined id of a number, if it has one.
std::optional<TermId> IdOfNumber(const graph::Value& value) {
  if (value.type() == graph::ValueType::kDouble) return graph::IdOfDouble(value.floating());
  if (!value.is_exact()) return std::nullopt;
  const std::optional<graph::Decimal::Parts> parts = value.exact().SmallParts();
  if (!parts.has_value()) return std::nullopt;
  if (value.type() == graph::ValueType::kDecimal)
    return graph::IdOfDecimal({parts->coefficient, parts->scale});
  const TermId id = IntegerId(parts->coefficient);
  return id.is_bound() ? std::optional(id) : std::nullopt;
}

}  // namespace

TermId IntegerId(int64_t number) {
  if (number < -kIntegerBias || number >= kIntegerBias) return TermId::Unbound();
  return TermId(TermId::Tag::kInteger, static_cast<uint64_t>(number + kIntegerBias));
}

int64_t IntegerOfId(TermId id) { return static_cast<int64_t>(id.payload()) - kIntegerBias; }

bool Operand::SetInlined(TermId id) {
  if (id.tag() == TermId::Tag::kInteger) {
    SetValue(graph::Value::Integer(IntegerOfId(id)), id);
    return true;
  }
  if (id.tag() == TermId::Tag::kBoolean) {
    SetValue(graph::Value::Boolean(id.payload() != 0), id);
    return true;
  }
  if (const std::optional<double> number = graph::DoubleOfId(id)) {
    SetValue(graph::Value::Double(*number), id);
    return true;
  }
  if (const std::optional<graph::InlinedDecimal> number = graph::DecimalOfId(id)) {
    SetValue(graph::Value::Decimal(graph::Decimal::FromParts(number->mantissa, number->scale)), id);
    return true;
  }
  std::optional<graph::Term> term = graph::InlineTerm(id);
  if (!term.has_value()) return false;
  SetTerm(id, *std::move(term));
  return true;
}

void Operand::MakeTerm() const {
  term_ = value_.ToTerm();
  has_term_ = true;
}

void Operand::MakeValue() const {
  value_ = graph::ParseValue(term_);
  has_value_ = true;
}

absl::StatusOr<TermId> IdOf(const Operand& operand, Vocabulary& vocabulary) {
  if (operand.is_error()) return TermId::Unbound();
  if (operand.id().is_bound()) return operand.id();
  if (operand.only_value()) {
    const std::optional<TermId> id = IdOfNumber(operand.value());
    if (id.has_value()) return *id;
  }
  return vocabulary.Intern(operand.term());
}

}  // namespace dossier::query
