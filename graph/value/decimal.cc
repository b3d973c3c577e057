#include "graph/value/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "boost/multiprecision/cpp_int.hpp"

namespace dossier::graph {

using boost::multiprecision::cpp_int;

struct Decimal::Big {
  cpp_int coefficient;
};

// The way between Decimal and big integers.
struct BigOps {
  static cpp_int Coefficient(const Decimal& d) {
    return d.big_ != nullptr ? d.big_->coefficient : cpp_int(d.small_);
  }
  // Normalised; nothing when it has too many digits.
  static std::optional<Decimal> Make(cpp_int coefficient, int scale);
  static Decimal MakeSmall(Int128 coefficient, int scale);
  // Rounds to an integer: -1 down, 0 towards zero, 1 up.
  static Decimal ToInteger(const Decimal& d, int direction);
};

namespace {

constexpr int kSmallPowers = 38;  // 10^38 < 2^127

constexpr std::array<Int128, kSmallPowers + 1> MakePowers() {
  std::array<Int128, kSmallPowers + 1> powers{};
  powers[0] = 1;
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr auto kPowers = MakePowers();
constexpr Int128 kInt128Max = ((Int128{1} << 126) - 1) * 2 + 1;

cpp_int BigPower(int exponent) {
  if (exponent <= kSmallPowers) return cpp_int(kPowers[static_cast<size_t>(exponent)]);
  return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent));
}

bool ScaleUp(Int128& number, int by) {
  if (by > kSmallPowers) return number == 0;
  return !__builtin_mul_overflow(number, kPowers[static_cast<size_t>(by)], &number);
}

// At least the number of decimal digits, at most one more.
int DigitsBound(const cpp_int& number) {
  if (number == 0) return 1;
  const auto bits = static_cast<double>(msb(abs(number)) + 1);
  return static_cast<int>(bits * 0.30103) + 1;
}

int Digits(const cpp_int& number) {
  const int bound = DigitsBound(number);
  return abs(number) < BigPower(bound - 1) ? bound - 1 : bound;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Decimal BigOps::MakeSmall(Int128 coefficient, int scale) {
  if (coefficient < -kInt128Max) {  // the one number whose negation does not fit; it does not end in 0
    Decimal result;
    result.big_ = std::make_shared<const Decimal::Big>(Decimal::Big{cpp_int(coefficient)});
    result.scale_ = scale;
    return result;
  }
  if (coefficient >= INT64_MIN && coefficient <= INT64_MAX) {  // 64-bit division is several times faster
    auto narrow = static_cast<int64_t>(coefficient);
    for (; scale > 0 && narrow % 10 == 0; --scale) narrow /= 10;
    coefficient = narrow;
  }
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  Decimal result;
  result.small_ = coefficient;
  result.scale_ = scale;
  return result;
}

std::optional<Decimal> BigOps::Make(cpp_int coefficient, int scale) {
  if (abs(coefficient) <= cpp_int(kInt128Max)) return MakeSmall(static_cast<Int128>(coefficient), scale);
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  if (abs(coefficient) <= cpp_int(kInt128Max)) return MakeSmall(static_cast<Int128>(coefficient), scale);
  if (DigitsBound(coefficient) > Decimal::kMaxDigits || scale > Decimal::kMaxDigits) return std::nullopt;
  Decimal result;
  result.big_ = std::make_shared<const Decimal::Big>(Decimal::Big{std::move(coefficient)});
  result.scale_ = scale;
  return result;
}

Decimal BigOps::ToInteger(const Decimal& d, int direction) {
  if (d.scale_ == 0) return d;
  const cpp_int unit = BigPower(d.scale_);
  const cpp_int coefficient = Coefficient(d);
  cpp_int whole = coefficient / unit;  // towards zero; the fraction is never zero here
  if (direction < 0 && coefficient < 0) --whole;
  if (direction > 0 && coefficient > 0) ++whole;
  return *Make(std::move(whole), 0);
}

Decimal Decimal::FromParts(Int128 coefficient, int scale) { return BigOps::MakeSmall(coefficient, scale); }

std::optional<Decimal> Decimal::Parse(std::string_view lexical) {
  bool negative = false;
  if (!lexical.empty() && (lexical[0] == '+' || lexical[0] == '-')) {
    negative = lexical[0] == '-';
    lexical.remove_prefix(1);
  }
  if (lexical.size() > static_cast<size_t>(kMaxDigits) + 1) return std::nullopt;
  std::string digits;
  digits.reserve(lexical.size());
  std::optional<size_t> point;
  for (const char c : lexical) {
    if (c == '.' && !point.has_value()) {
      point = digits.size();
    } else if (IsDigit(c)) {
      digits.push_back(c);
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty()) return std::nullopt;
  const int scale = point.has_value() ? static_cast<int>(digits.size() - *point) : 0;
  if (digits.size() <= static_cast<size_t>(kSmallPowers)) {
    Int128 number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return BigOps::MakeSmall(negative ? -number : number, scale);
  }
  const size_t first =
      std::min(digits.find_first_not_of('0'), digits.size() - 1);  // cpp_int reads a leading 0 as octal
  cpp_int number(digits.substr(first));
  if (negative) number = -number;
  return BigOps::Make(std::move(number), scale);
}

std::optional<Decimal> Decimal::ParseInteger(std::string_view lexical) {
  if (lexical.find('.') != std::string_view::npos) return std::nullopt;
  return Parse(lexical);
}

std::optional<Decimal> Decimal::FromDouble(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  char buffer[400];
  const auto [end, ec] = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  if (ec != std::errc()) return std::nullopt;
  return Parse(std::string_view(buffer, static_cast<size_t>(end - buffer)));
}

std::optional<Decimal> Decimal::FromFloat(float number) {
  if (!std::isfinite(number)) return std::nullopt;
  char buffer[100];
  const auto [end, ec] = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  if (ec != std::errc()) return std::nullopt;
  return Parse(std::string_view(buffer, static_cast<size_t>(end - buffer)));
}

std::optional<Decimal> Decimal::FromDoubleExact(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  char buffer[1500];  // 309 digits before and 1074 after the point
  const auto [end, ec] =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed, 1074);
  if (ec != std::errc()) return std::nullopt;
  return Parse(std::string_view(buffer, static_cast<size_t>(end - buffer)));
}

std::string Decimal::ToString() const {
  std::string digits;
  if (big_ != nullptr) {
    digits = cpp_int(abs(big_->coefficient)).str();
  } else {
    Int128 rest = small_ < 0 ? -small_ : small_;
    do {
      digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
      rest /= 10;
    } while (rest != 0);
    std::reverse(digits.begin(), digits.end());
  }
  if (scale_ > 0) {
    const auto scale = static_cast<size_t>(scale_);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale, 1, '.');
  }
  if (sign() < 0) digits.insert(0, 1, '-');
  return digits;
}

double Decimal::ToDouble() const {
  constexpr Int128 kExact = Int128{1} << 53;
  if (big_ == nullptr && small_ <= kExact && small_ >= -kExact && scale_ <= 22) {
    // Both operands are exact, so one correctly rounded division is the nearest double.
    static constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    return static_cast<double>(small_) / kPowersOfTen[scale_];
  }
  const std::string text = ToString();
  double number = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc::result_out_of_range) return number;
  if (abs(BigOps::Coefficient(*this)) < BigPower(scale_)) return 0;
  return sign() < 0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

float Decimal::ToFloat() const {
  const std::string text = ToString();
  float number = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc::result_out_of_range) return number;
  return static_cast<float>(ToDouble());
}

std::optional<int64_t> Decimal::ToInt64() const {
  if (scale_ != 0 || big_ != nullptr || small_ < INT64_MIN || small_ > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(small_);
}

std::optional<Decimal::Parts> Decimal::SmallParts() const {
  if (big_ != nullptr || small_ < INT64_MIN || small_ > INT64_MAX) return std::nullopt;
  return Parts{static_cast<int64_t>(small_), scale_};
}

int Decimal::sign() const {
  if (big_ != nullptr) return big_->coefficient.sign();
  return small_ < 0 ? -1 : small_ > 0 ? 1 : 0;
}

Decimal Decimal::Negated() const {
  if (big_ == nullptr && small_ >= -kInt128Max) {
    Decimal result = *this;
    result.small_ = -small_;
    return result;
  }
  return *BigOps::Make(-BigOps::Coefficient(*this), scale_);
}

std::optional<Decimal> Add(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale_, b.scale_);
  if (a.big_ == nullptr && b.big_ == nullptr) {
    Int128 x = a.small_;
    Int128 y = b.small_;
    Int128 sum;
    if (ScaleUp(x, scale - a.scale_) && ScaleUp(y, scale - b.scale_) && !__builtin_add_overflow(x, y, &sum)) {
      return BigOps::MakeSmall(sum, scale);
    }
  }
  return BigOps::Make(BigOps::Coefficient(a) * BigPower(scale - a.scale_) +
                          BigOps::Coefficient(b) * BigPower(scale - b.scale_),
                      scale);
}

std::optional<Decimal> Subtract(const Decimal& a, const Decimal& b) { return Add(a, b.Negated()); }

std::optional<Decimal> Multiply(const Decimal& a, const Decimal& b) {
  if (a.big_ == nullptr && b.big_ == nullptr) {
    Int128 product;
    if (!__builtin_mul_overflow(a.small_, b.small_, &product))
      return BigOps::MakeSmall(product, a.scale_ + b.scale_);
  }
  return BigOps::Make(BigOps::Coefficient(a) * BigOps::Coefficient(b), a.scale_ + b.scale_);
}

namespace {

int Digits(Int128 number) {
  if (number < 0) number = -number;
  int digits = 1;
  while (digits < kSmallPowers && number >= kPowers[static_cast<size_t>(digits)]) ++digits;
  return digits;
}

// What the dividend is multiplied with, as a power of ten: the quotient then has scale a_scale + shift -
// b_scale.
template <typename Number>
int DivisionShift(const Number& a, int a_scale, const Number& b, int b_scale) {
  return std::max(
      {0, Decimal::kDivisionDigits - a_scale + b_scale, Decimal::kDivisionDigits + Digits(b) - Digits(a)});
}

// Nearest, half away from zero.
Int128 RoundedQuotient(Int128 dividend, Int128 divisor) {
  const Int128 quotient = dividend / divisor;
  const Int128 remainder = dividend % divisor;
  const Int128 rest = remainder < 0 ? -remainder : remainder;
  const Int128 half = (divisor < 0 ? -divisor : divisor) - rest;
  if (rest < half) return quotient;
  return (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient + 1;
}

}  // namespace

std::optional<Decimal> Divide(const Decimal& a, const Decimal& b) {
  if (b.sign() == 0) return std::nullopt;
  if (a.big_ == nullptr && b.big_ == nullptr && a.small_ > -kInt128Max && b.small_ > -kInt128Max) {
    const int shift = DivisionShift(a.small_, a.scale_, b.small_, b.scale_);
    Int128 dividend = a.small_;
    if (ScaleUp(dividend, shift)) {
      return BigOps::MakeSmall(RoundedQuotient(dividend, b.small_), a.scale_ + shift - b.scale_);
    }
  }
  cpp_int dividend = BigOps::Coefficient(a);
  const cpp_int divisor = BigOps::Coefficient(b);
  const int shift = DivisionShift(dividend, a.scale_, divisor, b.scale_);
  dividend *= BigPower(shift);
  cpp_int quotient;
  cpp_int remainder;
  divide_qr(dividend, divisor, quotient, remainder);
  if (2 * abs(remainder) >= abs(divisor)) quotient += (dividend < 0) != (divisor < 0) ? -1 : 1;
  return BigOps::Make(std::move(quotient), a.scale_ + shift - b.scale_);
}

Decimal Decimal::Floor() const { return BigOps::ToInteger(*this, -1); }
Decimal Decimal::Ceiling() const { return BigOps::ToInteger(*this, 1); }
Decimal Decimal::Truncated() const { return BigOps::ToInteger(*this, 0); }

Decimal Decimal::Rounded() const {
  if (scale_ == 0) return *this;
  const std::optional<Decimal> shifted = Add(*this, FromParts(5, 1));
  return shifted.has_value() ? shifted->Floor() : *this;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.big_ == nullptr && b.big_ == nullptr) {
    if (a.scale_ == b.scale_) return a.small_ <=> b.small_;
    const int scale = std::max(a.scale_, b.scale_);
    Int128 x = a.small_;
    Int128 y = b.small_;
    if (ScaleUp(x, scale - a.scale_) && ScaleUp(y, scale - b.scale_)) return x <=> y;
  }
  const int scale = std::max(a.scale_, b.scale_);
  const cpp_int x = BigOps::Coefficient(a) * BigPower(scale - a.scale_);
  const cpp_int y = BigOps::Coefficient(b) * BigPower(scale - b.scale_);
  return x.compare(y) <=> 0;
}

}  // namespace dossier::graph
