// The certificate of a container's free time, over made-up journeys.
#include <gtest/gtest.h>

#include "base/json.h"
#include "journey/demurrage.h"
#include "unit/journey/port.h"

namespace fairway::journey::demurrage_test {
namespace {

using namespace testing;  // NOLINT: the port of the tests
using enum Milestone;
constexpr std::string_view kBox = "equipment:MSCU1234566";
const std::vector<std::string> kCargo = {std::string(kBox), "transport_document:BL1"};
// 2026-01-01 was a Thursday; day 1.0 is 2 January, 08:00 in Hong Kong.

DemurrageTerms terms_of(const std::map<std::string, std::string>& given) {
  return demurrage_terms_from([&](std::string_view name) -> const std::string* {
           const auto found = given.find(std::string(name));
           return found == given.end() ? nullptr : &found->second;
         })
      .value();
}

Certificate certificate_of(Port& port, const DemurrageTerms& terms, const Sight& sight = operator_sight()) {
  const Journey journey = find(port, named(kBox), sight).value();
  return make_certificate(journey, terms, kStartUs + 40 * kDayUs).value();
}

Port import_port() {
  Port port;
  port.add(Say("disc", discharged, 1).of(kCargo).at("HKHKG", "HIT").laden().written(1.1), "terminal", kStartUs + kDayUs + kHourUs);
  port.add(Say("avail", available_for_pick_up, 2).of(kCargo).at("HKHKG", "HIT"), "terminal");
  port.add(Say("out", gate_out, 9).of(kCargo).at("HKHKG", "HIT").laden(), "terminal");
  port.add(Say("in", gate_in, 15).of(kCargo).at("HKHKG", "DEPOT").empty(), "depot");
  return port;
}

const CertificateLine& line_of(const Certificate& made, std::string_view id) {
  return *std::ranges::find_if(made.lines, [&](const CertificateLine& line) { return line.event.id == id; });
}
const InvoiceField& field_of(const Certificate& made, std::string_view name) {
  return *std::ranges::find(made.fields, name, &InvoiceField::name);
}
using Texts = std::vector<std::string>;

TEST(Demurrage, FreeDaysBeginOnTheDayAfterTheDischargeByTheClockOfThePlace) {
  Port port = import_port();
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "5"}}));
  EXPECT_EQ(made.container, "MSCU1234566");
  EXPECT_EQ(made.zone, "Asia/Hong_Kong");
  ASSERT_EQ(made.free_time.size(), 1u) << made.why_no_free_time;
  const FreeTime& time = made.free_time[0];
  EXPECT_EQ(time.first_day, "2026-01-03");
  EXPECT_EQ(time.last_day, "2026-01-07");
  EXPECT_EQ(to_rfc3339(time.ends), "2026-01-08T00:00:00+08:00");
  EXPECT_EQ(time.charged, (Texts{"2026-01-08", "2026-01-09", "2026-01-10"}));
  EXPECT_EQ(time.started_by, 1u);
  EXPECT_EQ(time.ended_by, 3u);
}

TEST(Demurrage, WorkingDaysLeaveOutWeekendsAndHolidays) {
  Port port = import_port();
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "3"}, {"days", "working"}, {"holidays", "2026-01-06"}}));
  const FreeTime& time = made.free_time.at(0);  // 3 and 4 January are a weekend
  EXPECT_EQ(time.first_day, "2026-01-05");
  EXPECT_EQ(time.last_day, "2026-01-08");
  EXPECT_EQ(time.not_counted, (Texts{"2026-01-03", "2026-01-04", "2026-01-06"}));
  EXPECT_EQ(time.charged, (Texts{"2026-01-09", "2026-01-10"}));
}

TEST(Demurrage, ItMayStartWithAvailabilityOnTheSameDay) {
  Port port = import_port();
  const FreeTime time =
      certificate_of(port, terms_of({{"freeDays", "2"}, {"start", "availability"}, {"firstDay", "same"}})).free_time.at(0);
  EXPECT_EQ(time.first_day, "2026-01-03");
  EXPECT_EQ(time.last_day, "2026-01-04");
  EXPECT_EQ(time.started_by, 2u);
}

TEST(Demurrage, DetentionRunsFromTheGateToTheEmptyReturn) {
  Port port = import_port();
  const FreeTime time = certificate_of(port, terms_of({{"freeDays", "4"}, {"charge", "detention"}})).free_time.at(0);
  EXPECT_EQ(time.started_by, 3u);
  EXPECT_EQ(time.ended_by, 4u);
  EXPECT_EQ(time.last_day, "2026-01-14");
  EXPECT_EQ(time.charged, (Texts{"2026-01-15", "2026-01-16"}));
}

TEST(Demurrage, OfExportsTheGateInStartsAndLoadingStops) {
  Port port;
  port.add(Say("pick", gate_out, 1).of(kCargo).at("HKHKG", "DEPOT").empty(), "depot");
  port.add(Say("erd", available_for_drop_off, 3).of(kCargo).at("HKHKG", "HIT"), "terminal");
  port.add(Say("in", gate_in, 4).of(kCargo).at("HKHKG", "HIT").laden(), "terminal");
  port.add(Say("load", loaded, 8).of(kCargo).at("HKHKG", "HIT"), "terminal");
  const Certificate demurrage = certificate_of(port, terms_of({{"freeDays", "1"}, {"traffic", "export"}}));
  EXPECT_EQ(demurrage.free_time.at(0).started_by, 3u);
  EXPECT_EQ(demurrage.free_time.at(0).ended_by, 4u);
  EXPECT_EQ(field_of(demurrage, "earliestReturn").entries, std::vector<Position>{2});
  const Certificate detention = certificate_of(port, terms_of({{"freeDays", "1"}, {"traffic", "export"}, {"charge", "detention"}}));
  EXPECT_EQ(detention.free_time.at(0).started_by, 1u);
  EXPECT_EQ(detention.free_time.at(0).ended_by, 3u);
}

TEST(Demurrage, ATransshipmentsDischargeStartsNothing) {
  Port port;
  port.add(Say("d1", discharged, 1).of(kCargo).at("SGSIN", "PSA"), "terminal");
  port.add(Say("l2", loaded, 2).of(kCargo).at("SGSIN", "PSA"), "terminal");
  port.add(Say("d2", discharged, 6).of(kCargo).at("HKHKG", "HIT"), "terminal");
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "3"}}));
  ASSERT_EQ(made.free_time.size(), 1u);
  EXPECT_EQ(made.free_time[0].started_by, 3u);
  EXPECT_FALSE(made.free_time[0].ended_by);
  EXPECT_EQ(field_of(made, "portOfDischarge").values, Texts{"HKHKG"});
}

TEST(Demurrage, ATrainAfterTheVoyageIsNoTransshipment) {
  Port port = import_port();
  port.add(Say("rail", loaded, 10).of(kCargo).at("HKHKG", "KLN").rides("X8401"), "railway");
  port.add(Say("off", discharged, 12).of(kCargo).at("CNSNZ").rides("X8401"), "railway");
  EXPECT_EQ(certificate_of(port, terms_of({{"freeDays", "5"}})).free_time.at(0).started_by, 1u);
}

TEST(Demurrage, ContradictingClaimsStandSideBySideAndEachIsReckoned) {
  Port port = import_port();
  port.add(Say("disc2", discharged, 3).of(kCargo).at("HKHKG", "HIT").laden(), "carrier");
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "5"}}));
  ASSERT_EQ(made.free_time.size(), 2u);
  EXPECT_EQ(made.free_time[0].charged.size(), 3u);
  EXPECT_EQ(made.free_time[1].charged.size(), 1u);
  EXPECT_EQ(line_of(made, "disc").contradicts, std::vector<Position>{5});
  EXPECT_EQ(line_of(made, "disc2").contradicts, std::vector<Position>{1});
  EXPECT_EQ(field_of(made, "daysCharged").values, Texts{"contradicted: see freeTime"});
}

TEST(Demurrage, CorrectionsAreShownWithWhatTheyAmend) {
  Port port = import_port();
  port.add(Say("out-2", gate_out, 8).of(kCargo).at("HKHKG", "HIT").laden().amends(Amendment::correction, "out"), "terminal");
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "5"}}));
  EXPECT_EQ(line_of(made, "out").status, ClaimStatus::corrected);
  EXPECT_EQ(line_of(made, "out").amended_by, std::vector<Position>{5});
  EXPECT_EQ(line_of(made, "out-2").amends, std::vector<Position>{3});
  ASSERT_EQ(made.free_time.size(), 1u);
  EXPECT_EQ(made.free_time[0].ended_by, 5u);
}

TEST(Demurrage, HoldsAndRefusalsAreShownAndStopTheClockOnlyByTheTerms) {
  Port port = import_port();
  port.add(Say("hold", customs_held, 3).of(kCargo).at("HKHKG", "HIT"), "customs");
  port.add(Say("free", customs_released, 4.5).of(kCargo).at("HKHKG", "HIT"), "customs");
  port.add(Say("no", appointment_refused, 5).of(kCargo).at("HKHKG", "HIT"), "terminal");
  port.add(Say("no-2", appointment_refused, 5.1).of(kCargo).at("HKHKG", "HIT"), "terminal");
  const FreeTime shown = certificate_of(port, terms_of({{"freeDays", "5"}})).free_time.at(0);
  ASSERT_EQ(shown.interruptions.size(), 1u);
  EXPECT_EQ(shown.interruptions[0].entries, (std::vector<Position>{5, 6}));
  EXPECT_FALSE(shown.interruptions[0].stops_clock);
  EXPECT_EQ(shown.refusals, (std::vector<Position>{7, 8}));
  EXPECT_EQ(shown.last_day, "2026-01-07");
  const FreeTime stopped = certificate_of(port, terms_of({{"freeDays", "5"}, {"holdsStop", "true"}})).free_time.at(0);
  EXPECT_EQ(stopped.not_counted, (Texts{"2026-01-04", "2026-01-05"}));
  EXPECT_EQ(stopped.last_day, "2026-01-09");
}

Event outage(std::string id, Milestone milestone, double day, std::string_view facility, std::optional<double> until = {}) {
  Event event = Say(std::move(id), milestone, day).of({"facility:HKHKG/" + std::string(facility)}).at("HKHKG", facility);
  if (until) event.window.ends = Instant{.micros = kStartUs + static_cast<int64_t>(*until * 24) * kHourUs};
  return event;
}

TEST(Demurrage, AnOutageOfThePlaceIsOnTheTimelineOfWhatWasThere) {
  Port port = import_port();
  port.add(outage("down", outage_began, 5, "HIT", 6), "terminal");
  port.add(outage("up", outage_ended, 5.5, "HIT"), "terminal");
  port.add(outage("other", outage_began, 5, "MTL", 6), "terminal");
  port.add(outage("old", outage_began, -60, "HIT", -59), "terminal");
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "5"}, {"outagesStop", "true"}}));
  const FreeTime& time = made.free_time.at(0);
  ASSERT_EQ(time.interruptions.size(), 1u);
  EXPECT_EQ(time.interruptions[0].entries, (std::vector<Position>{5, 6}));
  EXPECT_EQ(time.interruptions[0].to_us, kStartUs + 5 * kDayUs + 12 * kHourUs);
  EXPECT_EQ(time.not_counted, Texts{"2026-01-06"});
  EXPECT_EQ(std::ranges::count(made.lines, LineKind::outage, &CertificateLine::kind), 2);
}

TEST(Demurrage, AnOutageIsSeenByWhoSeesTheCargoThereAndIsToldByWhoVouches) {
  Port port;
  Book rule;
  rule.calls("importer", "IMP");
  rule.party("gossip").vouches = false;
  port.add(Say("disc", discharged, 1).of(kCargo).at("HKHKG", "HIT").names("IMP"), "terminal");
  port.add(outage("down", outage_began, 2, "HIT"), "terminal");
  port.add(outage("hearsay", outage_began, 2, "HIT"), "gossip");
  const auto seen = [&](const PartyId& who) {
    const auto journey = find(port, named(kBox), Viewer(who, false, rule));
    return journey ? ids(*journey) : std::set<std::string>();
  };
  EXPECT_EQ(seen("importer"), (std::set<std::string>{"disc", "down"}));
  EXPECT_EQ(seen("stranger"), std::set<std::string>());
  port.add(Say("own", observed, 1).of(kCargo).at("HKHKG", "HIT"), "stranger");
  EXPECT_EQ(seen("stranger"), std::set<std::string>{"own"});  // its own word opens nothing
}

TEST(Demurrage, AnOutageSaysNothingOfWhereTheCargoIs) {
  Port port = import_port();
  port.add(outage("down", outage_began, 20, "DEPOT"), "depot");
  const Journey journey = find(port, named(kBox), operator_sight()).value();
  ASSERT_TRUE(journey.status);
  EXPECT_EQ(journey.claims[*journey.status].event.id, "in");
}

// The evidence bundle proves a line by these: they are the log's own bytes.
TEST(Demurrage, EveryCitedFieldStandsInTheEntryByteForByte) {
  Port port = import_port();
  port.add(outage("down", outage_began, 5, "HIT", 6), "terminal");
  const Certificate made = certificate_of(port, terms_of({}));
  ASSERT_EQ(made.lines.size(), 5u);
  for (const CertificateLine& line : made.lines) {
    const std::array<Position, 1> wanted = {line.entry};
    const Entry entry = port.entries(wanted)->at(0);
    std::set<std::string> paths;
    for (const CitedField& field : line.says) {
      paths.insert(field.path);
      if (field.path == "party")
        EXPECT_EQ(field.value, "\"" + entry.party + "\"");
      else if (field.path == "received")
        EXPECT_EQ(field.value, std::to_string(entry.received_us));
      else
        EXPECT_NE(entry.body.find(field.value), std::string::npos) << field.path;
    }
    for (const char* path : {"party", "received", "body/milestone", "body/occurred", "body/place/UNLocationCode", "body/references/*"})
      EXPECT_TRUE(paths.contains(path)) << path;
    EXPECT_EQ(paths.contains("body/created"), line.event.created.has_value());
  }
}

TEST(Demurrage, FieldsSayWhereTheirValuesComeFrom) {
  Port port = import_port();
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "5"}, {"rate", "USD 150 a day"}}));
  EXPECT_EQ(field_of(made, "billOfLadingNumbers").values, Texts{"BL1"});
  EXPECT_EQ(field_of(made, "billOfLadingNumbers").origin, Origin::record);
  EXPECT_EQ(field_of(made, "containerAvailable").entries, std::vector<Position>{2});
  EXPECT_EQ(field_of(made, "rate").origin, Origin::terms);
  EXPECT_EQ(field_of(made, "invoiceDate").origin, Origin::invoicer);
  EXPECT_EQ(field_of(made, "applicableRule").origin, Origin::invoicer);
  EXPECT_EQ(field_of(made, "datesCharged").origin, Origin::worked_out);
  EXPECT_EQ(field_of(certificate_of(port, terms_of({})), "datesCharged").origin, Origin::not_in_record);
}

TEST(Demurrage, OfSeveralContainersTheAskerSaysWhich) {
  Port port = import_port();
  port.add(Say("two", discharged, 1).of({"equipment:CSQU3054383", "transport_document:BL1"}).at("HKHKG", "HIT"), "terminal");
  const Journey journey = find(port, named("transport_document:BL1"), operator_sight()).value();
  const auto unsaid = make_certificate(journey, {}, kStartUs);
  ASSERT_FALSE(unsaid);
  EXPECT_EQ(unsaid.error().code, Code::invalid);
  EXPECT_EQ(make_certificate(journey, terms_of({{"container", "CSQU 305438-3"}}), kStartUs)->lines.size(), 1u);
  EXPECT_FALSE(make_certificate(journey, terms_of({{"container", "TCLU0000000"}}), kStartUs));
}

TEST(Demurrage, TermsThatMakeNoSenseAreRefused) {
  for (const auto& [name, value] : std::map<std::string, std::string>{{"freeDays", "-1"},
                                                                      {"freeDays ", "x"},
                                                                      {"days", "weekly"},
                                                                      {"traffic", "transit"},
                                                                      {"holidays", "2026-02-30"},
                                                                      {"timeZone", "Nowhere/At_All"},
                                                                      {"holdsStop", "perhaps"}}) {
    const std::string key = name == "freeDays " ? "freeDays" : name;
    const auto terms = demurrage_terms_from([&](std::string_view asked) { return asked == key ? &value : nullptr; });
    ASSERT_FALSE(terms) << name;
    EXPECT_EQ(terms.error().code, Code::invalid) << name;
  }
}

TEST(Demurrage, ItIsWrittenInOneSpelling) {
  Port port = import_port();
  const auto names = [](const PartyId& id) { return PartyName{"Name of " + id, "terminal"}; };
  const Certificate made = certificate_of(port, terms_of({{"freeDays", "5"}}));
  const std::string text = to_json(made, names);
  EXPECT_EQ(text, to_json(certificate_of(port, terms_of({{"freeDays", "5"}})), names));
  const auto parsed = parse_json(text);
  ASSERT_TRUE(parsed) << parsed.error().text();
  EXPECT_EQ(parsed->at("format"), "fairway-certificate");
  EXPECT_EQ(parsed->at("timeline").as_array().size(), 4u);
  const auto& first = parsed->at("timeline").at(0);
  EXPECT_EQ(first.at("observedAt"), "2026-01-02T00:00:00Z");
  EXPECT_EQ(first.at("reportedAt"), "2026-01-02T02:00:00Z");
  EXPECT_EQ(first.at("loggedAt"), "2026-01-02T01:00:00Z");
  EXPECT_EQ(parsed->at("freeTime").at(0).at("daysChargedTotal"), 3);
  for (const CertificateTable& table : tables_of(made, names))
    for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size()) << table.heading;
}

}  // namespace
}  // namespace fairway::journey::demurrage_test
