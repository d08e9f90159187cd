#include "model/reference.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "base/limits.h"

namespace fairway {
namespace {

constexpr auto kEquipment = ReferenceKind::equipment;

ReferenceCheck check_of(ReferenceKind kind, std::string_view value) {
  const auto reference = Reference::make(kind, value);
  EXPECT_TRUE(reference) << value;
  return reference ? reference->check() : ReferenceCheck::unchecked;
}

std::vector<ReferenceKind> all_kinds() {
  std::vector<ReferenceKind> kinds;
  for (size_t i = 0; i < kReferenceKinds; ++i) kinds.push_back(static_cast<ReferenceKind>(i));
  return kinds;
}

TEST(Reference, ChecksContainerNumbersByIso6346) {
  EXPECT_EQ(iso6346_check_digit("CSQU305438"), 3);
  EXPECT_EQ(iso6346_check_digit("csqu305438"), -1);
  EXPECT_EQ(iso6346_check_digit("CSQU30543"), -1);
  EXPECT_EQ(iso6346_check_digit("CS1U305438"), -1);
  for (const std::string_view number : {"CSQU3054383", "APZU4812090", "MSKU0383250"})
    EXPECT_EQ(check_of(kEquipment, number), ReferenceCheck::passed);
  EXPECT_EQ(check_of(kEquipment, "CSQU3054384"), ReferenceCheck::wrong_check_digit);
}

TEST(Reference, ARemainderOfTenIsCheckDigitNought) {
  int tens = 0;
  for (int serial = 0; serial < 200; ++serial) {
    const std::string prefix = "MSCU" + std::to_string(100'000 + serial);
    int sum = 0;
    for (size_t i = 0; i < 4; ++i) sum += std::array<int, 4>{24, 30, 13, 32}[i] << i;  // M S C U by the standard's table
    for (size_t i = 4; i < 10; ++i) sum += (prefix[i] - '0') << i;
    if (sum % 11 == 10) {
      ++tens;
      EXPECT_EQ(iso6346_check_digit(prefix), 0) << prefix;
    } else {
      EXPECT_EQ(iso6346_check_digit(prefix), sum % 11) << prefix;
    }
  }
  EXPECT_GT(tens, 0);
}

TEST(Reference, ChecksImoNumbers) {
  EXPECT_EQ(imo_check_digit("932148"), 3);
  EXPECT_EQ(imo_check_digit("907472"), 9);  // the IMO's own example, 9074729
  EXPECT_EQ(imo_check_digit("93214"), -1);
  EXPECT_EQ(check_of(ReferenceKind::vessel, "9321483"), ReferenceCheck::passed);
  EXPECT_EQ(check_of(ReferenceKind::vessel, "9321484"), ReferenceCheck::wrong_check_digit);
  EXPECT_EQ(check_of(ReferenceKind::vessel, "93214831"), ReferenceCheck::unusual_form);
}

TEST(Reference, ChecksAirWaybillsModuloSeven) {
  EXPECT_EQ(check_of(ReferenceKind::air_waybill, "160-12345675"), ReferenceCheck::passed);  // 1234567 mod 7 is 5
  EXPECT_EQ(check_of(ReferenceKind::air_waybill, "160-12345676"), ReferenceCheck::wrong_check_digit);
  EXPECT_EQ(check_of(ReferenceKind::air_waybill, "160-1234567"), ReferenceCheck::unusual_form);
}

TEST(Reference, NeverRefusesAWrongCheckDigitOrForm) {
  EXPECT_TRUE(rc::check("a box number is kept whatever its digit", [] {
    std::string number;
    for (int i = 0; i < 4; ++i) number += *rc::gen::inRange('A', static_cast<char>('Z' + 1));
    for (int i = 0; i < 7; ++i) number += *rc::gen::inRange('0', static_cast<char>('9' + 1));
    const auto reference = Reference::make(kEquipment, number);
    RC_ASSERT(reference.has_value());
    RC_ASSERT(reference->value() == number);
    const bool right = iso6346_check_digit(number.substr(0, 10)) == number[10] - '0';
    RC_ASSERT(reference->check() == (right ? ReferenceCheck::passed : ReferenceCheck::wrong_check_digit));
  }));
  EXPECT_EQ(check_of(kEquipment, "SHIPPERS OWN 1"), ReferenceCheck::unusual_form);
}

TEST(Reference, NormalisesWhatPeopleWrite) {
  EXPECT_EQ(Reference::make(kEquipment, " mscu 123456-7\r\n")->value(), "MSCU1234567");
  EXPECT_EQ(Reference::make(ReferenceKind::vessel, "IMO 9321483")->value(), "9321483");
  EXPECT_EQ(Reference::make(ReferenceKind::vessel, "un9321483")->value(), "9321483");
  EXPECT_EQ(Reference::make(ReferenceKind::vessel, "IMO")->value(), "IMO");
  EXPECT_EQ(Reference::make(ReferenceKind::vehicle, "粤Z·AB12港")->value(), "粤Z·AB12港");
  EXPECT_EQ(Reference::make(ReferenceKind::vehicle, "lx 1234")->value(), "LX1234");
  EXPECT_EQ(Reference::make(ReferenceKind::booking, "abc 12-3")->value(), "ABC 12-3");  // blanks may carry meaning
}

TEST(Reference, RefusesWhatIsNoIdentifier) {
  for (const ReferenceKind kind : all_kinds()) {
    EXPECT_EQ(Reference::make(kind, "").error().code, Code::invalid);
    EXPECT_EQ(Reference::make(kind, " \t ").error().code, Code::invalid);
    EXPECT_FALSE(Reference::make(kind, "A\nB"));
    EXPECT_FALSE(Reference::make(kind, std::string_view("A\0B", 3)));
    EXPECT_FALSE(Reference::make(kind,
                                 "A\x7F"
                                 "B"));
    EXPECT_FALSE(Reference::make(kind, "A\xFF"));
  }
  EXPECT_FALSE(Reference::make(kEquipment, " - - "));
}

TEST(Reference, ItsSizeIsBounded) {
  EXPECT_TRUE(Reference::make(ReferenceKind::booking, std::string(limits::kIdentifierBytesMax, 'A')));
  const auto refused = Reference::make(ReferenceKind::booking, std::string(limits::kIdentifierBytesMax + 1, 'A'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::too_large);
}

TEST(Reference, KindsHaveNames) {
  for (const ReferenceKind kind : all_kinds()) EXPECT_EQ(reference_kind_from(name(kind)).value(), kind);
  EXPECT_FALSE(reference_kind_from("pallet"));
}

TEST(Reference, AKeyReadsBack) {
  EXPECT_EQ(Reference::make(kEquipment, "mscu1234566")->key(), "equipment:MSCU1234566");
  EXPECT_FALSE(Reference::from_key("MSCU1234566"));
  EXPECT_FALSE(Reference::from_key("pallet:1"));
  EXPECT_FALSE(Reference::from_key("equipment:"));
  EXPECT_TRUE(rc::check("from_key(r.key()) is r", [](const std::string& raw) {
    const auto kind = *rc::gen::elementOf(all_kinds());
    const auto reference = Reference::make(kind, raw);
    if (!reference) return;
    const auto read = Reference::from_key(reference->key());
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == *reference);
    RC_ASSERT(read->check() == reference->check());
  }));
}

TEST(Reference, VoyagesKeepTheirColonsAndSlashes) {
  const auto voyage = Reference::make(ReferenceKind::voyage, "9321483/2103S:1");
  EXPECT_EQ(Reference::from_key(voyage->key()).value(), *voyage);
}

TEST(Reference, OrdersByKindThenValue) {
  const auto box = *Reference::make(kEquipment, "B"), other = *Reference::make(kEquipment, "A"),
             booking = *Reference::make(ReferenceKind::booking, "A");
  EXPECT_LT(other, box);
  EXPECT_LT(box, booking);
  EXPECT_NE(other, booking);
}

TEST(Reference, ChecksHaveNames) {
  EXPECT_EQ(name(ReferenceCheck::passed), "passed");
  EXPECT_EQ(name(ReferenceCheck::wrong_check_digit), "wrong_check_digit");
}

}  // namespace
}  // namespace fairway
