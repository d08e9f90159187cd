// Verified Gross Mass 1.0: declarations become weighings and come out as they went in.
#include <gtest/gtest.h>

#include "base/json.h"
#include "gateway/dcsa/vgm.h"
#include "gateway/decoded.h"

namespace fairway::gateway::dcsa_vgm_test {
namespace {

constexpr std::string_view kDeclaration =
    R"({"routingDetails":{"originatingParty":{"partyCode":"OOL","codeListProvider":"SMDG","codeListName":"LCL"}},"declarationReference":"v1",)"
    R"("declarationDateTime":"2026-01-02T03:05:00Z","equipmentDetails":{"equipmentReference":"MSCU1234566","isShipperOwned":false,)"
    R"("seals":[{"number":"S1"}],"cargoGrossWeight":{"value":20000,"unit":"KGM"}},"shipmentDetails":{"carrierBookingReference":"B1"},)"
    R"("VGM":{"weight":{"value":100,"unit":"LBR"},"method":"SM2","dateTime":"2026-01-02T03:04:05+08:00","location":{"UNLocationCode":"HKHKG"}},)"
    R"("weighingParty":{"partyName":"Scales","party":{"partyCode":"HIT","codeListProvider":"SMDG"}}})";

std::vector<DecodedMessage> decode_all(const std::string& declarations) {
  std::vector<DecodedMessage> messages;
  const Status status =
      dcsa::decode_vgm("{\"VGMDeclarations\":[" + declarations + "]}", [&](DecodedMessage m) { messages.push_back(std::move(m)); });
  EXPECT_TRUE(status) << status.error().text();
  return messages;
}

TEST(DcsaVgmTest, ADeclarationIsAWeighingAndComesOutAsItWentIn) {
  const std::vector<DecodedMessage> messages = decode_all(std::string(kDeclaration));
  ASSERT_EQ(messages.size(), 1u);
  ASSERT_EQ(messages[0].events.size(), 1u);
  EXPECT_TRUE(messages[0].diagnostics.empty());
  EXPECT_EQ(messages[0].claim.identity, "VGM\nOOL\nSMDG\nLCL\nv1");
  const Event& event = messages[0].events[0];
  EXPECT_EQ(event.milestone, Milestone::weighed);
  EXPECT_DOUBLE_EQ(event.equipment.vgm_kg.value_or(0), 45.359237);
  EXPECT_DOUBLE_EQ(event.cargo.gross_kg.value_or(0), 20000);
  EXPECT_EQ(event.place.unlocode, "HKHKG");
  EXPECT_EQ(event.parties.size(), 2u);
  EXPECT_EQ(event.parties[1].role, "WPA");
  std::string out;
  dcsa::append_vgm(out, event, 0, {"X", "ZZZ", "Fairway"});
  EXPECT_EQ(*parse_json(out), *parse_json(kDeclaration)) << out;
}

TEST(DcsaVgmTest, AWeighingOfAnotherFormatIsWrittenAsADeclaration) {
  Event event;
  event.id = "e1";
  event.milestone = Milestone::weighed;
  event.occurred = *parse_rfc3339("2026-01-02T03:04:05+08:00");
  event.equipment.vgm_kg = 12345.5;
  event.references.push_back(*Reference::make(ReferenceKind::equipment, "MSCU1234566"));
  std::string out;
  dcsa::append_vgm(out, event, 1'767'000'000'000'000, {"OOL", "SMDG", "LCL"});
  const std::vector<DecodedMessage> messages = decode_all(out);
  ASSERT_EQ(messages.at(0).events.size(), 1u);
  EXPECT_EQ(messages[0].events[0].equipment.vgm_kg, 12345.5);
  EXPECT_EQ(messages[0].events[0].occurred, event.occurred);
}

TEST(DcsaVgmTest, WhatCannotBeUsedIsRefusedAtItsPlace) {
  const auto refusal = [](std::string_view from, std::string_view to) {
    std::string text(kDeclaration);
    text.replace(text.find(from), from.size(), to);
    const std::vector<DecodedMessage> messages = decode_all(text);
    return messages.at(0).ok ? "" : messages[0].diagnostics.front().code + " " + messages[0].diagnostics.front().position;
  };
  EXPECT_EQ(refusal("LBR", "STN"), "dcsa.missing /VGMDeclarations/0/VGM/weight");
  EXPECT_EQ(refusal(R"("value":100)", R"("value":-1)"), "dcsa.missing /VGMDeclarations/0/VGM/weight");
  EXPECT_EQ(refusal("MSCU1234566", ""), "dcsa.missing /VGMDeclarations/0/equipmentDetails/equipmentReference");
  EXPECT_EQ(refusal("\"v1\"", "\"\""), "dcsa.event_id /VGMDeclarations/0/declarationReference");
  EXPECT_EQ(refusal("2026-01-02T03:04:05+08:00", "noon"), "dcsa.time /VGMDeclarations/0/VGM/dateTime");
}

}  // namespace
}  // namespace fairway::gateway::dcsa_vgm_test
