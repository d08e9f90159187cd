// FSU, FMA and FNA as they are written: strictly, and read back to what was written.
#include <algorithm>

#include "cargo_imp_support.h"
#include "gateway/cargo_imp/write.h"

namespace cargo_imp_write {

using namespace cargo_imp_test;
using namespace fairway;

constexpr int64_t kNow = 1'795'521'600'000'000;  // 2026-11-24T12:00:00Z

std::vector<DecodedMessage> decode_all(std::string_view bytes) {
  std::vector<DecodedMessage> messages;
  EXPECT_TRUE(decode_cargo_imp(bytes, {kNow}, [&](DecodedMessage message) { messages.push_back(std::move(message)); }));
  return messages;
}

// The identities of events, which follow from everything that they say.
std::vector<std::string> identities(const DecodedMessage& message) {
  std::vector<std::string> all;
  for (const Event& event : message.events) all.push_back(event.id);
  std::ranges::sort(all);
  return all;
}

TEST(CargoImpWrite, StatusesReadBackAsTheSameEvents) {
  const auto read =
      decode_all(lines({"FSU/15", "160-12345675HKGORD/T10K200", "RCS/21NOV0900/HKG/T10K200", "DEP/CX0831/23NOV/HKGORD/P4K80/A1012",
                        "ULD/PMC12345CX", "MAN/CX831/23NOV/HKGORD/P6K120.5/A1012", "TFD/AA/24NOV0100/ORD/T10", "CCD/24NOV0200/ORD/T10",
                        "DIS/CX831/24NOV0300/ORD/MSCA/T10", "NFD/24NOV0400/ORD/T10", "DLV/24NOV0500/ORD/T10K200"}));
  ASSERT_EQ(read.size(), 1u);
  ASSERT_EQ(read[0].events.size(), 9u);  // the time of MAN is a departure of its own
  const auto written = fsu(read[0].events, "HKG", "ORD");
  ASSERT_TRUE(written) << written.error().text();
  const auto again = decode_all(*written);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_TRUE(again[0].diagnostics.empty());  // written strictly: the reader finds nothing
  EXPECT_EQ(identities(read[0]), identities(again[0])) << *written;
}

TEST(CargoImpWrite, TheTextOfAStatus) {
  const auto read = decode_all(lines({"FSU/15", "160-12345675HKGORD/T10", "DEP/SU001/23NOV/HKGORD/T10/A1012"}));
  const auto written = fsu(read.at(0).events, "HKG", "ORD");
  ASSERT_TRUE(written);
  EXPECT_EQ(*written, "FSU/15\r\n160-12345675HKGORD/T10\r\nDEP/SU001/23NOV/HKGORD/T10/A1012\r\n");
}

TEST(CargoImpWrite, WhatAStatusCannotSayIsRefused) {
  const auto read = decode_all(lines({"FSU/15", "160-12345675HKGORD/T10", "DLV/23NOV1010/HKG/T10"}));
  const Event good = read.at(0).events.at(0);
  EXPECT_TRUE(fsu(std::vector{good}, "", ""));
  const auto refused = [&](auto change) {
    Event event = good;
    change(event);
    const auto written = fsu(std::vector{good, event}, "HKG", "ORD");
    return !written && written.error().code == Code::invalid;
  };
  EXPECT_TRUE(refused([](Event& e) { e.milestone = Milestone::lock_armed; }));
  EXPECT_TRUE(refused([](Event& e) { e.place = {}; }));
  EXPECT_TRUE(refused([](Event& e) { e.cargo.pieces.reset(); }));
  EXPECT_TRUE(refused([](Event& e) { e.milestone = Milestone::departed; }));  // without a flight
  EXPECT_TRUE(refused([](Event& e) { e.milestone = Milestone::transferred; }));
  EXPECT_TRUE(refused([](Event& e) { e.references = {*Reference::make(ReferenceKind::air_waybill, "160-11111111")}; }));
  EXPECT_FALSE(fsu({}, "", ""));
}

TEST(CargoImpWrite, AnAcknowledgementRepeatsTheMessage) {
  const std::string received = lines({"FSU/15", "160-12345675HKGORD/T10", "DLV/23NOV1010/HKG/T10"});
  const std::string text = fma(received);
  EXPECT_EQ(text, "FMA\r\nACK/MESSAGE RECEIVED\r\n" + received);
  const auto read = read_all(text);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(findings_of(read[0]), "");
  EXPECT_EQ(read[0].echo, received);
}

TEST(CargoImpWrite, ARefusalNamesReasonAndLine) {
  const std::string received = lines({"FSU/15", "160-12345675HKGORD/T10"});
  const std::string text = fna(received, std::vector<Refusal>{{"No such date; see \"40NOV\"", "DLV/40NOV1010/HKG/T10"}});
  EXPECT_EQ(text, "FNA\r\nACK/NO SUCH DATE SEE 40NOV\r\n/DLV 40NOV1010 HKG T10\r\n" + received);
  const auto read = read_all(text);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(findings_of(read[0]), "");
  EXPECT_EQ(read[0].segments.at(0).fields.at(1).text, "DLV 40NOV1010 HKG T10");
  EXPECT_EQ(fna("", {}), "FNA\r\nACK/MESSAGE REFUSED\r\n");
}

TEST(CargoImpWrite, EachMessageIsAnsweredByItself) {
  const std::string good = lines({"FSU/15", "160-12345675HKGORD/T10", "DLV/23NOV1010/HKG/T10"});
  const std::string bad = lines({"FSU/15", "160-12345675HKGORD/T10", "DLV/40NOV1010/HKG/T10"});
  const auto answered = answer(good + bad, {kNow});
  ASSERT_TRUE(answered);
  const auto read = read_all(*answered);
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].id, "FMA");
  EXPECT_EQ(read[0].echo, good);
  EXPECT_EQ(read[1].id, "FNA");
  EXPECT_EQ(read[1].echo, bad);
  EXPECT_NE(answered->find("/DLV 40NOV1010 HKG T10\r\n"), std::string::npos);  // the offending line
  EXPECT_FALSE(answer(fma(good), {kNow}));                                     // an answer is not answered
  EXPECT_FALSE(answer("hello", {kNow}));
}

TEST(CargoImpWrite, NoLineIsLongerThanTheStandardsAndNoneHasOtherCharacters) {
  const std::string text = fna("", std::vector<Refusal>{{std::string(500, 'x') + "\r\nFSU/15", "\xE9\xFF+'" + std::string(90, 'y')}});
  for (const Message& message : read_all(text)) EXPECT_EQ(findings_of(message), "");
  EXPECT_EQ(read_all(text).size(), 1u);
}

}  // namespace cargo_imp_write
