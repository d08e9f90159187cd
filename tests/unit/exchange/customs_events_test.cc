// What an authority's answer says on the journeys of the consignment's containers and bills.
#include <gtest/gtest.h>

#include <set>

#include "exchange/filing/customs_events.h"
#include "filing/regime/embedded.h"

namespace fairway::exchange::customs_events_test {
namespace {

using filing::Answer;
using filing::Filing;
using filing::Kind;

const filing::Schema& schema() {
  static const filing::Schema all = [] {
    filing::Schema made;
    for (const filing::EmbeddedFile& file : filing::embedded_files())
      if (file.path == "record/items.csv" && !made.add(file.text, file.path)) ADD_FAILURE() << file.path;
    return made;
  }();
  return all;
}

filing::Record record(const std::string& json) {
  filing::Record out(schema());
  const auto put = filing::put_fields(out, json, std::make_shared<const filing::Source>());
  EXPECT_TRUE(put) << (put ? "" : put.error().text());
  return out;
}

Filing filing_of(const std::string& form) {
  Filing made;
  made.id = "fil_1", made.consignment = "cns_1", made.party = "pty_broker";
  made.key = filing::FormKey::parse(form).value();
  made.authority = "hk-tsw";
  made.lodgements = {{.id = "ldg_1", .ordered_us = 1'000'000, .sent_us = 2'000'000}};
  return made;
}

Answer answer(const std::string& status, const std::string& number = "HK1") {
  return {.id = "ans-" + status, .status = status, .number = number, .at_us = 5'000'000, .received_us = 6'000'000};
}

CustomsSubject subject(const filing::Record& record) {
  CustomsSubject out;
  out.record = &record;
  out.recipients = {{"BR", "OWNER"}, {"BR", "BROKER"}};
  out.declarant = PartyIdentifier{"BR", "BROKER"};
  return out;
}

std::set<std::string> keys(const Event& event) {
  std::set<std::string> out;
  for (const Reference& reference : event.references) out.insert(reference.key());
  return out;
}
using Keys = std::set<std::string>;

constexpr const char* kTwoBoxes =
    R"({"containers[1].number":"MSCU1234566","containers[1].load":"FULL","containers[2].number":"CSQU3054383","containers[2].load":"FULL",)"
    R"("documents[1].type":"BILL","documents[1].number":"OOLU2600001111","documents[2].type":"INVOICE","documents[2].number":"INV-1"})";

TEST(CustomsEvents, AnAnswerIsAnEventOfEachContainer) {
  const filing::Record of = record(kTwoBoxes);
  const std::vector<Event> events = events_of(filing_of("hk/1"), answer("released"), subject(of));
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(keys(events[0]), (Keys{"declaration:HK1", "equipment:MSCU1234566", "transport_document:OOLU2600001111"}));
  EXPECT_EQ(keys(events[1]), (Keys{"declaration:HK1", "equipment:CSQU3054383", "transport_document:OOLU2600001111"}));
  EXPECT_NE(events[0].id, events[1].id);
  for (const Event& event : events) {
    EXPECT_EQ(event.milestone, Milestone::declaration_released);
    EXPECT_EQ(event.classifier, Classifier::actual);
    EXPECT_EQ(event.occurred.micros, 5'000'000);
    ASSERT_TRUE(event.created) << "V19: event time, created time, classifier";
    EXPECT_EQ(event.created->micros, 6'000'000);
    EXPECT_EQ(event.source.format, "filing");
    EXPECT_EQ(event.source.type, "hk/1");
    EXPECT_EQ(event.source.document, "fil_1");
  }
}

TEST(CustomsEvents, ItNamesWhoMaySeeItAndNobodyElse) {
  const filing::Record of = record(kTwoBoxes);
  const std::vector<Event> events = events_of(filing_of("hk/1"), answer("accepted"), subject(of));
  ASSERT_FALSE(events.empty());
  const std::vector<NamedParty> wanted = {{"CM", {"AUTHORITY", "HK-TSW"}, ""}, {"AE", {"BR", "BROKER"}, ""}, {"MR", {"BR", "OWNER"}, ""}};
  EXPECT_EQ(events[0].parties, wanted);
}

TEST(CustomsEvents, ARepeatIsTheSameEvent) {
  const filing::Record of = record(kTwoBoxes);
  const auto first = events_of(filing_of("hk/1"), answer("accepted"), subject(of));
  const auto again = events_of(filing_of("hk/1"), answer("accepted"), subject(of));
  ASSERT_EQ(first.size(), again.size());
  for (size_t i = 0; i < first.size(); ++i) EXPECT_EQ(to_json(first[i]), to_json(again[i]));
  EXPECT_NE(first[0].id, events_of(filing_of("hk/1"), answer("released"), subject(of))[0].id);
}

TEST(CustomsEvents, AnAnswerOfSomeContainersIsOfThoseAlone) {
  const filing::Record of = record(kTwoBoxes);
  Answer partly = answer("released");
  partly.containers = {"CSQU 305438-3"};
  const auto events = events_of(filing_of("hk/1"), partly, subject(of));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_TRUE(keys(events[0]).contains("equipment:CSQU3054383"));
}

TEST(CustomsEvents, OnlyContainersThatTheFilingNamesWhereItNamesAny) {
  const filing::Record of = record(kTwoBoxes);
  Filing one = filing_of("hk/aci@1");
  one.draft.fields = {{.name = "container[1].number", .value = "CSQU3054383"}};
  const auto events = events_of(one, answer("accepted"), subject(of));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_TRUE(keys(events[0]).contains("equipment:CSQU3054383"));
}

TEST(CustomsEvents, ASharedContainerIsNotNamedForOneOwnersGoods) {
  const filing::Record of =
      record(R"({"containers[1].number":"MSCU1234566","containers[1].load":"PART","legs[1].mode":"SEA","legs[1].master":"OOLU2600001111",)"
             R"("legs[1].document":"HBL-7"})");
  const auto events = events_of(filing_of("hk/1"), answer("accepted"), subject(of));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(keys(events[0]), (Keys{"declaration:HK1", "transport_document:OOLU2600001111", "house_document:HBL-7"}));
}

TEST(CustomsEvents, WithoutContainerItIsOfThePaper) {
  const filing::Record of = record(R"({"documents[1].type":"AIR-WAYBILL","documents[1].number":"160-12345675"})");
  const auto events = events_of(filing_of("hk/1"), answer("inspection", ""), subject(of));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(keys(events[0]), Keys{"air_waybill:16012345675"});
  EXPECT_EQ(events[0].milestone, Milestone::customs_selected_for_inspection);
  const filing::Record nothing = record("{}");
  EXPECT_TRUE(events_of(filing_of("hk/1"), answer("inspection", ""), subject(nothing)).empty()) << "nothing joins it to a journey";
}

TEST(CustomsEvents, WhatIsSaidOfAnAmendmentIsNotSaidOfTheDeclaration) {
  const filing::Record of = record(kTwoBoxes);
  Filing amended = filing_of("hk/1");
  amended.lodgements.push_back({.id = "ldg_2", .kind = Kind::amendment});
  const auto milestone = [&](const std::string& status, const std::string& lodgement) {
    Answer said = answer(status);
    said.lodgement = lodgement;
    return events_of(amended, said, subject(of)).at(0).milestone;
  };
  EXPECT_EQ(milestone("accepted", "ldg_2"), Milestone::declaration_amended);
  EXPECT_EQ(milestone("rejected", "ldg_2"), Milestone::document_amendment_declined);
  EXPECT_EQ(milestone("rejected", "ldg_1"), Milestone::declaration_rejected);
  EXPECT_EQ(milestone("amended", ""), Milestone::declaration_amended);
  amended.lodgements.push_back({.id = "ldg_3", .kind = Kind::cancellation});
  EXPECT_EQ(milestone("accepted", "ldg_3"), Milestone::declaration_cancelled);
}

TEST(CustomsEvents, NothingIsAnsweredBeforeItWasSent) {
  const filing::Record of = record(kTwoBoxes);
  Filing sent = filing_of("hk/1");
  sent.lodgements[0].sent_us = 5'400'000;  // the authority writes whole seconds
  EXPECT_EQ(events_of(sent, answer("accepted"), subject(of)).at(0).occurred.micros, 5'400'000);
}

TEST(CustomsEvents, WhatContradictsIsNotTold) {
  const filing::Record of = record(kTwoBoxes);
  Answer odd = answer("released");
  odd.contradicts = true;
  EXPECT_TRUE(events_of(filing_of("hk/1"), odd, subject(of)).empty());
  EXPECT_TRUE(events_of(filing_of("hk/1"), answer("received"), subject(of)).empty()) << "told when it was sent";
}

TEST(CustomsEvents, TheOriginalIsLodgedOnceItIsSent) {
  const filing::Record of = record(kTwoBoxes);
  const Filing sent = filing_of("hk/1");
  const auto events = lodged_events(sent, sent.lodgements[0], subject(of));
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].milestone, Milestone::declaration_lodged);
  EXPECT_EQ(events[0].occurred.micros, 2'000'000);
  EXPECT_TRUE(lodged_events(sent, {.id = "ldg_2"}, subject(of)).empty()) << "ordered, not sent";
}

TEST(CustomsEvents, ABundleSaysWhenTheVehicleMayCross) {
  const filing::Record of = record(kTwoBoxes);
  Filing cargo = filing_of("hk/aci@1");
  cargo.number = "CCRN1";
  filing::Bundle bundle;
  bundle.id = "bnd_1", bundle.party = "pty_haulier", bundle.vehicle = "AB1234", bundle.state = "bundled";
  bundle.created_us = bundle.changed_us = 7'000'000, bundle.earliest_us = 9'000'000;
  const auto events = events_of(bundle, cargo, subject(of));
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].milestone, Milestone::bundled);
  EXPECT_EQ(events[0].transport.vehicle, "AB1234");
  EXPECT_EQ(events[2].milestone, Milestone::crossing_permitted);
  EXPECT_EQ(events[2].window.begins->micros, 9'000'000);
  bundle.state = "unbundled", bundle.changed_us = 8'000'000;
  const auto undone = events_of(bundle, cargo, subject(of));
  ASSERT_EQ(undone.size(), 2U) << "what is not bundled may not cross";
  EXPECT_EQ(undone[0].milestone, Milestone::unbundled);
  EXPECT_EQ(undone[0].occurred.micros, 8'000'000);
}

}  // namespace
}  // namespace fairway::exchange::customs_events_test
