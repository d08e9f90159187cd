#include "model/place.h"

#include <gtest/gtest.h>

#include "base/zone.h"

namespace fairway {
namespace {

TEST(Place, AUnlocodeHasTwoLettersAndThreeOfTheAlphabet) {
  for (const std::string_view code : {"HKHKG", "US2NY", "XZZZZ", "CN999"}) EXPECT_TRUE(is_unlocode_form(code)) << code;
  for (const std::string_view code : {"", "HKHK", "HKHKGX", "hkhkg", "H1HKG", "US1NY", "US0NY", "HK KG", "HK-KG"})
    EXPECT_FALSE(is_unlocode_form(code)) << code;
}

TEST(Place, ZonesFollowTheCountryUnlessThePortSaysOtherwise) {
  EXPECT_EQ(zone_of("HKHKG"), "Asia/Hong_Kong");
  EXPECT_EQ(zone_of("CNYTN"), "Asia/Shanghai");
  EXPECT_EQ(zone_of("USNYC"), "America/New_York");
  EXPECT_EQ(zone_of("USLAX"), "America/Los_Angeles");
  EXPECT_EQ(zone_of("AUFRE"), "Australia/Perth");
  EXPECT_EQ(zone_of("DE"), "Europe/Berlin");
  for (const std::string_view code : {"", "X", "XZZZZ", "RUXXX"}) EXPECT_EQ(zone_of(code), "") << code;
}

TEST(Place, EveryZoneIsOneOfTheTzDatabase) {
  int known = 0;
  const auto check = [&](const std::string& code) {
    const std::string_view zone = zone_of(code);
    if (zone.empty()) return;
    ++known;
    EXPECT_TRUE(offset_minutes_at(0, zone)) << code << " " << zone;
  };
  for (char a = 'A'; a <= 'Z'; ++a)
    for (char b = 'A'; b <= 'Z'; ++b) check({a, b});
  for (const std::string code :
       {"AUADL", "AUBNE", "AUDRW", "AUFRE", "AUMEL", "BRMAO", "BRSUA", "CAHAL", "CAPRR", "CAVAN", "ESLPA", "IDMAK", "MXESE", "MXZLO",
        "RULED", "RUNVS", "RUVVO", "RUVYP", "USCHI", "USHOU", "USLAX", "USLGB", "USMOB", "USMSY", "USOAK", "USPDX", "USSEA", "USTIW"})
    check(code);
  EXPECT_GT(known, 100);
}

TEST(Place, AKeyGroupsByPlaceAndFacility) {
  EXPECT_EQ((Place{"HKHKG", "HIT"}).key(), "HKHKG/HIT");
  EXPECT_EQ((Place{"HKHKG"}).key(), "HKHKG");
  EXPECT_EQ((Place{"", "", "", "", "Tuen Mun"}).key(), "Tuen Mun");
  EXPECT_EQ(Place().key(), "");
  EXPECT_TRUE(Place().empty());
  EXPECT_FALSE((Place{"", "", "", "POTE"}).empty());
}

}  // namespace
}  // namespace fairway
