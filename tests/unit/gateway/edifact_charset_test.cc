// Character sets to UTF-8 and back.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "gateway/edifact/charset.h"

namespace edifact_charset {

using namespace fairway::gateway::edifact;

struct TextCase {
  std::string_view identifier, bytes, utf8;
  bool as_declared;
};

TEST(EdifactCharset, ToUtf8) {
  const TextCase cases[] = {
      {"UNOA", "PLAIN", "PLAIN", true},
      {"UNOA", "K\xC3\x84LTE", "KÄLTE", false},  // UTF-8 under UNOA
      {"UNOB", "K\xE4lte", "Kälte", false},      // Latin-1 under UNOB
      {"UNOC",
       "K\xE4lte Stra\xDF"
       "e",
       "Kälte Straße", true},
      {"UNOC", "MUNCI\xC3\x8B", "MUNCIË", false},  // UTF-8 under UNOC
      {"UNOC", "5 \x80", "5 €", false},            // Windows-1252 under UNOC
      {"UNOD",
       "\xA3\xF3"
       "d\xBC",
       "Łódź", true},
      {"UNOE", "\xBC\xDE\xE1\xDA\xD2\xD0", "Москва", true},
      {"UNOE", "\xC2\xB0", "ТА", true},  // two letters that look like UTF-8
      {"UNOF", "\xD0\xE5\xE9\xF1\xE1\xE9\xDC\xF2", "Πειραιάς", true},
      {"UNOF", "\xD2", "\xEF\xBF\xBD", false},  // undefined in 8859-7
      {"UNOI", "\xC7", "ا", true},
      {"UNOJ", "\xE0", "א", true},
      {"UNOK", "\xDDzmir", "İzmir", true},
      {"UNOL", "\xA4", "€", true},
      {"UNOW", "香港", "香港", true},
      {"UNOY", "K\xE4lte", "Kälte", false},
      {"IATB", "MUNCI\xC3\x8B", "MUNCIË", true},  // nothing declared: UTF-8 is as good as any
      {"UNOX", "K\xE4lte", "Kälte", false},
  };
  for (const TextCase& c : cases) {
    std::string out;
    EXPECT_EQ(append_utf8(character_set(c.identifier), c.bytes, out), c.as_declared) << c.identifier << " " << c.utf8;
    EXPECT_EQ(out, c.utf8) << c.identifier;
  }
}

TEST(EdifactCharset, EveryByteOfEverySetBecomesValidUtf8AndTheDefinedOnesGoBack) {
  for (const char level : std::string_view("ABCDEFGHIJKL")) {
    const CharacterSet set = character_set(std::string("UNO") + level);
    for (unsigned byte = 0x20; byte < 0x100; ++byte) {
      if (byte == 0x7F) continue;
      const std::string one(1, static_cast<char>(byte));
      std::string utf8, back;
      const bool declared = append_utf8(set, one, utf8);
      ASSERT_TRUE(fairway::is_valid_utf8(utf8)) << level << byte;
      if (!declared || !allows(set, static_cast<unsigned char>(byte)) || (byte >= 0x80 && set <= CharacterSet::level_b)) continue;
      ASSERT_TRUE(append_encoded(set, utf8, back)) << level << byte;
      EXPECT_EQ(back, one);
    }
  }
}

TEST(EdifactCharset, WhatASetDoesNotHaveIsRefusedWhenWriting) {
  std::string out;
  EXPECT_FALSE(append_encoded(CharacterSet::level_a, "lower", out));
  EXPECT_FALSE(append_encoded(CharacterSet::level_b, "a@b", out));
  EXPECT_FALSE(append_encoded(CharacterSet::latin_1, "香", out));
  EXPECT_FALSE(append_encoded(CharacterSet::latin_1, "two\nlines", out));
  EXPECT_FALSE(append_encoded(CharacterSet::utf_8, "\xFF", out));
  EXPECT_EQ(append_encoded(CharacterSet::cyrillic, "aж漢", out).error().detail, "漢");
}

}  // namespace edifact_charset
