#include "graph/model/inline_value.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include "graph/base/strings.h"
#include "graph/model/inline_date.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

using Tag = TermId::Tag;
using MaybeBits = std::optional<uint64_t>;  // a payload

constexpr int64_t kIntegerBias = int64_t{1} << 59;
constexpr int kDecimalScaleBits = 4;
constexpr int64_t kMantissaBias = int64_t{1} << 55;
constexpr size_t kMaxShortString = 7;

bool IsDigits(std::string_view s) {
  for (const char c : s) {
    if (c < '0' || c > '9') return false;
  }
  return !s.empty();
}

// -?(0|[1-9][0-9]*) without "-0", below 10^18.
std::optional<int64_t> ParseCanonicalInteger(std::string_view s) {
  const bool negative = s.starts_with('-');
  const std::string_view digits = s.substr(negative ? 1 : 0);
  if (!IsDigits(digits) || digits.size() > 18) return std::nullopt;
  if (digits[0] == '0' && (digits.size() > 1 || negative)) return std::nullopt;
  int64_t value = 0;
  std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

MaybeBits EncodeInteger(std::string_view s) {
  const std::optional<int64_t> value = ParseCanonicalInteger(s);
  if (!value || *value < -kIntegerBias || *value >= kIntegerBias) return std::nullopt;
  return static_cast<uint64_t>(*value + kIntegerBias);
}

// XSD 1.1 canonical: no fraction for whole numbers, else no trailing zero. Payload: biased mantissa, then the number of digits after
// the point.
MaybeBits EncodeDecimal(std::string_view s) {
  const bool negative = s.starts_with('-');
  std::string_view whole = s.substr(negative ? 1 : 0);
  std::string_view fraction;
  if (const size_t point = whole.find('.'); point != std::string_view::npos) {
    fraction = whole.substr(point + 1);
    whole = whole.substr(0, point);
    if (!IsDigits(fraction) || fraction.back() == '0') return std::nullopt;
  }
  if (!IsDigits(whole) || (whole[0] == '0' && whole.size() > 1)) return std::nullopt;
  if (whole == "0" && fraction.empty() && negative) return std::nullopt;
  if (fraction.size() >= (1u << kDecimalScaleBits) || whole.size() + fraction.size() > 17) return std::nullopt;
  const std::string digits = Cat(whole, fraction);
  int64_t mantissa = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), mantissa);
  if (mantissa >= kMantissaBias) return std::nullopt;
  const auto biased = static_cast<uint64_t>((negative ? -mantissa : mantissa) + kMantissaBias);
  return biased << kDecimalScaleBits | fraction.size();
}

std::optional<std::string> DecodeDecimal(uint64_t payload) {
  const size_t scale = payload & ((1u << kDecimalScaleBits) - 1);
  const int64_t mantissa = static_cast<int64_t>(payload >> kDecimalScaleBits) - kMantissaBias;
  if (mantissa == -kMantissaBias) return std::nullopt;  // never written: the range is symmetric
  std::string digits = Cat(mantissa < 0 ? -mantissa : mantissa);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) {
    if (digits.back() == '0') return std::nullopt;
    digits.insert(digits.size() - scale, ".");
  }
  return mantissa < 0 ? Cat("-", digits) : digits;
}

// Doubles keep sign and mantissa; their exponent shrinks from 11 to 7 bits, for magnitudes from 2^-63 to below 2^63, with code 0 for
// zero and 127 for INF and NaN. Negative numbers are complemented, so that the payloads are in numeric order.
constexpr int kMantissaBits = 52;
constexpr uint64_t kMantissaMask = (uint64_t{1} << kMantissaBits) - 1;
constexpr uint64_t kSignBit = uint64_t{1} << 59;
constexpr int kExponentBias = 64;
constexpr uint64_t kExponentSpecial = 127;

MaybeBits DoublePayload(double d) {
  const auto bits = std::bit_cast<uint64_t>(d);
  const int exponent = static_cast<int>(bits >> kMantissaBits & 0x7FF) - 1023;
  uint64_t payload = 0;
  if (std::isnan(d)) {
    return kSignBit | kExponentSpecial << kMantissaBits | 1;
  } else if (std::isinf(d)) {
    payload = kExponentSpecial << kMantissaBits;
  } else if (d != 0) {
    const int code = exponent + kExponentBias;
    if (code < 1 || code >= static_cast<int>(kExponentSpecial)) return std::nullopt;
    payload = static_cast<uint64_t>(code) << kMantissaBits | (bits & kMantissaMask);
  }
  return std::signbit(d) ? (~payload & (kSignBit - 1)) : (payload | kSignBit);
}

std::optional<double> DoubleOfPayload(uint64_t payload) {
  const bool negative = (payload & kSignBit) == 0;
  const uint64_t magnitude = (negative ? ~payload : payload) & (kSignBit - 1);
  const uint64_t code = magnitude >> kMantissaBits, mantissa = magnitude & kMantissaMask;
  uint64_t bits = mantissa;
  if (code == kExponentSpecial) {
    if (mantissa > 1 || (mantissa == 1 && negative)) return std::nullopt;
    if (mantissa == 1) return std::numeric_limits<double>::quiet_NaN();
    bits = uint64_t{0x7FF} << kMantissaBits;
  } else if (code > 0) {
    bits |= (code + 1023 - kExponentBias) << kMantissaBits;
  } else if (mantissa != 0) {
    return std::nullopt;
  }
  return std::bit_cast<double>(bits | (negative ? uint64_t{1} << 63 : 0));
}

// XSD 1.1 canonical: "9.1E-1", "1.0E2", "INF", "NaN"; shortest digits that read back.
std::string CanonicalDouble(double d) {
  if (std::isnan(d)) return "NaN";
  if (std::isinf(d)) return d < 0 ? "-INF" : "INF";
  char buffer[40];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<size_t>(result.ptr - buffer));
  const size_t e = text.find('e');
  std::string out(text.substr(0, e));
  if (out.find('.') == std::string::npos) out += ".0";
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);
  Append(out, "E", exponent);
  return out;
}

MaybeBits EncodeDouble(std::string_view s) {
  double d = 0;
  if (s == "NaN") {
    d = std::numeric_limits<double>::quiet_NaN();
  } else if (s == "INF" || s == "-INF") {
    d = s == "INF" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
  } else {
    if (s.find('E') == std::string_view::npos) return std::nullopt;
    const auto [end, ec] = std::from_chars(s.data(), s.data() + s.size(), d);
    if (ec != std::errc() || end != s.data() + s.size() || CanonicalDouble(d) != s) return std::nullopt;
  }
  return DoublePayload(d);
}

// Bytes left-aligned, so that the order of the payloads is the order of the strings; then the length.
MaybeBits EncodeShortString(std::string_view s) {
  if (s.size() > kMaxShortString) return std::nullopt;
  uint64_t bytes = 0;
  for (size_t i = 0; i < kMaxShortString; ++i) {
    bytes = bytes << 8 | (i < s.size() ? static_cast<unsigned char>(s[i]) : 0u);
  }
  return bytes << 4 | s.size();
}

std::optional<std::string> DecodeShortString(uint64_t payload) {
  const size_t size = payload & 0xF;
  if (size > kMaxShortString) return std::nullopt;
  std::string s;
  for (size_t i = 0; i < size; ++i) s.push_back(static_cast<char>(payload >> (52 - 8 * i) & 0xFF));
  if (EncodeShortString(s) != payload) return std::nullopt;
  return s;
}

std::optional<Term> Typed(std::optional<std::string> lexical, std::string_view datatype) {
  if (!lexical) return std::nullopt;
  return Term::Literal(*std::move(lexical), std::string(datatype));
}

std::optional<TermId> Tagged(Tag tag, MaybeBits payload) {
  if (!payload) return std::nullopt;
  return TermId(tag, *payload);
}

}  // namespace

std::optional<TermId> InlineId(const Term& term) {
  if (!term.is_literal() || !term.language().empty() || term.direction() != Direction::kNone) return std::nullopt;
  const std::string_view type = term.datatype();
  if (!type.starts_with(xsd::kNs)) return std::nullopt;
  const std::string& s = term.value();
  if (type == xsd::kString) return Tagged(Tag::kShortString, EncodeShortString(s));
  if (type == xsd::kInteger) return Tagged(Tag::kInteger, EncodeInteger(s));
  if (type == xsd::kDecimal) return Tagged(Tag::kDecimal, EncodeDecimal(s));
  if (type == xsd::kDouble) return Tagged(Tag::kDouble, EncodeDouble(s));
  if (type == xsd::kDate) return Tagged(Tag::kDate, EncodeDate(s));
  if (type == xsd::kDateTime) return Tagged(Tag::kDateTime, EncodeDateTime(s));
  if (type == xsd::kBoolean && (s == "true" || s == "false")) return TermId(Tag::kBoolean, s == "true" ? 1 : 0);
  return std::nullopt;
}

std::optional<Term> InlineTerm(TermId id) {
  const uint64_t payload = id.payload();
  switch (id.tag()) {
    case Tag::kBoolean:
      if (payload > 1) return std::nullopt;
      return Typed(payload == 1 ? "true" : "false", xsd::kBoolean);
    case Tag::kInteger: return Typed(Cat(static_cast<int64_t>(payload) - kIntegerBias), xsd::kInteger);
    case Tag::kDecimal: return Typed(DecodeDecimal(payload), xsd::kDecimal);
    case Tag::kDouble: {
      const std::optional<double> d = DoubleOfPayload(payload);
      if (!d) return std::nullopt;
      return Typed(CanonicalDouble(*d), xsd::kDouble);
    }
    case Tag::kDate: return Typed(DecodeDate(payload), xsd::kDate);
    case Tag::kDateTime: return Typed(DecodeDateTime(payload), xsd::kDateTime);
    case Tag::kShortString: return Typed(DecodeShortString(payload), xsd::kString);
    default: return std::nullopt;
  }
}

std::optional<double> DoubleOfId(TermId id) {
  if (id.tag() != Tag::kDouble) return std::nullopt;
  return DoubleOfPayload(id.payload());
}

std::optional<TermId> IdOfDouble(double number) { return Tagged(Tag::kDouble, DoublePayload(number)); }

std::optional<InlinedDecimal> DecimalOfId(TermId id) {
  if (id.tag() != Tag::kDecimal) return std::nullopt;
  const auto scale = static_cast<int>(id.payload() & ((1u << kDecimalScaleBits) - 1));
  return InlinedDecimal{static_cast<int64_t>(id.payload() >> kDecimalScaleBits) - kMantissaBias, scale};
}

std::optional<TermId> IdOfDecimal(InlinedDecimal decimal) {
  if (decimal.mantissa <= -kMantissaBias || decimal.mantissa >= kMantissaBias) return std::nullopt;
  if (decimal.scale < 0 || decimal.scale >= (1 << kDecimalScaleBits)) return std::nullopt;
  const auto biased = static_cast<uint64_t>(decimal.mantissa + kMantissaBias);
  return TermId(Tag::kDecimal, biased << kDecimalScaleBits | static_cast<uint64_t>(decimal.scale));
}

}  // namespace dossier::graph
