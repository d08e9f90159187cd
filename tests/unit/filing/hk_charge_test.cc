// Charges, levy and penalties of Hong Kong: the vectors of the law, and what lies beside them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "filing/charge/charge.h"
#include "filing/clock/day.h"
#include "unit/filing/hk_support.h"

namespace fairway::filing::hk_tests {
namespace {

Decimal amount(std::string_view text) { return Decimal::parse(text).value_or(Decimal(-1)); }

ChargeQuestion asked(std::string form, std::string_view value, std::string date = "2026-11-24") {
  ChargeQuestion question;
  question.charge = std::move(form), question.value = amount(value), question.date = std::move(date);
  return question;
}

std::string total(const ChargeQuestion& question) {
  const auto answer = charge(hk(), question);
  return answer ? answer->total.text() : answer.error().text();
}

TEST(HkCharge, FollowsTheLaw) {
  struct Case {
    std::string_view value, due;
  };
  for (const std::string form : {"1", "2"}) {
    for (const Case& c : {Case{"1", "0.2"},
                          {"46000", "0.2"},
                          {"46001", "0.4"},
                          {"47000", "0.4"},
                          {"47001", "0.5"},
                          {"100000", "7"},
                          {"500000", "57"},
                          {"1643000", "199.9"},
                          {"1644000", "200"},
                          {"5000000", "200"},
                          {"0", "0.2"},
                          {"0.01", "0.2"},
                          {"46000.01", "0.4"},
                          {"46999.99", "0.4"},
                          {"47000.01", "0.5"},
                          {"999999999999999999", "200"}}) {
      EXPECT_EQ(total(asked(form, c.value)), c.due) << form << ": " << c.value;
    }
  }
}

TEST(HkCharge, KnowsWhatCountedBefore) {
  EXPECT_EQ(total(asked("1", "5000000", "2018-08-01")), "200");
  EXPECT_EQ(total(asked("1", "5000000", "2018-07-31")), "619.5");  // 0.20 + 4,954 × 0.125 = 619.45
  EXPECT_EQ(total(asked("1", "100000", "2012-07-31")), "14");      // 0.50 + 54 × 0.25
  EXPECT_EQ(total(asked("1A", "100000", "2012-07-31")), "0.5");
  EXPECT_EQ(total(asked("2A", "100000", "2018-07-31")), "37");
}

TEST(HkCharge, OfFoodIsFlatAndOfExemptGoodsNothing) {
  for (const std::string_view value : {"0", "46001", "9000000"}) {
    EXPECT_EQ(total(asked("1A", value)), "0.2");
    EXPECT_EQ(total(asked("1B", value)), "0");
    EXPECT_EQ(total(asked("2B", value)), "0");
  }
}

TEST(HkCharge, LeviesClothingMadeInHongKong) {
  EXPECT_EQ(total(asked("2A", "100000")), "37");    // 7.00 + 100 × 0.30
  EXPECT_EQ(total(asked("2A", "1000.01")), "0.8");  // 0.20 + 2 × 0.30
  EXPECT_EQ(total(asked("2A", "0")), "0.2");
  EXPECT_EQ(total(asked("2A", "5000000")), "1700");  // the cap is of the charge, not of the levy
  ChargeQuestion part = asked("2A", "100000");
  part.levied_value = amount("40000.50");
  EXPECT_EQ(total(part), "19.3");  // 7.00 + 41 × 0.30
}

TEST(HkCharge, LinesSayHowTheyWereWorkedOut) {
  const auto answer = charge(hk(), asked("2A", "100000"));
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->lines.size(), 2u);
  EXPECT_EQ(answer->currency, "HKD");
  EXPECT_EQ(answer->lines[0].working, "0.20 + 54 × 0.125 = 6.95, rounded up to 7.00");
  EXPECT_EQ(answer->lines[1].working, "100 × 0.30 = 30.00");
  EXPECT_NE(answer->lines[0].source.find("Cap. 60E"), std::string::npos);
}

TEST(HkCharge, RefusesWhatItCannotAnswer) {
  EXPECT_EQ(charge(hk(), asked("3", "1")).error().code, Code::not_found);
  EXPECT_EQ(charge(hk(), asked("1", "-1")).error().code, Code::invalid);
  EXPECT_EQ(charge(hk(), asked("1", "1", "")).error().code, Code::invalid);
  EXPECT_EQ(charge(hk(), asked("1", "1", "2026-02-30")).error().code, Code::invalid);
  ChargeQuestion question = asked("2", "100");
  question.levied_value = amount("100");
  EXPECT_EQ(charge(hk(), question).error().code, Code::invalid);
  question = asked("2A", "100");
  question.levied_value = amount("101");
  EXPECT_EQ(charge(hk(), question).error().code, Code::invalid);
  question.levied_value.reset();
  question.days_late = -1;
  EXPECT_EQ(charge(hk(), question).error().code, Code::invalid);
}

TEST(HkCharge, PenaltiesFollowValueAndCalendarMonths) {
  struct Case {
    std::string date;
    int days_late;
    std::string_view value, penalty;
  };
  // After 24 November: a month and 14 days end on 7 January, two on 7 February; the last day is 8 December.
  for (const Case& c : {Case{"2026-11-24", 0, "20000", "0"},
                        {"2026-11-24", 1, "20000", "20"},
                        {"2026-11-24", 1, "20000.01", "40"},
                        {"2026-11-24", 30, "20000", "20"},
                        {"2026-11-24", 31, "20000", "40"},
                        {"2026-11-24", 61, "20000", "40"},
                        {"2026-11-24", 62, "20000", "100"},
                        {"2026-11-24", 30, "20001", "40"},
                        {"2026-11-24", 31, "20001", "80"},
                        {"2026-11-24", 62, "20001", "200"},
                        {"2026-11-24", 100'000, "20001", "200"},
                        // 31 January and a month is 28 February: 28 days; and two months 31 March: 59 days.
                        {"2026-01-31", 28, "1", "20"},
                        {"2026-01-31", 29, "1", "40"},
                        {"2026-01-31", 59, "1", "40"},
                        {"2026-01-31", 60, "1", "100"},
                        {"2024-01-31", 29, "1", "20"},
                        {"2024-01-31", 30, "1", "40"}}) {
    ChargeQuestion question = asked("1B", c.value, c.date);
    question.days_late = c.days_late;
    EXPECT_EQ(total(question), c.penalty) << c.date << " " << c.days_late << " " << c.value;
  }
}

TEST(HkCharge, PenaltiesComeOnTopForEachForm) {
  for (const auto& [form, due] :
       std::map<std::string, std::string>{{"1", "47"}, {"1A", "40.2"}, {"1B", "40"}, {"2", "47"}, {"2A", "77"}, {"2B", "40"}}) {
    ChargeQuestion question = asked(form, "100000");
    question.days_late = 1;
    EXPECT_EQ(total(question), due) << form;
  }
}

TEST(HkCharge, LatenessCountsFromTheDayThatHolidaysMovedItTo) {
  ChargeQuestion question = asked("1B", "1", "2026-02-03");  // day 14 is Lunar New Year's Day: moved on to 20 February
  question.days_late = 25;                                   // 17 March, or 14 March without the move; the limit is 17 March
  question.last_day = "2026-02-20";
  EXPECT_EQ(total(question), "20");
  question.days_late = 26;
  EXPECT_EQ(total(question), "40");
}

TEST(HkCharge, UnderchargeKnowsNoCap) {
  EXPECT_EQ(undercharge(hk(), asked("1", "46000"), amount("47001"))->text(), "0.3");
  EXPECT_EQ(undercharge(hk(), asked("1", "2000000"), amount("5000000"))->text(), "375");  // 619.50 − 244.50
  EXPECT_EQ(undercharge(hk(), asked("1", "5000000"), amount("2000000"))->text(), "0");
  EXPECT_EQ(undercharge(hk(), asked("1A", "1"), amount("5000000"))->text(), "0");
  EXPECT_EQ(undercharge(hk(), asked("1", "1"), amount("-1")).error().code, Code::invalid);
}

// charge(a) ≤ charge(b) for a ≤ b; whole ten cents; at most 200.
RC_GTEST_PROP(HkCharge, NeverFallsAsTheValueRises, ()) {
  const auto cents = *rc::gen::inRange<int64_t>(0, 300'000'000), more = *rc::gen::inRange<int64_t>(0, 1'000'000);
  ChargeQuestion a = asked("1", "0"), b = asked("1", "0");
  a.value = Decimal(cents, 2), b.value = Decimal(cents + more, 2);
  const Decimal low = charge(hk(), a)->total, high = charge(hk(), b)->total;
  RC_ASSERT(low <= high);
  RC_ASSERT(low.round(1) == low);
  RC_ASSERT(high <= Decimal(200));
}

TEST(Day, CountsAndWrites) {
  EXPECT_EQ(text(*parse_day("2026-02-28") + std::chrono::days(1)), "2026-03-01");
  EXPECT_EQ(text(plus_months(*parse_day("2026-01-31"), 1)), "2026-02-28");
  EXPECT_EQ(text(plus_months(*parse_day("2026-11-30"), 3)), "2027-02-28");
  EXPECT_TRUE(is_sunday(*parse_day("2026-11-22")));
  EXPECT_FALSE(is_sunday(*parse_day("2026-11-23")));
  for (const std::string_view bad : {"", "2026-1-1", "2026-02-29", "2026-13-01", "1899-12-31", "2201-01-01", "2026/01/01", "2026-01-01T",
                                     "-026-01-01", "2026-00-10", "2026-01-00", "20260101"}) {
    EXPECT_FALSE(parse_day(bad)) << bad;
  }
}

}  // namespace
}  // namespace fairway::filing::hk_tests
