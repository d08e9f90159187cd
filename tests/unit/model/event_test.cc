#include "model/event.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "base/limits.h"

namespace fairway {
namespace {

Event gate_in() {
  Event event;
  event.id = "1";
  event.references = {*Reference::make(ReferenceKind::equipment, "CSQU3054383"), *Reference::make(ReferenceKind::booking, "B1")};
  return event;
}

// What validate() says of a gate-in that `change` spoils.
Result<Code> refused(const std::function<void(Event&)>& change) {
  Event event = gate_in();
  change(event);
  const Status valid = validate(event);
  if (valid) return fail(Code::internal, "it was taken");
  return valid.error().code;
}

const std::string kLong(limits::kIdentifierBytesMax + 1, 'x');

TEST(Event, TheFirstReferenceOfAKindIsFound) {
  const Event event = gate_in();
  ASSERT_NE(event.reference(ReferenceKind::booking), nullptr);
  EXPECT_EQ(event.reference(ReferenceKind::booking)->value(), "B1");
  EXPECT_EQ(event.reference(ReferenceKind::vessel), nullptr);
}

TEST(EventValidate, TakesAPlainEvent) { EXPECT_TRUE(validate(gate_in())); }

TEST(EventValidate, WantsAnIdAReferenceAndWhatIsAmended) {
  EXPECT_EQ(refused([](Event& e) { e.id.clear(); }).value(), Code::invalid);
  EXPECT_EQ(refused([](Event& e) { e.references.clear(); }).value(), Code::invalid);
  EXPECT_EQ(refused([](Event& e) { e.amendment = Amendment::retraction; }).value(), Code::invalid);
}

TEST(EventValidate, ReferencesAreBounded) {
  Event event = gate_in();
  event.references.clear();
  for (size_t i = 0; i < limits::kReferencesPerEventMax; ++i)
    event.references.push_back(*Reference::make(ReferenceKind::booking, "B" + std::to_string(i)));
  EXPECT_TRUE(validate(event));
  event.references.push_back(*Reference::make(ReferenceKind::booking, "ONE MORE"));
  EXPECT_EQ(validate(event).error().code, Code::too_large);
}

TEST(EventValidate, EveryIdentifierIsBounded) {
  const std::vector<std::function<void(Event&)>> changes = {
      [](Event& e) { e.id = kLong; },
      [](Event& e) { e.amends = kLong; },
      [](Event& e) { e.place.unlocode = kLong; },
      [](Event& e) { e.place.facility = kLong; },
      [](Event& e) { e.place.facility_provider = kLong; },
      [](Event& e) { e.place.facility_type = kLong; },
      [](Event& e) { e.transport.vessel_imo = kLong; },
      [](Event& e) { e.transport.vessel_name = kLong; },
      [](Event& e) { e.transport.call_sign = kLong; },
      [](Event& e) { e.transport.voyage = kLong; },
      [](Event& e) { e.transport.import_voyage = kLong; },
      [](Event& e) { e.transport.service = kLong; },
      [](Event& e) { e.transport.carrier = kLong; },
      [](Event& e) { e.transport.vehicle = kLong; },
      [](Event& e) { e.transport.call_id = kLong; },
      [](Event& e) { e.equipment.iso_code = kLong; },
      [](Event& e) { e.equipment.stowage = kLong; },
      [](Event& e) { e.equipment.seals = {{kLong, ""}}; },
      [](Event& e) { e.equipment.seals = {{"1", kLong}}; },
      [](Event& e) { e.document_type = kLong; },
      [](Event& e) { e.reason = kLong; },
      [](Event& e) { e.parties = {{kLong, {}, ""}}; },
      [](Event& e) { e.parties = {{"CA", {kLong, ""}, ""}}; },
      [](Event& e) { e.parties = {{"CA", {"SMDG", kLong}, ""}}; },
      [](Event& e) { e.parties = {{"CA", {}, kLong}}; },
      [](Event& e) { e.source.document = kLong; },
      [](Event& e) { e.occurred.text = kLong; },
  };
  for (size_t i = 0; i < changes.size(); ++i) EXPECT_EQ(refused(changes[i]).value_or(Code::internal), Code::too_large) << i;
}

TEST(EventValidate, TextsAreBounded) {
  EXPECT_TRUE(refused([](Event& e) { e.remark.assign(limits::kTextBytesMax + 1, 'x'); }));
  EXPECT_FALSE(refused([](Event& e) { e.remark.assign(limits::kTextBytesMax, 'x'); }));
  EXPECT_EQ(refused([](Event& e) { e.place.name.assign(limits::kTextBytesMax + 1, 'x'); }).value(), Code::too_large);
  EXPECT_EQ(refused([](Event& e) { e.original = "{\"a\":\"" + std::string(limits::kEventBytesMax, 'x') + "\"}"; }).value(),
            Code::too_large);
}

TEST(EventValidate, TheEventAsStoredIsBounded) {
  const auto with_seals = [](size_t count) {
    return [count](Event& e) { e.equipment.seals.assign(count, {std::string(100, 's'), "CAR"}); };
  };
  EXPECT_FALSE(refused(with_seals(400)));
  EXPECT_EQ(refused(with_seals(600)).value(), Code::too_large);
  // Escapes make a text six times as long as it looks.
  EXPECT_EQ(refused([](Event& e) { e.parties.assign(30, {"CA", {}, std::string(limits::kIdentifierBytesMax, '\x01')}); }).value(),
            Code::too_large);
}

TEST(EventValidate, TextIsUtf8AndMassesAreNumbers) {
  EXPECT_EQ(refused([](Event& e) { e.remark = "\xFF"; }).value(), Code::invalid);
  EXPECT_EQ(refused([](Event& e) { e.transport.vessel_name = "\xC0\x80"; }).value(), Code::invalid);
  EXPECT_EQ(refused([](Event& e) { e.equipment.vgm_kg = std::numeric_limits<double>::infinity(); }).value(), Code::invalid);
  EXPECT_EQ(refused([](Event& e) { e.equipment.gross_kg = std::numeric_limits<double>::quiet_NaN(); }).value(), Code::invalid);
}

TEST(Event, EnumsHaveNames) {
  for (int i = 0; i <= static_cast<int>(TransportMode::air); ++i)
    EXPECT_EQ(transport_mode_from(name(static_cast<TransportMode>(i))).value(), static_cast<TransportMode>(i));
  for (const Load load : {Load::unknown, Load::empty, Load::laden}) EXPECT_EQ(load_from(name(load)).value(), load);
  for (const Amendment amendment : {Amendment::none, Amendment::correction, Amendment::retraction})
    EXPECT_EQ(amendment_from(name(amendment)).value(), amendment);
  EXPECT_FALSE(transport_mode_from("camel"));
  EXPECT_FALSE(load_from("full"));
  EXPECT_FALSE(amendment_from("maybe"));
}

}  // namespace
}  // namespace fairway
