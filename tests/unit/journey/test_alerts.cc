// Alerts: each rule, what keeps it silent, and that a fact stays the same fact.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "journey/alert_text.h"
#include "journey/alerts.h"
#include "unit/journey/port.h"

namespace fairway::journey::alerts_test {
namespace {

using namespace testing;
using enum Milestone;

const std::string kBox = "equipment:MSCU1234566";
const std::string kLateBox = "equipment:CMAU1234567";

int64_t day(double days) { return kStartUs + static_cast<int64_t>(days * 24 * 60) * 60'000'000; }

AlertsFound all(Port& port, double now, const AlertSettings& settings = {}, std::string_view key = kBox) {
  return find_alerts(find(port, named(key), operator_sight()).value(), settings, day(now));
}
std::vector<Alert> of(Port& port, AlertKind kind, double now, AlertSettings settings = {}, std::string_view key = kBox) {
  settings.kinds = 1u << static_cast<unsigned>(kind);
  return all(port, now, settings, key).alerts;
}
std::vector<std::string> evidence_of(Port& port, const Alert& alert, std::string_view key = kBox) {
  const Journey journey = find(port, named(key), operator_sight()).value();
  std::vector<std::string> out;
  for (const size_t claim : alert.evidence) out.push_back(journey.claims[claim].event.id);
  return out;
}
bool share_a_fact(const Alert& a, const Alert& b) {
  return std::ranges::any_of(a.facts, [&](const std::string& fact) { return std::ranges::find(b.facts, fact) != b.facts.end(); });
}
using Ids = std::vector<std::string>;

Event declared(const std::string& id, Milestone milestone, double at, const std::string& box = kBox) {
  Event event = Say(id, milestone, at).of({"declaration:HK1", box}).at("HKHKG");
  event.source = {.format = "filing", .type = "hk/1", .document = "fil_1"};
  event.remark = "weights do not agree";
  return event;
}

TEST(AlertsFiling, ARejectedDeclarationOfTwoContainersIsOneFact) {
  Port port;
  port.add(declared("accepted", declaration_accepted, 1), "broker");
  EXPECT_TRUE(of(port, AlertKind::filing, 2).empty());
  port.add(declared("rejected-1", declaration_rejected, 2), "broker");
  port.add(declared("rejected-2", declaration_rejected, 2, kLateBox), "broker");
  const auto found = of(port, AlertKind::filing, 3);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::filing_rejected);
  EXPECT_EQ(found[0].subject, "HK1");
  EXPECT_EQ(evidence_of(port, found[0]), (Ids{"rejected-1", "rejected-2"}));
  EXPECT_NE(text_of(found[0], Language::en).find("HK1: rejected by the authority at HKHKG"), std::string::npos);
  EXPECT_NE(text_of(found[0], Language::en).find("weights do not agree"), std::string::npos);
  const auto other = of(port, AlertKind::filing, 3, {}, kLateBox);
  ASSERT_EQ(other.size(), 1u);
  EXPECT_TRUE(share_a_fact(found[0], other[0])) << "told once, from whichever container it is looked at";
}

TEST(AlertsFiling, AQueryEndsWithWhatIsSaidNext) {
  Port port;
  port.add(declared("queried", declaration_queried, 1), "broker");
  const auto found = of(port, AlertKind::filing, 2);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::filing_queried);
  port.add(declared("amended", declaration_amended, 3), "broker");
  EXPECT_TRUE(of(port, AlertKind::filing, 4).empty());
}

TEST(AlertsLate, ByAnEstimate) {
  Port port;
  port.add(Say("plan", loaded, 5).of({kBox}).at("HKHKG").by("9321483", "1E").planned().written(0), "line");
  EXPECT_TRUE(of(port, AlertKind::late, 1).empty());
  port.add(Say("est1", loaded, 5.2).of({kBox}).at("HKHKG").by("9321483", "1E").estimated().written(1), "line");
  EXPECT_TRUE(of(port, AlertKind::late, 1).empty()) << "within the tolerance of six hours";
  port.add(Say("est2", loaded, 5.3).of({kBox}).at("HKHKG").by("9321483", "1E").estimated().written(2), "line");
  const auto found = of(port, AlertKind::late, 3);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::estimated_late);
  EXPECT_EQ(found[0].subject, "MSCU1234566");
  EXPECT_EQ(found[0].step, 0);
  EXPECT_FALSE(found[0].over);
  EXPECT_EQ(evidence_of(port, found[0]), (Ids{"plan", "est2"}));
}

TEST(AlertsLate, StepsDoubleAndTheFactStays) {
  Port port;
  port.add(Say("plan", loaded, 5).of({kBox}).at("HKHKG").by("9321483", "1E").planned().written(0), "line");
  std::vector<Alert> before;
  const std::array<std::pair<double, int>, 5> kRows = {{{5.3, 0}, {5.4, 0}, {5.6, 1}, {6.1, 2}, {5.3, 0}}};
  for (size_t i = 0; i < kRows.size(); ++i) {
    const std::string id = "est" + std::to_string(i);
    port.add(
        Say(id, loaded, kRows[i].first).of({kBox}).at("HKHKG").by("9321483", "1E").estimated().written(1 + 0.1 * static_cast<double>(i)),
        "line");
    const auto found = of(port, AlertKind::late, 2);
    ASSERT_EQ(found.size(), 1u) << i;
    EXPECT_EQ(found[0].step, kRows[i].second) << i;
    if (!before.empty()) {
      EXPECT_TRUE(share_a_fact(found[0], before[0]));
    }
    before = found;
  }
}

TEST(AlertsLate, BySilenceAndNotOnceItIsPassed) {
  Port port;
  port.add(Say("plan", gate_in, 5).of({kBox}).at("HKHKG", "HIT").planned().written(0), "line");
  const AlertsFound early = all(port, 5);
  EXPECT_TRUE(early.alerts.empty());
  EXPECT_EQ(early.next_look_us, day(5) + kHourUs + 1) << "an hour after the plan of a gate";
  const auto found = of(port, AlertKind::late, 5.1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::silent);
  EXPECT_EQ(found[0].apart_us, day(5.1) - day(5));
  EXPECT_TRUE(of(port, AlertKind::late, 40).empty()) << "what is forgotten for a month is no news";
  port.add(Say("load", loaded, 5.05).of({kBox}).at("HKHKG", "HIT"), "hit");
  EXPECT_TRUE(of(port, AlertKind::late, 5.1).empty()) << "it was only never told";
}

TEST(AlertsLate, WhatHasHappenedIsOver) {
  Port port;
  port.add(Say("plan", discharged, 5).of({kBox}).at("NLRTM").planned().written(0), "line");
  port.add(Say("act", discharged, 6).of({kBox}).at("NLRTM"), "ect");
  const auto found = of(port, AlertKind::late, 8);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::happened_late);
  EXPECT_TRUE(found[0].over);
  EXPECT_EQ(found[0].step, 1) << "24 h are past twice six hours and not past four times";
}

TEST(AlertsLate, ARenewedPlanIsOfTheSameFact) {
  Port port;
  port.add(Say("plan1", loaded, 5).of({kBox}).at("HKHKG").planned().written(0), "line");
  port.add(Say("est1", loaded, 6).of({kBox}).at("HKHKG").estimated().written(1), "hit");
  const auto first = of(port, AlertKind::late, 2);
  port.add(Say("plan2", loaded, 5.5).of({kBox}).at("HKHKG").planned().written(2), "line");
  const auto second = of(port, AlertKind::late, 3);
  ASSERT_EQ(first.size(), 1u);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_TRUE(share_a_fact(first[0], second[0]));
  EXPECT_EQ(second[0].apart_us, 12 * kHourUs) << "against the plan that counts";
}

TEST(AlertsHold, UntilItIsReleased) {
  Port port;
  port.add(Say("held", customs_held, 3).of({kBox}).at("HKHKG"), "customs");
  port.add(Say("held-too", customs_held, 3.02).of({kBox}).at("HKHKG"), "hit");
  const auto first = of(port, AlertKind::hold, 4);
  ASSERT_EQ(first.size(), 1u) << "told by two, it is one hold";
  EXPECT_EQ(evidence_of(port, first[0]), (Ids{"held", "held-too"}));
  port.add(Say("free", customs_released, 5).of({kBox}).at("HKHKG"), "customs");
  EXPECT_TRUE(of(port, AlertKind::hold, 6).empty());
  port.add(Say("again", customs_held, 7).of({kBox}).at("HKHKG"), "customs");
  const auto second = of(port, AlertKind::hold, 8);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_FALSE(share_a_fact(first[0], second[0])) << "another hold is another fact";
}

TEST(AlertsHold, APaperIsHeldAndHeldAgain) {
  Port port;
  const std::string paper = "transport_document:BL1";
  port.add(Say("held", document_held, 3).of({paper}), "line");
  const auto first = of(port, AlertKind::hold, 4, {}, paper);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].subject, "BL1");
  port.add(Say("free", document_released, 5).of({paper}), "line");
  EXPECT_TRUE(of(port, AlertKind::hold, 6, {}, paper).empty());
  port.add(Say("again", document_held, 7).of({paper}), "line");
  const auto second = of(port, AlertKind::hold, 8, {}, paper);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_FALSE(share_a_fact(first[0], second[0]));
}

TEST(AlertsTemperature, TellsTheReadingAndItsLimits) {
  Port port;
  Event event = Say("hot", excursion, 3).of({kBox}).at("HKHKG").event();
  event.readings = {{"temperature", -14.5, "CEL", -20.0, -16.0}, {"temperature", -12.25, "CEL", -20.0, -16.0}};
  port.add(event, "line");
  const auto found = of(port, AlertKind::temperature, 4);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail, "temperature -12.25 °C (-20 °C – -16 °C)");
  EXPECT_TRUE(found[0].over);
}

Port two_vessels(double feeder_estimate, double mother_leaves) {
  Port port;
  port.add(Say("l1", loaded, 1).of({kBox}).at("CNYTN").by("9321483", "1"), "line");
  port.add(Say("d1", departed, 1.2).at("CNYTN").by("9321483", "1"), "line");
  port.add(Say("a1", arrived, 3).at("HKHKG").by("9321483", "1").planned().written(0), "line");
  port.add(Say("a1e", arrived, feeder_estimate).at("HKHKG").by("9321483", "1").estimated().written(2), "line");
  port.add(Say("u1", discharged, 3.1).of({kBox}).at("HKHKG").by("9321483", "1").planned().written(0), "line");
  port.add(Say("l2", loaded, 4).of({kBox}).at("HKHKG").by("9074729", "2").planned().written(0), "line");
  port.add(Say("d2", departed, mother_leaves).at("HKHKG").by("9074729", "2").planned().written(0), "line");
  port.add(Say("u2", discharged, 20).of({kBox}).at("NLRTM").by("9074729", "2").planned().written(0), "line");
  return port;
}

TEST(AlertsConnection, ArrivesAfterTheNextLeaves) {
  Port in_time = two_vessels(3.5, 4.5);
  EXPECT_TRUE(of(in_time, AlertKind::missed_connection, 2).empty());
  Port port = two_vessels(5, 4.5);
  const auto found = of(port, AlertKind::missed_connection, 2);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::arrives_too_late);
  EXPECT_EQ(found[0].detail, "9074729 2");
  EXPECT_EQ(evidence_of(port, found[0]), (Ids{"d2", "a1e"}));
  port.add(Say("l2a", loaded, 4.4).of({kBox}).at("HKHKG").by("9074729", "2"), "line");
  EXPECT_TRUE(of(port, AlertKind::missed_connection, 5).empty()) << "it is aboard, whatever was estimated";
}

TEST(AlertsConnection, LeftWithoutTheCargo) {
  Port port = two_vessels(3.5, 4.5);
  port.add(Say("d2a", departed, 4.6).at("HKHKG").by("9074729", "2"), "line");
  EXPECT_TRUE(of(port, AlertKind::missed_connection, 4.62).empty()) << "the list of what was loaded may follow";
  AlertSettings settings;
  settings.kinds = 1u << static_cast<unsigned>(AlertKind::missed_connection);
  EXPECT_EQ(all(port, 4.62, settings).next_look_us, day(4.6) + 2 * kHourUs);
  const auto found = of(port, AlertKind::missed_connection, 4.8);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::left_without);
}

TEST(AlertsFreeTime, WarnsEndsAndIsCleared) {
  Port port;
  port.add(Say("dis", discharged, 2.5).of({kBox}).at("HKHKG", "HIT").by("9321483", "1").laden(), "hit");
  EXPECT_TRUE(of(port, AlertKind::free_time, 30).empty()) << "nobody said how many days are free";
  AlertSettings settings;
  settings.kinds = 1u << static_cast<unsigned>(AlertKind::free_time);
  settings.free_days = 3;
  settings.free_days_at["HKHKG/HIT"] = 5;
  // Days 3 to 7 are free: the last minute of day 7 ends it, and 48 hours before it is time to warn.
  EXPECT_EQ(all(port, 3, settings).next_look_us, day(8) - 60'000'000 - 48 * kHourUs);
  EXPECT_TRUE(of(port, AlertKind::free_time, 5.9, settings).empty());
  const auto warned = of(port, AlertKind::free_time, 6.1, settings);
  ASSERT_EQ(warned.size(), 1u);
  EXPECT_EQ(warned[0].reason, Reason::free_time_ends);
  const auto over = of(port, AlertKind::free_time, 8, settings);
  ASSERT_EQ(over.size(), 1u);
  EXPECT_EQ(over[0].reason, Reason::free_time_over);
  EXPECT_EQ(over[0].step, 1);
  EXPECT_TRUE(share_a_fact(warned[0], over[0]));
  port.add(Say("out", gate_out, 6).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  EXPECT_TRUE(of(port, AlertKind::free_time, 8, settings).empty());
  EXPECT_EQ(all(port, 8, settings).next_look_us, INT64_MAX);
}

TEST(AlertsStopped, OnLandAfterTwoDays) {
  Port port;
  port.add(Say("out", gate_out, 2).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  EXPECT_TRUE(of(port, AlertKind::stopped, 3.9).empty());
  const auto found = of(port, AlertKind::stopped, 4.1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(evidence_of(port, found[0]), Ids{"out"});
  port.add(Say("pos", located, 3.5).of({kBox}), "haulier");
  EXPECT_TRUE(of(port, AlertKind::stopped, 4.1).empty()) << "it was seen on its way";
  port.add(Say("done", dropped_off, 3.8).of({kBox}).at("CNSZX").laden(), "haulier");
  EXPECT_TRUE(of(port, AlertKind::stopped, 20).empty()) << "it has arrived";
}

TEST(AlertsStopped, AVesselWithItsArrivalAheadMoves) {
  Port port;
  port.add(Say("load", loaded, 2).of({kBox}).at("HKHKG").by("9321483", "1"), "hit");
  port.add(Say("unload", discharged, 25).of({kBox}).at("NLRTM").by("9321483", "1").planned().written(0), "line");
  EXPECT_TRUE(of(port, AlertKind::stopped, 20).empty());
  const auto found = of(port, AlertKind::stopped, 31);
  ASSERT_EQ(found.size(), 1u) << "five days past what the plan explains";
  EXPECT_EQ(found[0].apart_us, day(31) - day(25));
}

TEST(AlertsPlace, AnotherPortThanPlanned) {
  Port port;
  port.add(Say("plan-l", loaded, 2).of({kBox}).at("HKHKG").by("9321483", "1").planned().written(0), "line");
  port.add(Say("plan-d", discharged, 20).of({kBox}).at("NLRTM").by("9321483", "1").planned().written(0), "line");
  port.add(Say("load", loaded, 2.1).of({kBox}).at("HKHKG").by("9321483", "1"), "hit");
  EXPECT_TRUE(of(port, AlertKind::unexpected_place, 3).empty());
  port.add(Say("dis", discharged, 15).of({kBox}).at("SGSIN").by("9321483", "1"), "psa");
  const auto found = of(port, AlertKind::unexpected_place, 16);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].reason, Reason::other_discharge_port);
  EXPECT_EQ(found[0].instead.unlocode, "NLRTM");
  EXPECT_EQ(evidence_of(port, found[0]), (Ids{"dis", "plan-d"}));
}

TEST(AlertsPlace, APlannedTransshipmentIsNone) {
  Port port;
  port.add(Say("t1", discharged, 10).of({kBox}).at("SGSIN").by("9321483", "1").planned().written(0), "line");
  port.add(Say("t2", loaded, 12).of({kBox}).at("SGSIN").by("9074729", "2").planned().written(0), "line");
  port.add(Say("t3", discharged, 20).of({kBox}).at("NLRTM").by("9074729", "2").planned().written(0), "line");
  port.add(Say("dis", discharged, 10).of({kBox}).at("SGSIN").by("9321483", "1"), "psa");
  EXPECT_TRUE(of(port, AlertKind::unexpected_place, 16).empty());
}

TEST(AlertsText, SaysItInThreeLanguages) {
  Port port;
  port.add(Say("plan", loaded, 5).of({kBox}).at("HKHKG").planned().written(0), "line");
  port.add(Say("est", loaded, 5.5).of({kBox}).at("HKHKG").estimated().written(1), "line");
  const auto found = of(port, AlertKind::late, 2);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(text_of(found[0], Language::en),
            "MSCU1234566: loaded at HKHKG is now expected 2026-01-06 12:00 +00:00, 12 h after the plan (2026-01-06 00:00 +00:00).");
  EXPECT_EQ(text_of(found[0], Language::zh_hant),
            "MSCU1234566：HKHKG 裝載現預計於 2026-01-06 12:00 +00:00，較計劃（2026-01-06 00:00 +00:00）遲 12 小時。");
  EXPECT_EQ(text_of(found[0], Language::zh_hans),
            "MSCU1234566：HKHKG 装载现预计于 2026-01-06 12:00 +00:00，较计划（2026-01-06 00:00 +00:00）晚 12 小时。");
  for (size_t reason = 0; reason <= static_cast<size_t>(Reason::unplanned_place); ++reason) {
    Alert alert = found[0];
    alert.reason = static_cast<Reason>(reason);
    for (size_t language = 0; language < kLanguages; ++language) {
      const std::string text = text_of(alert, static_cast<Language>(language));
      EXPECT_NE(text.find("MSCU1234566"), std::string::npos) << text;
      EXPECT_EQ(text.find_first_of("{}?"), std::string::npos) << text;
    }
  }
}

// A small world of claims that collide.
rc::Gen<std::vector<std::pair<Event, PartyId>>> any_claims() {
  return rc::gen::exec([] {
    std::vector<std::pair<Event, PartyId>> out;
    const auto pick = [](auto... options) { return *rc::gen::element(options...); };
    const int count = *rc::gen::inRange(1, 20);
    for (int i = 0; i < count; ++i) {
      Say say(
          "e" + std::to_string(i),
          pick(loaded, discharged, gate_in, gate_out, customs_held, customs_released, arrived, departed, excursion, located, dropped_off),
          *rc::gen::inRange(0, 30));
      say.of({pick(kBox, kLateBox), std::string("booking:B1")}).at(pick("HKHKG", "NLRTM", "SGSIN"), pick("", "T1"));
      if (*rc::gen::inRange(0, 2) == 0) say.by(pick("9321483", "9074729"), pick("1", "2"));
      if (*rc::gen::inRange(0, 2) == 0) *rc::gen::arbitrary<bool>() ? say.planned() : say.estimated();
      say.written(*rc::gen::inRange(0, 30));
      out.emplace_back(say.event(), pick("hit", "line"));
    }
    return out;
  });
}

AlertsFound alerts_after(const std::vector<std::pair<Event, PartyId>>& claims, size_t count, int64_t now_us) {
  Port port;
  for (size_t i = 0; i < count; ++i) port.add(claims[i].first, claims[i].second);
  AlertSettings settings;
  settings.free_days = 4;
  return find_alerts(find(port, named("booking:B1"), operator_sight()).value(), settings, now_us);
}

using Said = std::tuple<AlertKind, Reason, std::string, int, std::vector<std::string>, std::string>;
std::vector<Said> said(const AlertsFound& found) {
  std::vector<Said> out;
  for (const Alert& alert : found.alerts)
    out.emplace_back(alert.kind, alert.reason, alert.subject, alert.step, alert.facts, text_of(alert, Language::en));
  std::ranges::sort(out);
  return out;
}

RC_GTEST_PROP(AlertsProperty, TheOrderOfArrivalDoesNotMatter, ()) {
  auto claims = *any_claims();
  const int64_t now_us = day(*rc::gen::inRange(0, 60));
  const AlertsFound before = alerts_after(claims, claims.size(), now_us);
  for (size_t i = claims.size(); i > 1; --i) std::swap(claims[i - 1], claims[*rc::gen::inRange<size_t>(0, i)]);
  const AlertsFound after = alerts_after(claims, claims.size(), now_us);
  RC_ASSERT(said(before) == said(after));
  RC_ASSERT(before.next_look_us == after.next_look_us);
}

// As the watch tells them: whatever more is claimed, what has been told at a step is not told again at the same or a lower one.
RC_GTEST_PROP(AlertsProperty, TheSameAgainIsKnownByItsFacts, ()) {
  const auto claims = *any_claims();
  const int64_t now_us = day(*rc::gen::inRange(0, 60));
  std::map<std::string, int> told;
  for (size_t count = 1; count <= claims.size(); ++count) {
    for (int round = 0; round < 2; ++round) {
      for (const Alert& alert : alerts_after(claims, count, now_us).alerts) {
        RC_ASSERT(!alert.facts.empty());
        RC_ASSERT(!alert.evidence.empty());
        int step = -1;
        for (const std::string& fact : alert.facts)
          if (const auto known = told.find(fact); known != told.end()) step = std::max(step, known->second);
        if (step >= alert.step) continue;
        RC_ASSERT(round == 0);
        for (const std::string& fact : alert.facts) told[fact] = std::max(told[fact], alert.step);
      }
    }
  }
}

RC_GTEST_PROP(AlertsProperty, TimeAloneMakesNothingBeforeTheNextLook, ()) {
  const auto claims = *any_claims();
  const int64_t now_us = day(*rc::gen::inRange(0, 60));
  const AlertsFound now = alerts_after(claims, claims.size(), now_us);
  RC_ASSERT(now.next_look_us > now_us);
  if (now.next_look_us - now_us < 2'000'000) return;
  const int64_t step_us = std::min(now.next_look_us - now_us - 1, 20 * kDayUs);
  const AlertsFound later = alerts_after(claims, claims.size(), now_us + step_us);
  for (const Alert& alert : later.alerts) {
    const bool known =
        std::ranges::any_of(now.alerts, [&](const Alert& before) { return share_a_fact(before, alert) && before.step >= alert.step; });
    RC_ASSERT(known);
  }
}

}  // namespace
}  // namespace fairway::journey::alerts_test
