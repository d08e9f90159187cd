#include "base/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fairway {
namespace {

TEST(Bytes, HexReadsBackWhatItWrites) {
  EXPECT_EQ(to_hex(std::string_view("\x00\xff\x1a", 3)), "00ff1a");
  EXPECT_EQ(from_hex("00FF1a").value(), std::string("\x00\xff\x1a", 3));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
  EXPECT_TRUE(rc::check("from_hex(to_hex(s)) is s", [](const std::string& bytes) { RC_ASSERT(from_hex(to_hex(bytes)).value() == bytes); }));
}

TEST(Bytes, Base64ReadsBackWhatItWrites) {
  // RFC 4648 section 10
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(from_base64("").value(), "");
  EXPECT_TRUE(rc::check("from_base64(to_base64(s)) is s",
                        [](const std::string& bytes) { RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes); }));
}

TEST(Bytes, Base64RefusesWhatIsNot) {
  for (const std::string_view text : {"Zg", "Zg=", "Z===", "====", "=AAA", "Zm9v Zg==", " Zm9", "Zm9\n", "Zm9_", "Zg==Zg=="})
    EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Bytes, Sha256IsTheStandards) {
  // FIPS 180-4 examples
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), to_hex(sha256("abc")));  // the context is used again
}

TEST(Bytes, AUuidFromADigestIsVersion8) {
  const std::string uuid = uuid_from_digest(sha256("abc"));
  EXPECT_EQ(uuid, "ba7816bf-8f01-8fea-8141-40de5dae2223");
  EXPECT_EQ(uuid_from_digest("").size(), 36u);
}

TEST(Bytes, NumbersKeepTheirOrderAsBytes) {
  EXPECT_TRUE(rc::check("byte order is number order", [](uint64_t a, uint64_t b) {
    std::string first, second;
    append_u64(first, a);
    append_u64(second, b);
    RC_ASSERT(read_u64(first.data()) == a);
    RC_ASSERT((first < second) == (a < b));
  }));
}

TEST(Bytes, Utf8IsToldFromOtherBytes) {
  for (const std::string_view text : {"", "plain", "København", "香港葵涌", "\U0001F6A2", "long enough for a word of eight ü"})
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  const std::array<std::string_view, 10> malformed = {"\xFF",
                                                      "\xC0\x80" /* overlong */,
                                                      "\xE0\x80\x80",
                                                      "\xED\xA0\x80" /* surrogate */,
                                                      "\xF4\x90\x80\x80" /* past U+10FFFF */,
                                                      "\xE9",
                                                      "\xE9\x80",
                                                      "12345678\x80",
                                                      "\xC3(",
                                                      "\xF0\x9F\x9A"};
  for (const std::string_view text : malformed) EXPECT_FALSE(is_valid_utf8(text)) << to_hex(text);
}

TEST(Bytes, LegibleTextIsAlwaysShortValidUtf8) {
  EXPECT_EQ(legible("香港", 6), "香港");
  EXPECT_EQ(legible("香港", 5), "香");
  EXPECT_EQ(legible("a\xFF"
                    "b"),
            "a\uFFFDb");
  EXPECT_TRUE(rc::check("legible() bounds any bytes", [](const std::string& bytes) {
    const size_t bytes_max = *rc::gen::inRange<size_t>(0, 40);
    const std::string text = legible(bytes, bytes_max);
    RC_ASSERT(text.size() <= bytes_max);
    RC_ASSERT(is_valid_utf8(text));
  }));
}

TEST(Bytes, TrimAndCaseAreAsciiOnly) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \r\n"), "");
  EXPECT_EQ(to_upper("mscu é"), "MSCU é");
  EXPECT_EQ(to_lower("MSCU É"), "mscu É");
}

}  // namespace
}  // namespace fairway
