// Which deadlines of a consignment have come how near.
#include <gtest/gtest.h>

#include "exchange/filing/deadline_watch.h"
#include "journey/alert_text.h"

namespace fairway::exchange::deadline_steps_test {
namespace {

using filing::Filing;
using filing::PlannedFiling;
using filing::State;
using journey::Reason;

constexpr int64_t kDayUs = 86'400'000'000;
const filing::Schema kNoItems;

filing::Consignment consignment() {
  filing::Consignment made{.owner = "pty_owner", .reference = "SO-1", .record = filing::Record(kNoItems)};
  made.id = "cns_1";
  made.participants = {{.party = "pty_broker", .regimes = {"cn"}, .edits = true}};
  return made;
}

// Due on day 14, with reminders on days 7, 10, 12 and 13.
PlannedFiling planned(const std::string& form) {
  PlannedFiling made;
  made.key = filing::FormKey::parse(form).value();
  made.title.en = "Import declaration";
  made.deadline.emplace();
  made.deadline->latest.micros = 14 * kDayUs;
  for (const int day : {7, 10, 12, 13}) made.deadline->reminders.push_back({.micros = day * kDayUs});
  return made;
}

Filing begun(const std::string& form, State state, State standing = State::draft) {
  Filing made;
  made.key = filing::FormKey::parse(form).value();
  made.party = "pty_agent", made.state = state, made.standing = standing;
  return made;
}

DeadlineSteps at_day(double day, std::vector<PlannedFiling> plan, std::vector<Filing> filings = {}) {
  return deadline_steps(consignment(), filings, plan, static_cast<int64_t>(day * kDayUs));
}

TEST(DeadlineSteps, NothingBeforeTheFirstReminder) {
  const DeadlineSteps found = at_day(6.9, {planned("hk/1")});
  EXPECT_TRUE(found.steps.empty());
  EXPECT_EQ(found.next_look_us, 7 * kDayUs);
}

TEST(DeadlineSteps, EachReminderIsAStepAndTheLastIsThatItIsLate) {
  const struct {
    double day;
    int step;
    Reason reason;
    int64_t next_us;
  } rows[] = {
      {7, 0, Reason::deadline_near, 10 * kDayUs},     {11.5, 1, Reason::deadline_near, 12 * kDayUs},
      {12, 2, Reason::deadline_near, 13 * kDayUs},    {14, 3, Reason::deadline_near, 14 * kDayUs + 1},  // the last moment is in time
      {14.01, 4, Reason::deadline_passed, INT64_MAX}, {90, 4, Reason::deadline_passed, INT64_MAX}};
  for (const auto& row : rows) {
    const DeadlineSteps found = at_day(row.day, {planned("hk/1")});
    ASSERT_EQ(found.steps.size(), 1U) << row.day;
    EXPECT_EQ(found.steps[0].alert.step, row.step) << row.day;
    EXPECT_EQ(found.steps[0].alert.reason, row.reason) << row.day;
    EXPECT_EQ(found.next_look_us, row.next_us) << row.day;
  }
}

TEST(DeadlineSteps, WhatIsLodgedIsNotRemindedOfAndWhatWasRejectedIs) {
  for (const State state : {State::lodging, State::lodged, State::accepted, State::queried, State::released, State::closed})
    EXPECT_TRUE(at_day(13.5, {planned("hk/1")}, {begun("hk/1", state)}).steps.empty()) << name(state);
  for (const State state : {State::draft, State::checked, State::confirmed, State::rejected, State::cancelled})
    EXPECT_EQ(at_day(13.5, {planned("hk/1")}, {begun("hk/1", state)}).steps.size(), 1U) << name(state);
  EXPECT_TRUE(at_day(13.5, {planned("hk/1")}, {begun("hk/1", State::draft, State::accepted)}).steps.empty())
      << "an amendment is drafted, the authority has the declaration";
  EXPECT_EQ(at_day(13.5, {planned("hk/1")}, {begun("hk/2", State::lodged)}).steps.size(), 1U) << "another form";
}

TEST(DeadlineSteps, WhoeverFilesItIsTold) {
  EXPECT_EQ(at_day(13, {planned("hk/1")}).steps.at(0).party, "pty_owner");
  EXPECT_EQ(at_day(13, {planned("cn/import")}).steps.at(0).party, "pty_broker");
  EXPECT_EQ(at_day(13, {planned("hk/1")}, {begun("hk/1", State::draft)}).steps.at(0).party, "pty_agent");
}

TEST(DeadlineSteps, ADeadlineThatMovesIsAnother) {
  PlannedFiling later = planned("hk/1");
  later.deadline->latest.micros += kDayUs;
  EXPECT_NE(at_day(13, {planned("hk/1")}).steps.at(0).alert.facts, at_day(13, {later}).steps.at(0).alert.facts);
  EXPECT_EQ(at_day(13, {planned("hk/1")}).steps.at(0).alert.facts, at_day(10, {planned("hk/1")}).steps.at(0).alert.facts);
}

TEST(DeadlineSteps, TheTextSaysWhatAndByWhen) {
  journey::Alert alert = at_day(13, {planned("hk/1")}).steps.at(0).alert;
  alert.detail = "Import declaration (hk/1)";
  EXPECT_EQ(journey::text_of(alert, journey::Language::en),
            "SO-1: Import declaration (hk/1) has to be lodged by 1970-01-15 00:00 +00:00: 24 h left.");
  for (const auto language : {journey::Language::zh_hant, journey::Language::zh_hans})
    EXPECT_NE(journey::text_of(alert, language).find("24"), std::string::npos);
}

}  // namespace
}  // namespace fairway::exchange::deadline_steps_test
