#include "graph/value/decimal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

std::string Round(std::string_view s) {
  const auto d = Decimal::Parse(s);
  return d.has_value() ? d->ToString() : "invalid";
}

TEST(Decimal, LexicalFormsAndCanonicalForm) {
  EXPECT_EQ(Round("0"), "0");
  EXPECT_EQ(Round("-0.00"), "0");
  EXPECT_EQ(Round("+007.5000"), "7.5");
  EXPECT_EQ(Round(".5"), "0.5");
  EXPECT_EQ(Round("5."), "5");
  EXPECT_EQ(Round("-.001"), "-0.001");
  EXPECT_EQ(Round("123456789012345678901234567890.123456789012345678901234567890"),
            "123456789012345678901234567890.12345678901234567890123456789");
  for (const char* bad : {"", "+", ".", "1e3", "1,5", " 1", "1 ", "--1", "0x1", "1.2.3", "INF"}) {
    EXPECT_EQ(Round(bad), "invalid") << bad;
  }
  EXPECT_FALSE(Decimal::ParseInteger("1.0").has_value());
  EXPECT_FALSE(Decimal::Parse(std::string(5000, '1')).has_value()) << "beyond the limit of digits";
  EXPECT_EQ(Round(std::string(60, '0') + "8"), "8");
}

TEST(Decimal, ArithmeticIsExact) {
  const auto d = [](std::string_view s) { return *Decimal::Parse(s); };
  EXPECT_EQ(Add(d("0.1"), d("0.2"))->ToString(), "0.3");
  EXPECT_EQ(Subtract(d("1"), d("0.000000000000000001"))->ToString(), "0.999999999999999999");
  EXPECT_EQ(Multiply(d("123456789012345678901234567890"), d("987654321098765432109876543210"))->ToString(),
            "121932631137021795226185032733622923332237463801111263526900");
  EXPECT_EQ(Add(d("170141183460469231731687303715884105727"), d("1"))->ToString(),
            "170141183460469231731687303715884105728");
  EXPECT_EQ(Subtract(d("-170141183460469231731687303715884105727"), d("2"))->ToString(),
            "-170141183460469231731687303715884105729");
  EXPECT_EQ(Divide(d("1"), d("8"))->ToString(), "0.125");
  EXPECT_EQ(Divide(d("10"), d("4"))->ToString(), "2.5");
  EXPECT_EQ(Divide(d("-2"), d("3"))->ToString(), "-0.666666666666666667");
  EXPECT_EQ(Divide(d("1"), d("3000000000000000000000"))->ToString(),
            "0.000000000000000000000333333333333333333");
  EXPECT_FALSE(Divide(d("1"), d("0")).has_value());
  const Decimal huge = d(std::string(3000, '9'));
  EXPECT_FALSE(Multiply(huge, huge).has_value()) << "beyond the limit of digits";
}

TEST(Decimal, BorderOfTheFastPath) {
  const Decimal most = *Decimal::Parse("-170141183460469231731687303715884105727");
  const Decimal border = *Add(most, Decimal(-1));
  EXPECT_EQ(border.ToString(), "-170141183460469231731687303715884105728");
  EXPECT_EQ(border.Negated().ToString(), "170141183460469231731687303715884105728");
  EXPECT_EQ(border, *Decimal::Parse("-170141183460469231731687303715884105728"));
  EXPECT_LT(border, most);
  EXPECT_EQ(*Add(border, Decimal(1)), most);
  EXPECT_EQ(Divide(border, Decimal(2))->ToString(), "-85070591730234615865843651857942052864");
  EXPECT_EQ(Multiply(border, border)->sign(), 1);
}

TEST(Decimal, Rounding) {
  const auto d = [](std::string_view s) { return *Decimal::Parse(s); };
  EXPECT_EQ(d("2.5").Rounded().ToString(), "3");
  EXPECT_EQ(d("-2.5").Rounded().ToString(), "-2");
  EXPECT_EQ(d("-2.51").Rounded().ToString(), "-3");
  EXPECT_EQ(d("-0.4").Rounded().ToString(), "0");
  EXPECT_EQ(d("-1.2").Floor().ToString(), "-2");
  EXPECT_EQ(d("-1.2").Ceiling().ToString(), "-1");
  EXPECT_EQ(d("-1.9").Truncated().ToString(), "-1");
  EXPECT_EQ(d("7").Floor().ToString(), "7");
}

TEST(Decimal, Doubles) {
  EXPECT_EQ(Decimal::FromDouble(1.1)->ToString(), "1.1");
  EXPECT_EQ(Decimal::FromDouble(1e21)->ToString(), "1000000000000000000000");
  EXPECT_EQ(Decimal::FromDouble(-5e-324)->ToDouble(), -5e-324);
  EXPECT_FALSE(Decimal::FromDouble(INFINITY).has_value());
  EXPECT_EQ(Decimal::FromDoubleExact(0.1)->ToString(),
            "0.1000000000000000055511151231257827021181583404541015625");
  EXPECT_EQ(Decimal::Parse("0.1")->ToDouble(), 0.1);
  EXPECT_EQ(Decimal::Parse("9007199254740993")->ToDouble(), 9007199254740992.0);
  EXPECT_EQ(Decimal::Parse("179769313486231570" + std::string(291, '0'))->ToDouble(), 1.7976931348623157e308);
  EXPECT_EQ(Decimal::Parse("-1" + std::string(400, '0'))->ToDouble(), -INFINITY);
  EXPECT_EQ(Decimal::Parse("0." + std::string(400, '0') + "1")->ToDouble(), 0.0);
}

// Against 128-bit arithmetic, at sizes around the borders of the fast paths.
TEST(Decimal, AgreesWithWideIntegers) {
  std::mt19937_64 random(7);
  const auto pick = [&]() -> int64_t { return static_cast<int64_t>(random()) >> (random() % 63); };
  for (int i = 0; i < 20000; ++i) {
    const int64_t a = pick(), b = pick();
    const auto wide = [](Int128 n) { return Decimal::FromParts(n, 0); };
    ASSERT_EQ(*Add(Decimal(a), Decimal(b)), wide(Int128{a} + b));
    ASSERT_EQ(*Subtract(Decimal(a), Decimal(b)), wide(Int128{a} - b));
    ASSERT_EQ(*Multiply(Decimal(a), Decimal(b)), wide(Int128{a} * b));
    ASSERT_EQ(Decimal(a) <=> Decimal(b), a <=> b);
    ASSERT_EQ(Decimal::Parse(Decimal(a).ToString())->ToInt64(), a);
    const int scale = static_cast<int>(random() % 25);
    const Decimal scaled = Decimal::FromParts(a, scale);
    ASSERT_EQ(*Decimal::Parse(scaled.ToString()), scaled);
    if (b != 0) {
      // (a / b) * b is a again, up to the digits a quotient keeps.
      const Decimal back = *Multiply(*Divide(Decimal(a), Decimal(b)), Decimal(b));
      ASSERT_LE(std::fabs(Subtract(back, Decimal(a))->ToDouble()), std::fabs(static_cast<double>(b)) * 1e-18);
    }
  }
}

// (x + y) - y = x, and the order is that of the difference, for numbers of many digits.
TEST(Decimal, BigAndSmallAgree) {
  std::mt19937_64 random(11);
  const auto pick = [&] {
    std::string digits = random() % 2 == 0 ? "-" : "";
    const size_t length = 1 + random() % 60;
    const size_t point = random() % (length + 1);
    for (size_t i = 0; i < length; ++i) {
      if (i == point) digits.push_back('.');
      digits.push_back(static_cast<char>('0' + random() % 10));
    }
    return *Decimal::Parse(digits);
  };
  for (int i = 0; i < 5000; ++i) {
    const Decimal x = pick(), y = pick();
    ASSERT_EQ(*Subtract(*Add(x, y), y), x) << x.ToString() << " " << y.ToString();
    ASSERT_EQ((x <=> y) < 0, Subtract(x, y)->sign() < 0);
    ASSERT_EQ(*Decimal::Parse(x.ToString()), x);
    // A quotient has 18 digits after the point at least, so the rest may be lost.
    ASSERT_LE(std::fabs(Subtract(*Divide(*Multiply(x, Decimal(8)), Decimal(8)), x)->ToDouble()), 1e-18);
    ASSERT_LE(x.Floor(), x);
    ASSERT_GE(x.Ceiling(), x);
  }
}

// Numerator and denominator times 10^60 leave the quotient, but not the fast path, as it is.
TEST(Decimal, DivisionPathsAgree) {
  std::mt19937_64 random(13);
  const Decimal factor = *Decimal::Parse("1" + std::string(60, '0'));
  for (int i = 0; i < 20000; ++i) {
    const auto pick = [&] {
      return Decimal::FromParts(static_cast<int64_t>(random()) >> (random() % 63),
                                static_cast<int>(random() % 8));
    };
    const Decimal a = pick(), b = pick();
    if (b.sign() == 0) continue;
    const Decimal direct = *Divide(a, b);
    const Decimal wide = *Divide(*Multiply(a, factor), *Multiply(b, factor));
    // The wide one may keep more digits: the difference is below the last digit that both keep.
    const Decimal difference = *Subtract(direct, wide);
    ASSERT_LE(difference.sign() < 0 ? difference.Negated() : difference,
              *Decimal::Parse("0.000000000000000001"))
        << a.ToString() << " / " << b.ToString();
    ASSERT_EQ(*Divide(a.Negated(), b), direct.Negated()) << "rounding is symmetric";
  }
}

}  // namespace
}  // namespace dossier::graph
