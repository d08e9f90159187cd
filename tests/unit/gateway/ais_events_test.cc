// What AIS messages state: where ships are, when they will arrive, and what is wrong with what was heard.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/ais/decode.h"
#include "gateway/ais/reader.h"
#include "unit/gateway/ais_support.h"

namespace fairway::gateway::ais::events_test {
namespace {

using ais_support::Builder;
using ais_support::tag_block;

constexpr int64_t kNow = 1'780'315'200;  // 2026-06-01T12:00:00Z

std::vector<DecodedMessage> decoded(const std::string& bytes) {
  std::vector<DecodedMessage> messages;
  const Status status = decode_ais(bytes, [&messages](DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(status.has_value()) << status.error().text();
  return messages;
}
DecodedMessage only(const std::string& bytes) {
  auto messages = decoded(bytes);
  EXPECT_EQ(messages.size(), 1u);
  return messages.empty() ? DecodedMessage() : std::move(messages.front());
}
std::vector<std::string> codes(const DecodedMessage& message) {
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : message.diagnostics) out.push_back(diagnostic.code);
  return out;
}
using Codes = std::vector<std::string>;

std::string at_time(int64_t unix_s, const std::string& sentences) {
  std::string out;
  const std::string tag = tag_block("s:test,c:" + std::to_string(unix_s));
  for (size_t at = 0; at < sentences.size();) {
    const size_t end = sentences.find('\n', at);
    out += tag + sentences.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return out;
}

std::string position(double latitude, double longitude, uint32_t mmsi = 477'123'456, unsigned second = 60, unsigned speed = 123) {
  Builder builder;
  builder.add(1, 6).add(0, 2).add(mmsi, 30).add(0, 4).add(128, 8).add(speed, 10).add(1, 1);
  builder.add(static_cast<uint64_t>(static_cast<int64_t>(longitude * kPerDegree)), 28)
      .add(static_cast<uint64_t>(static_cast<int64_t>(latitude * kPerDegree)), 27);
  return builder.add(2'240, 12).add(215, 9).add(second, 6).add(0, 25).sentences();
}

std::string voyage(std::string_view destination, unsigned month, unsigned day, uint32_t imo = 9'134'270, uint32_t mmsi = 477'123'456) {
  Builder builder;
  builder.add(5, 6).add(0, 2).add(mmsi, 30).add(0, 2).add(imo, 30).text("VRAB7", 7).text("EVER DIADEM", 20).add(70, 8).add(0, 30).add(1, 4);
  return builder.add(month, 4).add(day, 5).add(14, 5).add(30, 6).add(122, 8).text(destination, 20).add(0, 2).sentences();
}

TEST(AisEvents, PositionIsLocatedThere) {
  const DecodedMessage message = only(at_time(kNow, position(22.25, 114.5)));
  EXPECT_TRUE(message.ok);
  EXPECT_EQ(message.format, "AIS");
  EXPECT_EQ(message.type, "AIS 1");
  ASSERT_EQ(message.events.size(), 1u);
  const Event& event = message.events[0];
  EXPECT_EQ(event.milestone, Milestone::located);
  EXPECT_EQ(event.classifier, Classifier::actual);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-06-01T12:00:00Z");
  EXPECT_DOUBLE_EQ(*event.place.latitude, 22.25);
  EXPECT_DOUBLE_EQ(*event.place.longitude, 114.5);
  ASSERT_NE(event.reference(ReferenceKind::vessel_mmsi), nullptr);
  EXPECT_EQ(event.reference(ReferenceKind::vessel_mmsi)->value(), "477123456");
  EXPECT_EQ(event.reference(ReferenceKind::vessel), nullptr);
  EXPECT_EQ(event.transport.mode, TransportMode::vessel);
  ASSERT_EQ(event.readings.size(), 2u);
  EXPECT_DOUBLE_EQ(event.readings[0].value, 12.3);
  EXPECT_EQ(event.readings[0].unit, "KNT");
  EXPECT_DOUBLE_EQ(event.readings[1].value, 224);
  EXPECT_TRUE(validate(event).has_value());
  EXPECT_EQ(to_json(*event_from_json(to_json(event))), to_json(event));
}

TEST(AisEvents, WithoutATimeNothingIsStated) {
  const DecodedMessage message = only(position(22.25, 114.5));
  EXPECT_TRUE(message.ok);
  EXPECT_TRUE(message.events.empty());
  EXPECT_EQ(codes(message), Codes{"ais.no_time"});
  size_t events = 0;
  ASSERT_TRUE(decode_ais_at(position(22.25, 114.5), kNow, [&](const DecodedMessage& m) { events += m.events.size(); }).has_value());
  EXPECT_EQ(events, 1u);
  EXPECT_EQ(codes(only(at_time(7, position(22.25, 114.5)))), (Codes{"ais.time", "ais.no_time"}));
}

TEST(AisEvents, TheReportsOwnSecondIsItsTime) {
  const auto taken = [](int64_t received, unsigned second) {
    return only(at_time(received, position(22.25, 114.5, 477'123'456, second))).events.at(0).occurred.micros / 1'000'000 - kNow;
  };
  EXPECT_EQ(taken(kNow + 3, 0), 0);
  EXPECT_EQ(taken(kNow + 3, 58), -2);
  EXPECT_EQ(taken(kNow + 30, 29), 29);
  EXPECT_EQ(taken(kNow + 30, 33), 33);
  EXPECT_EQ(taken(kNow + 30, 60), 30) << "not available";
  EXPECT_EQ(taken(kNow + 57, 2), 62);
  // Two receivers, one report.
  const auto first = only(at_time(kNow + 31, position(22.25, 114.5, 477'123'456, 29)));
  const auto second = only(at_time(kNow + 34, position(22.25, 114.5, 477'123'456, 29)));
  EXPECT_EQ(first.events[0].id, second.events[0].id);
}

TEST(AisEvents, VesselIsKnownByItsImoNumberOnceItWasSaid) {
  const auto messages = decoded(at_time(kNow, position(22.0, 115) + voyage("HK HKG", 6, 2)) + at_time(kNow + 60, position(22.001, 115)));
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[0].events[0].reference(ReferenceKind::vessel), nullptr);
  const Event& after = messages[2].events.at(0);
  ASSERT_NE(after.reference(ReferenceKind::vessel), nullptr);
  EXPECT_EQ(after.reference(ReferenceKind::vessel)->value(), "9134270");
  EXPECT_EQ(after.transport.vessel_imo, "9134270");
  EXPECT_EQ(after.transport.vessel_name, "EVER DIADEM");
  EXPECT_EQ(after.transport.call_sign, "VRAB7");
}

TEST(AisEvents, VoyageDataAnnounceTheArrival) {
  const DecodedMessage message = only(at_time(kNow, voyage("CNSHA>HKHKG", 6, 3)));
  EXPECT_EQ(message.type, "AIS 5");
  ASSERT_EQ(message.events.size(), 1u);
  const Event& event = message.events[0];
  EXPECT_EQ(event.milestone, Milestone::arrived);
  EXPECT_EQ(event.classifier, Classifier::estimated);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-06-03T14:30:00Z");
  EXPECT_EQ(event.place.unlocode, "HKHKG");
  EXPECT_EQ(event.reason, "voyage-data");
  EXPECT_EQ(event.remark, "CNSHA>HKHKG");
  EXPECT_EQ(event.transport.vessel_imo, "9134270");
  EXPECT_EQ(only(at_time(kNow + 360, voyage("CNSHA>HKHKG", 6, 3))).events.at(0).id, event.id) << "repeated every six minutes";
  EXPECT_NE(only(at_time(kNow, voyage("CNSHA>HKHKG", 6, 4))).events.at(0).id, event.id);
}

TEST(AisEvents, VoyageDataThatAnnounceNothing) {
  EXPECT_EQ(codes(only(at_time(kNow, voyage("HONG KONG", 6, 3)))), Codes{"ais.destination"});
  EXPECT_EQ(codes(only(at_time(kNow, voyage("HKHKG", 0, 0)))), Codes{"ais.no_eta"});
  EXPECT_EQ(codes(only(at_time(kNow, voyage("HKHKG", 5, 20)))), Codes{"ais.eta_past"});
  EXPECT_EQ(codes(only(voyage("HKHKG", 6, 3))), Codes{"ais.no_time"});
  const DecodedMessage wrong = only(at_time(kNow, voyage("HKHKG", 6, 3, 9'134'271)));
  EXPECT_EQ(codes(wrong), Codes{"ais.imo"});
  ASSERT_EQ(wrong.events.size(), 1u);
  EXPECT_EQ(wrong.events[0].reference(ReferenceKind::vessel), nullptr);
  EXPECT_TRUE(codes(only(at_time(kNow, voyage("HKHKG", 6, 3, 0)))).empty());
}

std::string way_into_hong_kong(int64_t from = kNow) {
  std::string bytes = at_time(from, voyage("HKHKG", 6, 2));
  for (int i = 0; i <= 60; ++i) bytes += at_time(from + i * 120, position(22.0 + i * 0.0055, 114.125, 477'123'456));
  return bytes;
}

TEST(AisEvents, EnteringAPortsAreaIsAnArrival) {
  std::vector<Event> arrivals;
  for (const DecodedMessage& message : decoded(way_into_hong_kong()))
    for (const Event& event : message.events)
      if (event.reason == "port-area") arrivals.push_back(event);
  ASSERT_EQ(arrivals.size(), 1u);
  EXPECT_EQ(arrivals[0].milestone, Milestone::arrived);
  EXPECT_EQ(arrivals[0].classifier, Classifier::estimated);
  EXPECT_EQ(arrivals[0].place.unlocode, "HKHKG");
  EXPECT_EQ(arrivals[0].transport.vessel_imo, "9134270");
}

TEST(AisEvents, AFeedGivesWhatIsWorthAnEvent) {
  std::vector<DecodedMessage> messages;
  const MessageSink sink = [&messages](DecodedMessage message) { messages.push_back(std::move(message)); };
  const auto reader = std::make_unique<Reader>(Detail::worthy, sink);
  const std::string bytes = way_into_hong_kong() + at_time(kNow + 8'000, voyage("HKHKG", 6, 2)) + at_time(kNow, voyage("HONG KONG", 6, 2));
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = bytes.find('\n', at);
    reader->read(bytes.substr(at, end - at), at, std::nullopt);
    at = end + 1;
  }
  size_t located = 0, arrived = 0;
  for (const DecodedMessage& message : messages) {
    EXPECT_FALSE(message.events.empty());
    for (const Event& event : message.events) (event.milestone == Milestone::located ? located : arrived) += 1;
  }
  EXPECT_EQ(arrived, 2u) << "the voyage once, the port's area once";
  EXPECT_GE(located, 3u);
  EXPECT_LE(located, 12u);
}

TEST(AisEvents, WhatCannotBeIsDoubted) {
  EXPECT_EQ(codes(only(at_time(kNow, position(22, 114, 123'456'789)))), Codes{"ais.mmsi"});
  EXPECT_EQ(codes(only(at_time(kNow, position(22, 114, 0)))), Codes{"ais.mmsi"});
  EXPECT_EQ(codes(only(at_time(kNow, position(91, 181)))), Codes{"ais.no_position"});
  EXPECT_EQ(codes(only(at_time(kNow, position(100, 14)))), Codes{"ais.position"});
  const auto jump = decoded(at_time(kNow, position(22, 114)) + at_time(kNow + 60, position(23, 114)));
  EXPECT_EQ(codes(jump.at(1)), Codes{"ais.jump"});
  EXPECT_TRUE(jump[1].events.empty());
  EXPECT_TRUE(jump[1].ok);
  EXPECT_EQ(codes(decoded(at_time(kNow, position(22, 114)) + at_time(kNow - 60, position(22, 114))).at(1)), Codes{"ais.late"});
}

TEST(AisEvents, WhatIsBrokenIsTold) {
  std::string wrong = position(22, 114);
  wrong[20] = wrong[20] == '0' ? '1' : '0';
  EXPECT_EQ(codes(only(wrong)), Codes{"ais.checksum"});
  EXPECT_FALSE(only(wrong).ok);
  EXPECT_EQ(codes(only("hello\n")), Codes{"ais.sentence"});
  EXPECT_EQ(codes(only(ais_support::with_checksum("AIVDM,1,1,,A,15R[gt0PAso;90TKcjM8h6g208CQ,0"))), Codes{"ais.payload"});
  EXPECT_EQ(codes(only(Builder().add(1, 6).add(0, 60).sentences())), Codes{"ais.length"});
  EXPECT_EQ(codes(only(Builder().add(40, 6).add(0, 60).sentences())), Codes{"ais.type"});
  const std::string two = voyage("HKHKG", 6, 3);
  const auto lost = only(two.substr(0, two.find('\n')));
  EXPECT_EQ(codes(lost), Codes{"ais.parts_missing"});
  EXPECT_EQ(lost.text, two.substr(0, two.find('\n')));
}

TEST(AisEvents, MoreMessagesThanOneSubmissionMayHaveAreRefused) {
  std::string bytes;
  for (size_t i = 0; i <= limits::kMessagesPerInterchangeMax; ++i) bytes += "x\n";
  size_t messages = 0;
  const Status status = decode_ais(bytes, [&messages](const DecodedMessage&) { ++messages; });
  EXPECT_EQ(messages, limits::kMessagesPerInterchangeMax);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, Code::too_large);
}

TEST(AisEvents, MessagesKeepTheirText) {
  const std::string a = voyage("HKHKG", 6, 3), b = position(22, 114);
  const size_t cut = a.find('\n') + 1;
  const auto messages = decoded("# a comment\r\n" + a.substr(0, cut) + "\n" + b + a.substr(cut));
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].type, "AIS 1");
  EXPECT_EQ(messages[1].text + "\n", a);
  EXPECT_EQ(messages[1].offset, 13u);
  EXPECT_EQ(messages[1].hash.size(), 64u);
  EXPECT_NE(messages[0].identity, messages[1].identity);
}

TEST(AisEvents, FormatIsDetected) {
  EXPECT_EQ(detect(position(22, 114)), Format::ais);
  EXPECT_EQ(detect("# comment\n\n" + at_time(kNow, position(22, 114))), Format::ais);
  EXPECT_EQ(detect("!AIVDO,1,1,,,1,0*00"), Format::ais);
  EXPECT_EQ(detect("", "application/vnd.nmea0183"), Format::ais);
  EXPECT_EQ(detect("!GPGGA,1"), Format::unknown);
  EXPECT_EQ(detect("\\"), Format::unknown);
  EXPECT_EQ(name(Format::ais), "ais");
}

TEST(AisEvents, SampleFileComesThroughWhole) {
  const std::filesystem::path path = std::filesystem::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora/ais/sample.aivdm";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no ../shared/corpora/ais beside the project";
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  size_t good = 0, events = 0, positions = 0;
  ASSERT_TRUE(decode_ais_at(bytes, kNow, [&](const DecodedMessage& message) {
                good += message.ok;
                events += message.events.size();
                for (const Event& event : message.events) positions += event.milestone == Milestone::located;
              }).has_value());
  // gpsd's 97 lines, and of type 24 the three parts A and the two parts B that it has not joined.
  EXPECT_EQ(good, 97u + 3 + 2);
  EXPECT_GE(positions, 12u);
  EXPECT_GE(events, positions);
}

TEST(AisReports, TypedValuesAreThoseOfTheTables) {
  Bits bits;
  ASSERT_TRUE(bits.append("15RTgt0PAso;90TKcjM8h6g208CQ", 0).has_value());
  const Report report = report_of(bits);
  const auto& p = std::get<PositionReport>(report);
  EXPECT_EQ(p.mmsi, 371'798'000u);
  EXPECT_EQ(p.turn, -127);
  EXPECT_EQ(p.speed, 123);
  EXPECT_EQ(p.course, 2'240);
  EXPECT_EQ(p.heading, 215);
  EXPECT_EQ(p.second, 33);
  EXPECT_TRUE(p.accurate);
  EXPECT_NEAR(p.longitude_degrees(), -123.395383, 1e-6);
  EXPECT_NEAR(p.latitude_degrees(), 48.381633, 1e-6);
  Bits coarse;
  ASSERT_TRUE(coarse.append("KC5E2b@U19PFdLbMuc5=ROv62<7m", 0).has_value());
  const auto q = std::get<PositionReport>(report_of(coarse));
  EXPECT_EQ(q.type, 27);
  EXPECT_EQ(q.speed, 570);
  EXPECT_EQ(q.course, 1'670);
  EXPECT_NEAR(q.longitude_degrees(), 137.0, 0.05);
  EXPECT_NEAR(q.latitude_degrees(), 4.8, 0.05);
}

}  // namespace
}  // namespace fairway::gateway::ais::events_test
