#include "query/expr/operand.h"

#include "graph/model/inline_value.h"

namespace dossier::query {
namespace {

using graph::TermId;
constexpr int64_t kIntegerBias = int64_t{1} << 59;  // term_id.h

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
  if (operand.only_value() && operand.value().type() == graph::ValueType::kInteger) {
    const std::optional<int64_t> number = operand.value().exact().ToInt64();
    if (number.has_value()) {
      const TermId id = IntegerId(*number);
      if (id.is_bound()) return id;
    }
  }
  return vocabulary.Intern(operand.term());
}

}  // namespace dossier::query
