#include "base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace fairway {
namespace {

constexpr int64_t kUnitsLargest = 999'999'999'999'999'999;

Decimal decimal(std::string_view text) {
  const auto number = Decimal::parse(text);
  EXPECT_TRUE(number) << text << ": " << (number ? "" : number.error().text());
  return number.value_or(Decimal());
}

// Small enough that sums and products of two are exact.
Decimal any_small() { return Decimal(*rc::gen::inRange<int64_t>(-10'000'000, 10'000'001), *rc::gen::inRange(0, 5)); }

TEST(Decimal, ReadsAndWritesDigits) {
  struct Case {
    std::string_view text, written;
    int64_t units;
    int scale;
  };
  for (const Case& c : {Case{"0", "0", 0, 0},
                        {"12", "12", 12, 0},
                        {"-0.5", "-0.5", -5, 1},
                        {"1234.50", "1234.5", 123450, 2},
                        {"007", "7", 7, 0},
                        {".5", "0.5", 5, 1},
                        {"0.000000001", "0.000000001", 1, 9},
                        {"-0", "0", 0, 0},
                        {"999999999999999999", "999999999999999999", kUnitsLargest, 0},
                        {"999999999.999999999", "999999999.999999999", kUnitsLargest, 9}}) {
    const auto number = Decimal::parse(c.text);
    ASSERT_TRUE(number) << c.text;
    EXPECT_EQ(number->units(), c.units) << c.text;
    EXPECT_EQ(number->scale(), c.scale) << c.text;
    EXPECT_EQ(number->text(), c.written) << c.text;
  }
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  for (const std::string_view text :
       {"", "-", ".", "-.", "1.", "1..2", "1.2.3", "+1", " 1", "1 ", "1,000", "1e3", "0x1", "--1", "1-", "١"}) {
    const auto number = Decimal::parse(text);
    ASSERT_FALSE(number) << text;
    EXPECT_EQ(number.error().code, Code::invalid) << text;
  }
}

TEST(Decimal, RefusesMoreDigitsThanItKeeps) {
  for (const std::string_view text : {"1000000000000000000", "9999999999999999999", "99999999999999999999999999", "0.0000000001",
                                      "1000000000.000000000", "-1000000000000000000"}) {
    const auto number = Decimal::parse(text);
    ASSERT_FALSE(number) << text;
    EXPECT_EQ(number.error().code, Code::too_large) << text;
  }
}

TEST(Decimal, ReadsNumbersAsPeopleWriteThem) {
  struct Case {
    std::string_view text, written;
  };
  for (const Case& c : {Case{"1,234.50", "1234.5"},
                        {"1 234.50", "1234.5"},
                        {"1'234.50", "1234.5"},
                        {" +7 ", "7"},
                        {"-1,234,567", "-1234567"},
                        {"12,345,678.9", "12345678.9"},
                        {"1,000.123456", "1000.123456"},
                        {"123", "123"},
                        {"-123,456", "-123456"}}) {
    const auto number = Decimal::parse_lenient(c.text);
    ASSERT_TRUE(number) << c.text << ": " << number.error().text();
    EXPECT_EQ(number->text(), c.written) << c.text;
  }
}

TEST(Decimal, ReadsNoCommaForAPoint) {
  for (const std::string_view text : {"1234,50", "1,5", "1,50", "12,34,567", "1,234,56", "1234,567", "1,234 567", ",123", "-,123", "1,234,",
                                      "1,2345", "0.123,456", "1,,234", "++1", "+-+1", "1 2", ""}) {
    EXPECT_FALSE(Decimal::parse_lenient(text)) << text << " read as " << Decimal::parse_lenient(text)->text();
  }
}

TEST(Decimal, ComparesByWorth) {
  EXPECT_EQ(decimal("1.50"), decimal("1.5"));
  EXPECT_EQ(decimal("0.000"), decimal("-0"));
  EXPECT_LT(decimal("-1"), decimal("-0.999999999"));
  EXPECT_LT(decimal("999999999999999998"), decimal("999999999999999999"));
  EXPECT_GT(decimal("0.000000001"), decimal("0"));
  EXPECT_TRUE(decimal("-0.1").is_negative());
  EXPECT_TRUE(decimal("0.00").is_zero());
}

TEST(Decimal, Rounds) {
  struct Case {
    std::string_view text;
    int digits;
    Rounding rounding;
    std::string_view rounded;
  };
  for (const Case& c : {Case{"1.25", 1, Rounding::half_up, "1.3"},
                        {"-1.25", 1, Rounding::half_up, "-1.3"},
                        {"1.24", 1, Rounding::half_up, "1.2"},
                        {"1.21", 1, Rounding::up, "1.3"},
                        {"-1.21", 1, Rounding::up, "-1.3"},
                        {"1.20", 1, Rounding::up, "1.2"},
                        {"1.29", 1, Rounding::down, "1.2"},
                        {"-1.29", 1, Rounding::down, "-1.2"},
                        {"0.5", 0, Rounding::half_up, "1"},
                        {"0.4", 0, Rounding::up, "1"},
                        {"7", 3, Rounding::half_up, "7"},
                        {"999999999.999999999", 0, Rounding::up, "1000000000"}}) {
    EXPECT_EQ(decimal(c.text).round(c.digits, c.rounding).text(), c.rounded) << c.text;
  }
}

TEST(Decimal, WritesSoManyDigits) {
  EXPECT_EQ(decimal("7").text(2), "7.00");
  EXPECT_EQ(decimal("199.9").text(2), "199.90");
  EXPECT_EQ(decimal("0.005").text(2), "0.01");
  EXPECT_EQ(decimal("-0.005").text(2), "-0.01");
  EXPECT_EQ(decimal("-0.004").text(2), "0.00");
  EXPECT_EQ(decimal("12.5").text(0), "13");
}

TEST(Decimal, Divides) {
  EXPECT_EQ(decimal("1").over(decimal("3"))->text(), "0.333333333");
  EXPECT_EQ(decimal("2").over(decimal("3"))->text(), "0.666666667");
  EXPECT_EQ(decimal("-2").over(decimal("3"))->text(), "-0.666666667");
  EXPECT_EQ(decimal("54000").over(decimal("1000"))->text(), "54");
  EXPECT_EQ(decimal("1").over(decimal("0.000000001"))->text(), "1000000000");
  ASSERT_FALSE(decimal("1").over(Decimal()));
  EXPECT_EQ(decimal("1").over(Decimal()).error().code, Code::invalid);
}

TEST(Decimal, SaysWhenItDoesNotHoldAResult) {
  const Decimal largest(kUnitsLargest);
  ASSERT_FALSE(largest.plus(Decimal(1)));
  EXPECT_EQ(largest.plus(Decimal(1)).error().code, Code::too_large);
  EXPECT_EQ(largest.times(Decimal(2)).error().code, Code::too_large);
  EXPECT_EQ(largest.over(Decimal(1, 9)).error().code, Code::too_large);
  EXPECT_EQ(largest.times(largest).error().code, Code::too_large);
  EXPECT_EQ(Decimal(-kUnitsLargest).minus(Decimal(1)).error().code, Code::too_large);
  EXPECT_EQ(largest.plus(Decimal())->units(), kUnitsLargest);
  EXPECT_EQ(largest.minus(largest)->units(), 0);
}

// text() and parse().
RC_GTEST_PROP(Decimal, WrittenAndReadAgainIsTheSame, ()) {
  const Decimal number(*rc::gen::inRange<int64_t>(-kUnitsLargest, kUnitsLargest + 1), *rc::gen::inRange(0, Decimal::kScaleMax + 1));
  const auto again = Decimal::parse(number.text());
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == number);
  RC_ASSERT(again->text() == number.text());
  RC_ASSERT(Decimal::parse_lenient(number.text()).has_value());
}

// laws of arithmetic.
RC_GTEST_PROP(Decimal, SumsAndProductsAreExact, ()) {
  const Decimal a = any_small(), b = any_small(), c = any_small();
  RC_ASSERT(*a.plus(b) == *b.plus(a));
  RC_ASSERT(*a.plus(b)->minus(b) == a);
  RC_ASSERT(*a.times(b) == *b.times(a));
  RC_ASSERT(*a.times(Decimal(3)) == *a.plus(a)->plus(a));
  RC_ASSERT(*a.plus(b)->plus(c) == *a.plus(*b.plus(c)));
  RC_ASSERT((a < b) == (*a.minus(b) < Decimal()));
  if (!b.is_zero()) RC_ASSERT(*a.times(b)->over(b) == a);
}

// round() up, down and half up.
RC_GTEST_PROP(Decimal, RoundingStaysWithinOneUnit, ()) {
  const Decimal number = any_small();
  const int digits = *rc::gen::inRange(0, 4);
  const Decimal unit(1, digits), none;
  const Decimal size = number.is_negative() ? *none.minus(number) : number;
  const Decimal up = size.round(digits, Rounding::up), down = size.round(digits, Rounding::down), half = size.round(digits);
  RC_ASSERT(down <= size && size <= up);
  RC_ASSERT(*up.minus(down) <= unit);
  RC_ASSERT(half == up || half == down);
  RC_ASSERT((*size.minus(down) < *up.minus(size)) == (half == down && half != up));
  RC_ASSERT(number.round(digits, Rounding::up) == (number.is_negative() ? *none.minus(up) : up));
}

// parse() of anything.
RC_GTEST_PROP(Decimal, AnyTextIsReadOrRefused, (const std::string& text)) {
  const auto strict = Decimal::parse(text);
  const auto lenient = Decimal::parse_lenient(text);
  if (strict) RC_ASSERT(lenient.has_value() && *lenient == *strict);
}

}  // namespace
}  // namespace fairway
