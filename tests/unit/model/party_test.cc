#include "model/party.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/limits.h"
#include "model/entry.h"

namespace fairway {
namespace {

TEST(Party, RolesHaveNames) {
  for (int i = 0; i <= static_cast<int>(Role::peer_port); ++i) {
    const auto role = static_cast<Role>(i);
    EXPECT_EQ(role_from(name(role)).value(), role);
  }
  EXPECT_EQ(name(Role::operator_), "operator");
  const auto unknown = role_from("pirate");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().hint.find("peer_port"), std::string::npos);  // says which there are
}

TEST(Party, IdentifiersAreUpperCaseAndKeepInnerBlanks) {
  const auto identifier = parse_party_identifier(" smdg : cos hk ");
  ASSERT_TRUE(identifier);
  EXPECT_EQ(identifier->scheme, "SMDG");
  EXPECT_EQ(identifier->value, "COS HK");
  EXPECT_EQ(identifier->key(), "SMDG:COS HK");
  EXPECT_EQ(parse_party_identifier("UN:ABC:ZZ")->value, "ABC:ZZ");
}

TEST(Party, IdentifiersNeedSchemeAndValue) {
  for (const std::string_view text : {"", "SMDG", ":COS", " :COS", "SMDG:", "SMDG: ", "SM\nDG:COS", "SMDG:C\x01", "SMDG:\xFF"}) {
    const auto identifier = parse_party_identifier(text);
    ASSERT_FALSE(identifier) << text;
    EXPECT_EQ(identifier.error().code, Code::invalid);
    EXPECT_TRUE(is_valid_utf8(identifier.error().text()));
  }
}

TEST(Party, IdentifiersAreBounded) {
  EXPECT_TRUE(parse_party_identifier("X:" + std::string(limits::kIdentifierBytesMax - 2, 'A')));
  EXPECT_FALSE(parse_party_identifier("X:" + std::string(limits::kIdentifierBytesMax - 1, 'A')));
}

TEST(Entry, KindsHaveNames) {
  for (int i = 1; i <= static_cast<int>(kLastEntryKind); ++i) {
    const auto kind = static_cast<EntryKind>(i);
    EXPECT_EQ(entry_kind_from(name(kind)).value(), kind);
  }
  EXPECT_FALSE(entry_kind_from("rumour"));
}

}  // namespace
}  // namespace fairway
