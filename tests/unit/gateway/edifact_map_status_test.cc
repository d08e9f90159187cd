#include <gtest/gtest.h>

#include "gateway/edifact/messages/codes.h"
#include "gateway/edifact/messages/times.h"
#include "unit/gateway/edifact_map_support.h"

namespace fairway::gateway::edifact::map_test {
namespace {

constexpr std::string_view kStatus =
    "BGM+23+2BOG129382+9'DTM+137:202201010021:203'NAD+CA+ABCD:160++SENDER-COMP'RFF+BN:24O4023815'RFF+BM:ABCD224O4023815X'"
    "RFF+EQ:TRHU4307252'RFF+FF:31075687'CNI+1'STS+1+P::HS:Rail Departed from In-Transit Locat'RFF+BM:ABCD224O4023815X'"
    "RFF+EQ:TRHU4561222'DTM+334:202211190710:203'LOC+175+USSYR:227::SYRACUSE+US:162'TDT+1++2+25+ABCD:172::SENDER-COMP+++:::CSX'"
    "LOC+9+COCTG:139::CARTAGENA'DTM+186:202211091415:203'LOC+11+USNYC:139::ELIZABETH'DTM+178:202211170505:203'"
    "DTM+133:202211181630:203'LOC+29+USCHI:139::RAMP'DTM+132:202211210600:203'EQD+CN+TRHU4561222+45G1:102:5+++5'";

TEST(EdifactMapIftsta, StatesTheRailDepartureOfTheStatusContainer) {
  const DecodedMessage message = map("IFTSTA:D:00B:UN", kStatus);
  const auto departed = events_of(message, Milestone::departed);
  ASSERT_GE(departed.size(), 1u);
  const Event& event = *departed[0];
  EXPECT_EQ(event.transport.mode, TransportMode::rail);
  EXPECT_EQ(event.classifier, Classifier::actual);
  EXPECT_EQ(event.place.unlocode, "USSYR");
  EXPECT_EQ(event.place.name, "SYRACUSE");
  EXPECT_TRUE(event.place.facility.empty());  // US:162 is a country
  EXPECT_EQ(to_rfc3339(event.occurred), "2022-11-19T07:10:00-05:00");
  EXPECT_EQ(keys(event), "equipment:TRHU4561222 transport_document:ABCD224O4023815X booking:24O4023815 forwarder_reference:31075687");
  EXPECT_EQ(event.remark, "Rail Departed from In-Transit Locat");
}

TEST(EdifactMapIftsta, StatesTheLegsPlannedEstimatedAndActual) {
  const DecodedMessage message = map("IFTSTA:D:00B:UN", kStatus);
  struct Expected {
    Milestone milestone;
    Classifier classifier;
    std::string_view place, time;
    TransportMode mode;
  };
  const std::vector<Expected> expected = {
      {Milestone::departed, Classifier::actual, "USSYR", "2022-11-19T07:10:00-05:00", TransportMode::rail},
      {Milestone::departed, Classifier::actual, "COCTG", "2022-11-09T14:15:00-05:00", TransportMode::unknown},
      {Milestone::arrived, Classifier::actual, "USNYC", "2022-11-17T05:05:00-05:00", TransportMode::unknown},
      {Milestone::departed, Classifier::estimated, "USNYC", "2022-11-18T16:30:00-05:00", TransportMode::rail},
      {Milestone::arrived, Classifier::estimated, "USCHI", "2022-11-21T06:00:00-06:00", TransportMode::rail},
  };
  ASSERT_EQ(message.events.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    const Event& event = message.events[i];
    EXPECT_EQ(event.milestone, expected[i].milestone) << i;
    EXPECT_EQ(event.classifier, expected[i].classifier) << i;
    EXPECT_EQ(event.place.unlocode, expected[i].place) << i;
    EXPECT_EQ(to_rfc3339(event.occurred), expected[i].time) << i;
    EXPECT_EQ(event.transport.mode, expected[i].mode) << i;
    EXPECT_EQ(event.references[0].value(), "TRHU4561222") << i;
  }
}

TEST(EdifactMapIftsta, UnknownStatusIsReportedAndNotStated) {
  const DecodedMessage message =
      map("IFTSTA:D:00B:UN", "BGM+23+D+9'CNI+1'STS+1+ZZ9::X:Container washed'RFF+EQ:TRHU4561222'DTM+334:202211190710:203'");
  EXPECT_TRUE(message.events.empty());
  EXPECT_TRUE(has_code(message, "edifact.unmapped_status"));
  EXPECT_TRUE(message.ok);
  EXPECT_EQ(message.references.size(), 1u);
}

TEST(EdifactMapIftsta, StatusOfManyContainersStatesAnEventForEach) {
  const DecodedMessage message =
      map("IFTSTA:D:95B:UN",
          "BGM+23+D+9'CNI+1+HLCUHKG1'STS+1+24'DTM+334:202211190710:203'LOC+175+HKHKG'EQD+CN+TRHU4561222'EQD+CN+OOLU4293953'"
          "CNI+2+HLCUHKG2'STS+1+29'DTM+334:202211190715:203'LOC+175+HKHKG'EQD+CN+TRHU4307252'");
  ASSERT_EQ(message.events.size(), 3u);
  EXPECT_EQ(keys(message.events[0]), "equipment:TRHU4561222 transport_document:HLCUHKG1");
  EXPECT_EQ(keys(message.events[1]), "equipment:OOLU4293953 transport_document:HLCUHKG1");
  EXPECT_EQ(keys(message.events[2]), "equipment:TRHU4307252 transport_document:HLCUHKG2");
  EXPECT_EQ(message.events[2].milestone, Milestone::discharged);
}

TEST(EdifactMapIftsta, StatusOfABookingNamesNoContainer) {
  const DecodedMessage message =
      map("IFTSTA:D:00B:UN", "BGM+23+D+9'RFF+BN:B1'CNI+1'STS+1+BF::HS:Booking confirmed'DTM+334:202211190710:203'LOC+175+HKHKG'");
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(message.events[0].milestone, Milestone::document_confirmed);
  EXPECT_EQ(message.events[0].document_type, "BKG");
  EXPECT_EQ(keys(message.events[0]), "booking:B1");
}

TEST(EdifactMapCodes, FreeTextSaysWhatHappened) {
  struct Expected {
    std::string_view code, text;
    std::optional<Milestone> milestone;
    Classifier classifier;
  };
  const std::vector<Expected> rows = {
      {"", "Gate out full", Milestone::gate_out, Classifier::actual},
      {"", "Unloaded from vessel", Milestone::discharged, Classifier::actual},
      {"", "LOADED ON BOARD", Milestone::loaded, Classifier::actual},
      {"", "Estimated arrival changed", Milestone::arrived, Classifier::estimated},
      {"", "Customs release", Milestone::customs_released, Classifier::actual},
      {"", "Not loaded", std::nullopt, Classifier::actual},
      {"", "Preloaded data", std::nullopt, Classifier::actual},
      {"VD", "", Milestone::departed, Classifier::actual},
      {"29", "", Milestone::discharged, Classifier::actual},
      {"E", "", Milestone::arrived, Classifier::estimated},
      {"", "", std::nullopt, Classifier::actual},
  };
  for (const Expected& row : rows) {
    const auto meaning = status_of(row.code, row.text);
    ASSERT_EQ(meaning.has_value(), row.milestone.has_value()) << row.code << " " << row.text;
    if (!meaning) continue;
    EXPECT_EQ(meaning->milestone, *row.milestone) << row.text;
    EXPECT_EQ(meaning->classifier, row.classifier) << row.text;
  }
}

TEST(EdifactMapTimes, ReadsEveryFormatInItsZone) {
  struct Expected {
    std::string_view value, format, place, utc;
  };
  const std::vector<Expected> rows = {
      {"20261122", "102", "HKHKG", "2026-11-21T16:00:00Z"},
      {"261122", "101", "HKHKG", "2026-11-21T16:00:00Z"},
      {"2611220830", "201", "HKHKG", "2026-11-22T00:30:00Z"},
      {"9911220830", "201", "", "1999-11-22T08:30:00Z"},
      {"202611220830", "203", "USLAX", "2026-11-22T16:30:00Z"},
      {"20261122083015", "204", "", "2026-11-22T08:30:15Z"},
      {"202611220830+0530", "205", "HKHKG", "2026-11-22T03:00:00Z"},
      {"202611220830-05", "303", "", "2026-11-22T13:30:00Z"},
      {"202611220830UTC", "303", "HKHKG", "2026-11-22T08:30:00Z"},
      {"202611220830HKT", "303", "HKHKG", "2026-11-22T00:30:00Z"},
      {"221126", "2", "", "2026-11-22T00:00:00Z"},
      {"202611220830", "", "", "2026-11-22T08:30:00Z"},
  };
  for (const Expected& row : rows) {
    const auto read = read_time({"7", std::string(row.value), std::string(row.format), 1, 0}, row.place);
    ASSERT_TRUE(read.has_value()) << row.value;
    EXPECT_EQ(to_rfc3339_utc(read->instant.micros), row.utc) << row.value << " " << row.format;
    EXPECT_EQ(read->instant.text, row.value);
    EXPECT_FALSE(read->format_wrong);
  }
  const auto mended = read_time({"7", "20261122", "203", 1, 0}, "");
  ASSERT_TRUE(mended.has_value());
  EXPECT_TRUE(mended->format_wrong);
  for (const std::string_view bad : {"", "2026", "202613220830", "20261122083", "2026112208x0", "99999999"})
    EXPECT_FALSE(read_time({"7", std::string(bad), "203", 1, 0}, "HKHKG").has_value()) << bad;
}

TEST(EdifactMapOther, CollectsReferencesAndPartiesButStatesNothing) {
  const DecodedMessage message = map("COSTCO:D:95B:UN",
                                     "BGM+45+ORDER1+9'TDT+20+123W+1++MSK:172:20+++9776171:146::HELLO'NAD+CA+MSK:160:20'"
                                     "EQD+CN+OOLU4293953+45G1'RFF+BN:2GO2005174'");
  EXPECT_TRUE(message.events.empty());
  EXPECT_EQ(message.document, "ORDER1");
  ASSERT_EQ(message.references.size(), 4u);
  EXPECT_EQ(message.references[0].key(), "vessel:9776171");
  EXPECT_EQ(message.references[2].key(), "equipment:OOLU4293953");
  EXPECT_EQ(message.references[3].key(), "booking:2GO2005174");
  EXPECT_EQ(message.parties.size(), 3u);
}

}  // namespace
}  // namespace fairway::gateway::edifact::map_test
