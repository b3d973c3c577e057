#include "graph/value/float_text.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// (digits ('.' digits?)? | '.' digits) ([eE] [+-]? digits)?
bool IsUnsignedNumber(std::string_view s) {
  size_t i = 0;
  size_t digits = 0;
  for (; i < s.size() && IsDigit(s[i]); ++i) ++digits;
  if (i < s.size() && s[i] == '.') {
    for (++i; i < s.size() && IsDigit(s[i]); ++i) ++digits;
  }
  if (digits == 0) return false;
  if (i == s.size()) return true;
  if (s[i] != 'e' && s[i] != 'E') return false;
  ++i;
  if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
  if (i == s.size()) return false;
  for (; i < s.size(); ++i) {
    if (!IsDigit(s[i])) return false;
  }
  return true;
}

// For a number outside the range: whether it is too large rather than too small.
bool IsHuge(std::string_view s) {
  const size_t e = s.find_first_of("eE");
  const std::string_view mantissa = s.substr(0, e);
  long exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view digits = s.substr(e + 1);
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec != std::errc())
      return !negative;
    if (negative) exponent = -exponent;
  }
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  const auto magnitude = static_cast<long>(point) - static_cast<long>(first);
  return exponent + magnitude > 0;
}

template <typename Number>
std::optional<Number> Parse(std::string_view s) {
  if (s == "NaN") return std::numeric_limits<Number>::quiet_NaN();
  const bool negative = s.starts_with('-');
  if (negative || s.starts_with('+')) s.remove_prefix(1);
  const Number sign = negative ? Number{-1} : Number{1};
  if (s == "INF") return sign * std::numeric_limits<Number>::infinity();
  if (!IsUnsignedNumber(s)) return std::nullopt;
  Number number = 0;
  const auto [end, ec] = std::from_chars(s.data(), s.data() + s.size(), number);
  if (ec == std::errc::result_out_of_range)
    number = IsHuge(s) ? std::numeric_limits<Number>::infinity() : Number{0};
  return sign * number;
}

template <typename Number>
std::string Canonical(Number number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-INF" : "INF";
  char buffer[40];
  const auto [end, ec] = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));  // 1e+03, 1.5e-07
  const size_t e = text.find('e');
  std::string out(text.substr(0, e));
  if (out.find('.') == std::string::npos) out += ".0";
  int exponent = 0;
  const size_t digits = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + digits, text.data() + text.size(), exponent);
  Append(out, 'E', exponent);
  return out;
}

}  // namespace

std::optional<double> ParseDouble(std::string_view lexical) { return Parse<double>(lexical); }
std::optional<float> ParseFloat(std::string_view lexical) { return Parse<float>(lexical); }
std::string CanonicalDouble(double number) { return Canonical(number); }
std::string CanonicalFloat(float number) { return Canonical(number); }

}  // namespace dossier::graph
