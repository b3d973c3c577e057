#include "graph/value/value.h"

#include <array>
#include <cmath>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "graph/value/float_text.h"

namespace dossier::graph {
namespace {

struct Datatype {
  std::string_view name;  // in the XSD namespace
  ValueType type;
  // Bounds of the types derived from xsd:integer; empty: none.
  std::string_view min = {}, max = {};
};

constexpr std::array kDatatypes = {
    Datatype{"integer", ValueType::kInteger},
    Datatype{"decimal", ValueType::kDecimal},
    Datatype{"double", ValueType::kDouble},
    Datatype{"boolean", ValueType::kBoolean},
    Datatype{"dateTime", ValueType::kDateTime},
    Datatype{"date", ValueType::kDate},
    Datatype{"float", ValueType::kFloat},
    Datatype{"int", ValueType::kInteger, "-2147483648", "2147483647"},
    Datatype{"long", ValueType::kInteger, "-9223372036854775808", "9223372036854775807"},
    Datatype{"short", ValueType::kInteger, "-32768", "32767"},
    Datatype{"byte", ValueType::kInteger, "-128", "127"},
    Datatype{"nonNegativeInteger", ValueType::kInteger, "0", ""},
    Datatype{"positiveInteger", ValueType::kInteger, "1", ""},
    Datatype{"nonPositiveInteger", ValueType::kInteger, "", "0"},
    Datatype{"negativeInteger", ValueType::kInteger, "", "-1"},
    Datatype{"unsignedLong", ValueType::kInteger, "0", "18446744073709551615"},
    Datatype{"unsignedInt", ValueType::kInteger, "0", "4294967295"},
    Datatype{"unsignedShort", ValueType::kInteger, "0", "65535"},
    Datatype{"unsignedByte", ValueType::kInteger, "0", "255"},
    Datatype{"time", ValueType::kTime},
    Datatype{"gYearMonth", ValueType::kGYearMonth},
    Datatype{"gYear", ValueType::kGYear},
    Datatype{"gMonthDay", ValueType::kGMonthDay},
    Datatype{"gDay", ValueType::kGDay},
    Datatype{"gMonth", ValueType::kGMonth},
    Datatype{"duration", ValueType::kDuration},
    Datatype{"yearMonthDuration", ValueType::kYearMonthDuration},
    Datatype{"dayTimeDuration", ValueType::kDayTimeDuration},
    Datatype{"dateTimeStamp", ValueType::kDateTime},
};

const Datatype* FindDatatype(std::string_view iri) {
  if (!iri.starts_with(xsd::kNs)) return nullptr;
  iri.remove_prefix(xsd::kNs.size());
  for (const Datatype& d : kDatatypes) {
    if (d.name == iri) return &d;
  }
  return nullptr;
}

TemporalKind TemporalKindOf(ValueType type) {
  return static_cast<TemporalKind>(static_cast<int>(type) - static_cast<int>(ValueType::kDateTime));
}
DurationKind DurationKindOf(ValueType type) {
  return static_cast<DurationKind>(static_cast<int>(type) - static_cast<int>(ValueType::kDuration));
}

Value ParseInteger(std::string_view lexical, const Datatype& datatype) {
  const std::optional<Decimal> number = Decimal::ParseInteger(lexical);
  if (!number.has_value()) return {};
  if (!datatype.min.empty() && *number < *Decimal::Parse(datatype.min)) return {};
  if (!datatype.max.empty() && *number > *Decimal::Parse(datatype.max)) return {};
  return Value::Integer(*number);
}

Value ParseAs(std::string_view lexical, const Datatype& datatype) {
  switch (datatype.type) {
    case ValueType::kNone:
      return {};
    case ValueType::kBoolean:
      if (lexical == "true" || lexical == "1") return Value::Boolean(true);
      if (lexical == "false" || lexical == "0") return Value::Boolean(false);
      return {};
    case ValueType::kInteger:
      return ParseInteger(lexical, datatype);
    case ValueType::kDecimal: {
      const std::optional<Decimal> d = Decimal::Parse(lexical);
      return d.has_value() ? Value::Decimal(*d) : Value();
    }
    case ValueType::kFloat: {
      const std::optional<float> f = ParseFloat(lexical);
      return f.has_value() ? Value::Float(*f) : Value();
    }
    case ValueType::kDouble: {
      const std::optional<double> d = ParseDouble(lexical);
      return d.has_value() ? Value::Double(*d) : Value();
    }
    case ValueType::kDuration:
    case ValueType::kYearMonthDuration:
    case ValueType::kDayTimeDuration: {
      const DurationKind kind = DurationKindOf(datatype.type);
      const std::optional<Duration> d = ParseDuration(lexical, kind);
      return d.has_value() ? Value::Of(*d, kind) : Value();
    }
    default:
      break;
  }
  const std::optional<Temporal> t = ParseTemporal(lexical, TemporalKindOf(datatype.type));
  if (!t.has_value() || (datatype.name == "dateTimeStamp" && !t->has_timezone())) return {};
  return Value::Of(*t);
}

}  // namespace

Value Value::Of(const Temporal& t) {
  return Value(static_cast<ValueType>(static_cast<int>(ValueType::kDateTime) + static_cast<int>(t.kind)), t);
}

Value Value::Of(const Duration& d, DurationKind kind) {
  return Value(static_cast<ValueType>(static_cast<int>(ValueType::kDuration) + static_cast<int>(kind)), d);
}

DurationKind Value::duration_kind() const { return DurationKindOf(type_); }

double Value::ToDouble() const { return is_exact() ? exact().ToDouble() : floating(); }

std::string Value::Lexical() const {
  switch (type_) {
    case ValueType::kNone:
      return "";
    case ValueType::kBoolean:
      return boolean() ? "true" : "false";
    case ValueType::kInteger:
    case ValueType::kDecimal:
      return exact().ToString();
    case ValueType::kFloat:
      return CanonicalFloat(static_cast<float>(floating()));
    case ValueType::kDouble:
      return CanonicalDouble(floating());
    default:
      break;
  }
  return is_duration() ? ToString(duration(), duration_kind()) : ToString(temporal());
}

std::string Value::StringForm() const {
  if (type_ != ValueType::kFloat && type_ != ValueType::kDouble) return Lexical();
  const double magnitude = std::fabs(floating());
  if (magnitude == 0) return std::signbit(floating()) ? "-0" : "0";
  if (!(magnitude >= 1e-6 && magnitude < 1e6)) return Lexical();
  const std::optional<graph::Decimal> plain = type_ == ValueType::kFloat
                                                  ? Decimal::FromFloat(static_cast<float>(floating()))
                                                  : Decimal::FromDouble(floating());
  return plain.has_value() ? plain->ToString() : Lexical();
}

Term Value::ToTerm() const { return Term::Literal(Lexical(), std::string(DatatypeOf(type_))); }

ValueType TypeOfDatatype(std::string_view datatype) {
  const Datatype* found = FindDatatype(datatype);
  return found == nullptr ? ValueType::kNone : found->type;
}

std::string_view DatatypeOf(ValueType type) {
  switch (type) {
    case ValueType::kNone:
      return "";
    case ValueType::kBoolean:
      return xsd::kBoolean;
    case ValueType::kInteger:
      return xsd::kInteger;
    case ValueType::kDecimal:
      return xsd::kDecimal;
    case ValueType::kFloat:
      return xsd::kFloat;
    case ValueType::kDouble:
      return xsd::kDouble;
    case ValueType::kDateTime:
      return xsd::kDateTime;
    case ValueType::kDate:
      return xsd::kDate;
    case ValueType::kTime:
      return xsd::kTime;
    case ValueType::kGYearMonth:
      return xsd::kGYearMonth;
    case ValueType::kGYear:
      return xsd::kGYear;
    case ValueType::kGMonthDay:
      return "http://www.w3.org/2001/XMLSchema#gMonthDay";
    case ValueType::kGDay:
      return "http://www.w3.org/2001/XMLSchema#gDay";
    case ValueType::kGMonth:
      return "http://www.w3.org/2001/XMLSchema#gMonth";
    case ValueType::kDuration:
      return "http://www.w3.org/2001/XMLSchema#duration";
    case ValueType::kYearMonthDuration:
      return "http://www.w3.org/2001/XMLSchema#yearMonthDuration";
    case ValueType::kDayTimeDuration:
      return xsd::kDayTimeDuration;
  }
  return "";
}

Value ParseLexical(std::string_view lexical, std::string_view datatype) {
  const Datatype* found = FindDatatype(datatype);
  return found == nullptr ? Value() : ParseAs(lexical, *found);
}

Value ParseValue(const Term& term) {
  if (!term.is_literal() || !term.language().empty()) return {};
  return ParseLexical(term.value(), term.datatype());
}

}  // namespace dossier::graph
