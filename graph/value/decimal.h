// Exact decimal numbers of any size: xsd:integer and xsd:decimal (XSD 1.1 Part 2 §3.3.3).
//
//   std::optional<Decimal> a = Decimal::Parse("12.50");   // nothing when the lexical form is invalid
//   std::optional<Decimal> q = Divide(*a, Decimal(3));    // nothing: by zero, or the result is too large
//   q->ToString()                                         // "4.166666666666666667": canonical
//
// A value is coefficient x 10^-scale with the coefficient in 128 bits where it fits, else in a shared
// immutable big integer. Numbers of more than kMaxDigits digits are refused (no value), so that no input
// takes memory or time without bound. Values; thread-compatible.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::graph {

__extension__ typedef __int128 Int128;

class Decimal {
 public:
  static constexpr int kMaxDigits = 4000;
  static constexpr int kDivisionDigits =
      18;  // fraction digits, and significant digits, that a quotient has at least

  Decimal() = default;  // 0
  explicit Decimal(int64_t integer) : small_(integer) {}
  // coefficient x 10^-scale; 0 <= scale <= 30.
  static Decimal FromParts(Int128 coefficient, int scale);

  // [+-]? ( digits ( '.' digits? )? | '.' digits )
  static std::optional<Decimal> Parse(std::string_view lexical);
  // [+-]? digits
  static std::optional<Decimal> ParseInteger(std::string_view lexical);
  // The decimal of the shortest text that reads back as `number` (1.1 gives 1.1); nothing for infinities and
  // NaN.
  static std::optional<Decimal> FromDouble(double number);
  static std::optional<Decimal> FromFloat(float number);
  // Exactly the number that the bits stand for.
  static std::optional<Decimal> FromDoubleExact(double number);

  // Canonical form of XSD 1.1: "-12.5", "3" (no point for whole numbers), "0".
  std::string ToString() const;
  double ToDouble() const;                 // nearest
  float ToFloat() const;                   // nearest
  std::optional<int64_t> ToInt64() const;  // nothing when it is no integer of that range
  bool is_integer() const { return scale_ == 0; }
  int sign() const;
  // coefficient x 10^-scale with no trailing zeros in the fraction; nothing when the coefficient needs more
  // than 64 bits.
  struct Parts {
    int64_t coefficient;
    int scale;
  };
  std::optional<Parts> SmallParts() const;

  friend std::optional<Decimal> Add(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> Divide(const Decimal& a, const Decimal& b);
  Decimal Negated() const;
  Decimal Floor() const;
  Decimal Ceiling() const;
  Decimal Truncated() const;
  Decimal Rounded() const;  // half towards positive infinity, as fn:round

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  struct Big;
  friend struct BigOps;
  std::shared_ptr<const Big> big_;  // the coefficient when it does not fit `small_`
  Int128 small_ = 0;
  int32_t scale_ = 0;
};

std::optional<Decimal> Add(const Decimal& a, const Decimal& b);
std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b);
std::optional<Decimal> Divide(const Decimal& a, const Decimal& b);

}  // namespace dossier::graph
