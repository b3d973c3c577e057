// Values of XSD datatypes: what literals mean, compared and calculated with as XPath F&O 3.1 and SPARQL 1.1
// §17.3 say.
//
//   Value v = ParseValue(term);
//   std::optional<Value> sum = Add(v, Value::Integer(1));
//   Term t = sum->ToTerm();
//
// A value of type kNone stands for no literal, a string, an unknown datatype or an ill-typed literal. Operators
// give nothing for a type error, a division by zero and results beyond the limits.
// Strings and language-tagged strings are not parsed: they are their lexical forms and are handled as terms.
// Types derived from xsd:integer are checked against their range and become integers. Values; pure functions;
// thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "graph/model/term.h"
#include "graph/value/decimal.h"
#include "graph/value/duration.h"
#include "graph/value/temporal.h"

namespace dossier::graph {

enum class ValueType : uint8_t {
  kNone,
  kBoolean,
  kInteger,
  kDecimal,
  kFloat,
  kDouble,
  kDateTime,
  kDate,
  kTime,
  kGYearMonth,
  kGYear,
  kGMonthDay,
  kGDay,
  kGMonth,  // in the order of TemporalKind
  kDuration,
  kYearMonthDuration,
  kDayTimeDuration,  // in the order of DurationKind
};

class Value {
 public:
  Value() = default;  // kNone
  static Value Boolean(bool b) { return Value(ValueType::kBoolean, b); }
  static Value Integer(int64_t i) { return Value(ValueType::kInteger, graph::Decimal(i)); }
  static Value Integer(const graph::Decimal& i) {
    return Value(ValueType::kInteger, i);
  }  // precondition: i.is_integer()
  static Value Decimal(const graph::Decimal& d) { return Value(ValueType::kDecimal, d); }
  static Value Float(float f) { return Value(ValueType::kFloat, double{f}); }
  static Value Double(double d) { return Value(ValueType::kDouble, d); }
  static Value Of(const Temporal& t);
  static Value Of(const Duration& d, DurationKind kind);

  ValueType type() const { return type_; }
  bool has_value() const { return type_ != ValueType::kNone; }
  bool is_numeric() const { return type_ >= ValueType::kInteger && type_ <= ValueType::kDouble; }
  bool is_exact() const { return type_ == ValueType::kInteger || type_ == ValueType::kDecimal; }
  bool is_temporal() const { return type_ >= ValueType::kDateTime && type_ <= ValueType::kGMonth; }
  bool is_duration() const { return type_ >= ValueType::kDuration; }

  // Preconditions: the value is of that type (exact numbers; float and double; ...).
  bool boolean() const { return std::get<bool>(data_); }
  const graph::Decimal& exact() const { return std::get<graph::Decimal>(data_); }
  double floating() const { return std::get<double>(data_); }
  const Temporal& temporal() const { return std::get<Temporal>(data_); }
  const Duration& duration() const { return std::get<Duration>(data_); }
  DurationKind duration_kind() const;
  // Any number as a double.
  double ToDouble() const;

  // Canonical lexical form. Precondition: has_value().
  std::string Lexical() const;
  // The form fn:string() and casts to xsd:string give: as Lexical(), but moderate floats and doubles without
  // exponent.
  std::string StringForm() const;
  // The canonical literal. Precondition: has_value().
  Term ToTerm() const;

 private:
  using Data = std::variant<std::monostate, bool, double, graph::Decimal, Temporal, Duration>;
  template <typename T>
  Value(ValueType type, const T& data) : type_(type), data_(data) {}
  ValueType type_ = ValueType::kNone;
  Data data_;
};

// The type whose values literals of `datatype` have (kInteger for xsd:byte); kNone for strings and datatypes
// that are not known.
ValueType TypeOfDatatype(std::string_view datatype);
// The IRI of a type that is not kNone.
std::string_view DatatypeOf(ValueType type);

Value ParseValue(const Term& term);
// `lexical` as a value of `datatype`; kNone when it is not in the lexical space. Leading and trailing white
// space is not accepted.
Value ParseLexical(std::string_view lexical, std::string_view datatype);

// Operators. Numbers are promoted integer -> decimal -> float -> double; integer / integer is a decimal. Also
// dates, times and durations.
std::optional<Value> Add(const Value& a, const Value& b);
std::optional<Value> Subtract(const Value& a, const Value& b);
std::optional<Value> Multiply(const Value& a, const Value& b);
std::optional<Value> Divide(const Value& a, const Value& b);
std::optional<Value> Negate(const Value& a);

enum class Rounding : uint8_t { kAbs, kRound, kCeil, kFloor };
// Nothing when not numeric. The type stays.
std::optional<Value> Round(const Value& a, Rounding how);

// `unordered` for NaN; nothing when the two are not comparable or the order is indeterminate. Durations of
// different types compare.
std::optional<std::partial_ordering> Compare(const Value& a, const Value& b);
// By exact value without promotion, so that it is transitive; NaN before all others. Precondition: both
// numeric.
std::strong_ordering CompareExactly(const Value& a, const Value& b);

// XPath casts (F&O 3.1 §19) between values; from strings use ParseLexical(). Nothing when the cast fails.
std::optional<Value> Cast(const Value& value, ValueType target);

}  // namespace dossier::graph
